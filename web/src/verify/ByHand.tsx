import "./ByHand.css";
import { useTranslation } from "react-i18next";
import type { Claim } from "./Claim.ts";
import { CopyButton } from "../proof/CopyButton.tsx";

/** The same with tools that are not the house's. */
export function ByHand({ claim }: { readonly claim: Claim }) {
  const { t } = useTranslation("verify");
  const commands = commandsOf(claim);
  return (
    <section className="panel by-hand" aria-labelledby="by-hand-title">
      <div className="panel-head">
        <h2 id="by-hand-title">{t("shell.title")}</h2>
        <CopyButton text={commands} what={t("shell.title")} />
      </div>
      <p className="muted">{t("shell.lead")}</p>
      <pre tabIndex={0} role="group" aria-label={t("shell.title")}>
        {commands}
      </pre>
    </section>
  );
}

/** Values from outside are put in quotes that no value can end. */
function commandsOf({ bets_digest, race_id, server_seed }: Claim): string {
  const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  return [
    `printf %s ${quoted(server_seed)} | sha256sum`,
    `printf %s ${quoted(`${race_id}:${bets_digest}`)} | openssl dgst -sha256 -hmac ${quoted(server_seed)}`,
    `npx tsx docs/verify-race.ts ${quoted(location.origin)} ${quoted(race_id)}`,
  ].join("\n");
}
