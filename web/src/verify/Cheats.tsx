import "./Cheats.css";
import { useTranslation } from "react-i18next";
import type { Claim } from "./Claim.ts";
import { CHEATS, cheat } from "./cheats.ts";
import type { Cheat } from "./cheats.ts";

/** Values to alter, so that one sees what the verification is worth. */
export function Cheats({
  claim,
  chosen,
  onCheat,
}: {
  /** As the house says it. */
  readonly claim: Claim;
  readonly chosen: Cheat | null;
  /** Null takes the alteration back. */
  readonly onCheat: (what: Cheat | null, altered: Claim) => void;
}) {
  const { t } = useTranslation("verify");
  return (
    <section className="panel cheats" aria-labelledby="cheats-title">
      <h2 id="cheats-title">{t("cheat.title")}</h2>
      <p className="muted">{t("cheat.lead")}</p>
      <ul>
        {CHEATS.map((what) => {
          const altered = cheat(claim, what);
          const isChosen = what === chosen;
          return (
            <li key={what}>
              <button
                type="button"
                className="button is-small"
                data-cheat={what}
                aria-pressed={isChosen}
                disabled={altered === null}
                title={altered === null ? t("cheat.none") : undefined}
                onClick={() => {
                  if (altered !== null) onCheat(isChosen ? null : what, altered);
                }}
              >
                {t(`cheat.what.${what}`)}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
