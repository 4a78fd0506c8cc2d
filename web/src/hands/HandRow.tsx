import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import { Cards } from "../cards/PlayingCard.tsx";
import { useFormat } from "../i18n/useFormat.ts";
import type { HandSummary } from "./handsView.ts";
import { useAmount } from "./useAmount.ts";

/** A hand in the list; the whole of it leads to its page. */
export function HandRow({ hand, isNew }: { readonly hand: HandSummary; readonly isNew: boolean }) {
  const { t } = useTranslation("hands");
  const { hour, dateTime } = useFormat();
  const { amount, signed } = useAmount(hand.currency);
  const game = t(`game.${hand.game_type}`);
  const position = hand.hero_position;
  return (
    <li className="hand-row" data-hand={hand.hand_id} data-new={isNew}>
      <p className="hand-row-game">
        <Link
          href={paths.hand(hand.hand_id)}
          aria-label={t("open", {
            game,
            stakes: hand.stakes,
            table: hand.table,
            time: dateTime(hand.timestamp),
          })}
        >
          {game} <span className="figure">{hand.stakes}</span>
        </Link>
        <span className="muted">
          {t(`format.${hand.format}`)} · {t("players", { count: hand.players })}
        </span>
      </p>
      <p className="hand-row-table">
        <span>{hand.table}</span>
        <time className="muted figure" dateTime={hand.timestamp} title={dateTime(hand.timestamp)}>
          {hour(hand.timestamp)}
        </time>
      </p>
      <p className="hand-row-hero">
        {hand.hero_cards.length > 0 ? (
          <Cards cards={hand.hero_cards} label={t("heroCards")} />
        ) : (
          <span className="muted">{hand.hero === null ? t("observed") : "–"}</span>
        )}
        {position !== null && (
          <abbr className="tag" title={t(`position.${position}`)}>
            {position}
          </abbr>
        )}
      </p>
      <p className="hand-row-board">
        {hand.board.length > 0 ? (
          <Cards cards={hand.board} label={t("board")} />
        ) : (
          <span className="muted">{t("noBoard")}</span>
        )}
      </p>
      <p className="hand-row-pot figure">{t("pot", { amount: amount(hand.total_pot) })}</p>
      <p className="hand-row-result figure" data-sign={Math.sign(hand.hero_result ?? 0)}>
        {hand.hero_result === null ? <span className="muted">–</span> : signed(hand.hero_result)}
      </p>
    </li>
  );
}
