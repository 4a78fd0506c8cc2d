/** One player: cards or range as text, what can be done with them, and the share of the pot. */
import { useTranslation } from "react-i18next";
import type { PlayerEquity } from "../../../rpc/equity.ts";
import { Cards } from "../cards/PlayingCard.tsx";
import { useFormat } from "../i18n/useFormat.ts";
import { paintedIn } from "./rangePaint.ts";
import { holding } from "./table.ts";
import type { Fault } from "./table.ts";

export function PlayerRow({
  number,
  text,
  fault,
  refusal,
  equity,
  isExact,
  isComputing,
  editing,
  onText,
  onEdit,
  onRemove,
}: {
  readonly number: number;
  readonly text: string;
  readonly fault: Fault | null;
  /** What the engine has against it. */
  readonly refusal: string | null;
  readonly equity: PlayerEquity | null;
  readonly isExact: boolean;
  readonly isComputing: boolean;
  readonly editing: "range" | "cards" | null;
  readonly onText: (text: string) => void;
  readonly onEdit: (what: "range" | "cards") => void;
  /** Missing for one who has to stay. */
  readonly onRemove: (() => void) | undefined;
}) {
  const { t } = useTranslation("equity");
  const { percent } = useFormat();
  const id = `equity-player-${number}`;
  const cards = holding(text);
  const problem =
    refusal ?? (fault === null ? null : fault.kind === "range" ? fault.reason : t("players.empty"));
  return (
    <li className="equity-player" data-player={number} data-computing={isComputing}>
      <div className="equity-player-ask">
        <label htmlFor={id}>{t("players.name", { number })}</label>
        <div className="equity-player-input">
          {cards.length > 0 && <Cards cards={cards} />}
          <input
            id={id}
            className="input"
            value={text}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            placeholder={t("players.hint")}
            aria-invalid={problem !== null}
            aria-describedby={problem === null ? undefined : `${id}-problem`}
            onChange={(event) => onText(event.target.value)}
          />
        </div>
        {problem !== null && (
          <p id={`${id}-problem`} className="equity-player-problem" role="alert">
            {problem}
          </p>
        )}
        <div className="equity-player-actions">
          <button
            type="button"
            className="button is-small"
            aria-pressed={editing === "cards"}
            onClick={() => onEdit("cards")}
          >
            {t("players.cards")}
          </button>
          <button
            type="button"
            className="button is-small"
            aria-pressed={editing === "range"}
            onClick={() => onEdit("range")}
          >
            {t("players.range")}
          </button>
          {cards.length === 0 && problem === null && (
            <span className="muted">{percent(paintedIn(text).share)}</span>
          )}
          {onRemove !== undefined && (
            <button
              type="button"
              className="button is-small is-quiet"
              aria-label={t("players.removeOne", { number })}
              onClick={onRemove}
            >
              {t("players.remove")}
            </button>
          )}
        </div>
      </div>
      <div className="equity-player-share">
        <strong className="figure" data-equity={equity?.equity ?? ""}>
          {equity === null ? "–" : percent(equity.equity, 2)}
        </strong>
        <span className="equity-player-bar" aria-hidden="true">
          <span style={{ inlineSize: `${(equity?.equity ?? 0) * 100}%` }} />
        </span>
        <span className="equity-player-parts muted">
          {equity !== null && (
            <>
              <span>{t("win", { share: percent(equity.win, 1) })}</span>
              <span>{t("tie", { share: percent(equity.tie, 1) })}</span>
              {!isExact && (
                <span>
                  {t("interval", { low: percent(equity.low, 2), high: percent(equity.high, 2) })}
                </span>
              )}
            </>
          )}
        </span>
      </div>
    </li>
  );
}
