import { useTranslation } from "react-i18next";
import { CopyButton } from "../proof/CopyButton.tsx";
import type { DrawClaim } from "./DrawClaim.ts";
import { saveFile } from "../http/saveFile.ts";

/** The same with tools that are not the house's. */
export function ByHand({ claim }: { readonly claim: DrawClaim }) {
  const { t } = useTranslation("draw");
  const commands = commandsOf(claim);
  return (
    <section className="panel draw-by-hand" aria-labelledby="by-hand-title">
      <div className="panel-head">
        <h2 id="by-hand-title">{t("shell.title")}</h2>
        <CopyButton text={commands} what={t("shell.title")} />
      </div>
      <p className="muted">{t("shell.lead")}</p>
      <pre tabIndex={0} role="group" aria-label={t("shell.title")}>
        {commands}
      </pre>
      <button type="button" className="button is-small" onClick={() => saveTickets(claim)}>
        {t("shell.save")}
      </button>
    </section>
  );
}

const TICKETS_FILE = "tickets.txt";

/** Just as it is hashed: no line feed at its end. */
function saveTickets({ tickets }: DrawClaim): void {
  saveFile({ name: TICKETS_FILE, type: "text/plain", text: tickets.join(",") });
}

/** Values that were checked to be hexadecimal, but for the id, which is put in quotes that it cannot end. */
function commandsOf({ raffle_id, round, server_seed, tickets_digest }: DrawClaim): string {
  const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const hex = (text: string) => `printf %s ${text} | xxd -r -p`;
  return [
    `${hex(server_seed)} | sha256sum`,
    `sha256sum ${TICKETS_FILE}`,
    ...(round === null ? [] : [`${hex(round.signature)} | sha256sum`]),
    `(${hex(`${server_seed}${round?.randomness ?? ""}`)}; printf prize-0; ${hex(tickets_digest)}) | sha256sum`,
    `npx tsx docs/verify-draw.ts ${quoted(location.origin)} ${quoted(raffle_id)}`,
  ].join("\n");
}
