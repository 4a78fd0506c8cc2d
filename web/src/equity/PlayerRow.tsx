/** One player: cards or range as text, what can be done with them, and the share of the pot. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { EquityGame, PlayerEquity } from "../../../rpc/equity.ts";
import { HOLE_CARDS } from "../../../src/compute/cards/holeCards.ts";
import { Cards } from "../cards/PlayingCard.tsx";
import { useFormat } from "../i18n/useFormat.ts";
import { readPlayer } from "./player.ts";
import { paintedIn } from "./rangePaint.ts";
import { RangeThumb } from "./RangeThumb.tsx";
import { hasRanges, isHiLo } from "./table.ts";

export type Means = "range" | "cards";

export function PlayerRow({
  game,
  number,
  text,
  problem,
  isUnfinished,
  equity,
  isExact,
  editing,
  onText,
  onEdit,
  onRemove,
}: {
  readonly game: EquityGame;
  readonly number: number;
  readonly text: string;
  /** What keeps it from having a share. */
  readonly problem: string | null;
  /** It is only not finished yet. */
  readonly isUnfinished: boolean;
  readonly equity: PlayerEquity | null;
  readonly isExact: boolean;
  readonly editing: Means | null;
  readonly onText: (text: string) => void;
  readonly onEdit: (what: Means) => void;
  /** Missing for one who has to stay. */
  readonly onRemove: (() => void) | undefined;
}) {
  const { t } = useTranslation("equity");
  const id = `equity-player-${number}`;
  const means = (what: Means) => (
    <button
      type="button"
      className="button is-small"
      aria-pressed={editing === what}
      aria-label={t(`players.${what}Of`, { number })}
      onClick={() => onEdit(what)}
    >
      {t(`players.${what}`)}
    </button>
  );
  return (
    <li className="equity-player" data-player={number}>
      <div className="equity-player-ask">
        <label htmlFor={id}>{t("players.name", { number })}</label>
        <div className="equity-player-input">
          <Held game={game} text={text} />
          <input
            id={id}
            className="input"
            value={text}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            placeholder={t(hasRanges(game) ? "players.hint" : "players.hintCards")}
            aria-invalid={problem !== null && !isUnfinished}
            aria-describedby={`${id}-note`}
            onChange={(event) => onText(event.target.value)}
          />
        </div>
        <p
          id={`${id}-note`}
          className="equity-note"
          data-problem={problem !== null && !isUnfinished}
        >
          {problem ?? (hasRanges(game) && <Size text={text} />)}
        </p>
        <div className="equity-player-actions">
          {means("cards")}
          {hasRanges(game) && means("range")}
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
      <Share game={game} equity={equity} isExact={isExact} />
    </li>
  );
}

/** The hand as cards, or a small picture of the range: as wide, so that the text beside it stays where it is. */
function Held({ game, text }: { readonly game: EquityGame; readonly text: string }) {
  const { cards, weights } = useMemo(
    () => ({ cards: readPlayer(text, game).cards, weights: paintedIn(text).weights }),
    [text, game],
  );
  const own = HOLE_CARDS[game];
  return (
    <span className="equity-player-held" data-cards={own}>
      {cards.length > 0 || !hasRanges(game) ? (
        <Cards cards={cards.slice(0, own)} down={Math.max(0, own - cards.length)} />
      ) : (
        <RangeThumb weights={weights} />
      )}
    </span>
  );
}

function Size({ text }: { readonly text: string }) {
  const { t } = useTranslation("equity");
  const { number, percent } = useFormat();
  const { combinations, share } = useMemo(() => paintedIn(text), [text]);
  return t("range.size", {
    count: Math.round(combinations),
    combinations: number(Math.round(combinations * 10) / 10),
    share: percent(share),
  });
}

function Share({
  game,
  equity,
  isExact,
}: {
  readonly game: EquityGame;
  readonly equity: PlayerEquity | null;
  readonly isExact: boolean;
}) {
  const { t } = useTranslation("equity");
  const { percent } = useFormat();
  const [win, tie] = isHiLo(game)
    ? (["winHalves", "tieHalves"] as const)
    : (["win", "tie"] as const);
  return (
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
            <span>{t(win, { share: percent(equity.win, 1) })}</span>
            <span>{t(tie, { share: percent(equity.tie, 1) })}</span>
            {!isExact && (
              <span>{t("interval", { error: percent((equity.high - equity.low) / 2, 2) })}</span>
            )}
          </>
        )}
      </span>
    </div>
  );
}
