import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import type { PrizeDraw } from "./Step.ts";

/** As many prizes as are looked at one by one; the others on demand. */
const FIRST = 5;

/** For each prize the hashes, the remainder and the ticket that it names. */
export function PrizeArithmetic({ draws }: { readonly draws: readonly PrizeDraw[] }) {
  const { t } = useTranslation("draw");
  const [isAll, setIsAll] = useState(false);
  const shown = isAll ? draws : draws.slice(0, FIRST);
  return (
    <>
      <ol className="draw-arithmetic">
        {shown.map((draw) => (
          <li key={draw.prize} data-prize={draw.prize + 1}>
            <Prize draw={draw} />
          </li>
        ))}
      </ol>
      {!isAll && draws.length > FIRST && (
        <button type="button" className="button is-small" onClick={() => setIsAll(true)}>
          {t("arithmetic.more", { count: draws.length - FIRST })}
        </button>
      )}
    </>
  );
}

function Prize({
  draw: { attempts, index, place, prize, remaining, ticket },
}: {
  readonly draw: PrizeDraw;
}) {
  const { t } = useTranslation("draw");
  const format = useFormat();
  return (
    <>
      <p>
        <strong>{t("prize", { number: prize + 1 })}</strong>{" "}
        <span className="muted">
          {t("arithmetic.among", { count: remaining, formatted: format.number(remaining) })}
        </span>
      </p>
      {attempts.map(({ hash, label }, attempt) => {
        const isRejected = attempt < attempts.length - 1;
        return (
          <p key={label} className="draw-hash" data-rejected={isRejected || undefined}>
            <code>
              h(“{label}”) = {hash}
            </code>
            {isRejected && (
              <span> {t("arithmetic.rejected", { formatted: format.number(remaining) })}</span>
            )}
          </p>
        );
      })}
      <p>
        <code>
          h mod {remaining} = {index}
        </code>{" "}
        {t("arithmetic.names", {
          place: format.number(index + 1),
          inList: format.number(place + 1),
        })}{" "}
        <code className="draw-ticket">{ticket}</code>
      </p>
    </>
  );
}
