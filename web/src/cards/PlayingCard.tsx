/**
 * A playing card, drawn. Its size is the style sheet's (`--card-width`); its face is white in both themes, as cards are.
 * A card alone is a picture with a name; in `Cards` the row is the picture.
 */
import "./PlayingCard.css";
import { useTranslation } from "react-i18next";
import { cardParts, rankText } from "./card.ts";
import type { Suit } from "./card.ts";
import { useDeck } from "./deck.ts";

/** On a grid of 24. */
const SUIT_PATHS: Readonly<Record<Suit, string>> = {
  s: "M12 2C9 7 3 10 3 15a4.5 4.5 0 0 0 7.7 3.2C10.5 20 9.7 21.2 8.5 22h7c-1.2-.8-2-2-2.2-3.8A4.5 4.5 0 0 0 21 15c0-5-6-8-9-13z",
  h: "M12 21.5C6 16.5 2.5 13 2.5 8.7A5.2 5.2 0 0 1 12 5.8a5.2 5.2 0 0 1 9.5 2.9c0 4.3-3.5 7.8-9.5 12.8z",
  d: "M12 1.5 20.5 12 12 22.5 3.5 12z",
  c: "M12 2a4.7 4.7 0 0 0-3.9 7.3A4.7 4.7 0 1 0 10.7 17c-.2 2.3-1 3.9-2.2 5h7c-1.2-1.1-2-2.7-2.2-5a4.7 4.7 0 1 0 2.6-7.7A4.7 4.7 0 0 0 12 2z",
};

/** `card` null is one that lies face down. */
export function PlayingCard({
  card,
  isNamed = true,
  isDimmed = false,
}: {
  readonly card: string | null;
  /** Left out where the row of cards has the name. */
  readonly isNamed?: boolean;
  /** It does not count any more. */
  readonly isDimmed?: boolean;
}) {
  const { hasFourColours } = useDeck();
  const nameOf = useCardName();
  const parts = card === null ? undefined : cardParts(card);
  const naming = isNamed
    ? ({ role: "img", "aria-label": nameOf(card) } as const)
    : ({ "aria-hidden": true } as const);
  if (parts === undefined)
    return (
      <span className="playing-card is-down" data-card="" data-dimmed={isDimmed} {...naming}>
        <svg viewBox="0 0 60 84" aria-hidden="true">
          <path d={BACK} fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </span>
    );
  const { rank, suit } = parts;
  return (
    <span
      className="playing-card"
      data-card={card}
      data-suit={suit}
      data-deck={hasFourColours ? 4 : 2}
      data-dimmed={isDimmed}
      {...naming}
    >
      <svg viewBox="0 0 60 84" aria-hidden="true">
        <text x="6" y="35" className="playing-card-rank" data-wide={rank === "T"}>
          {rankText(rank)}
        </text>
        <g className="playing-card-pip">
          <path d={SUIT_PATHS[suit]} fill="currentColor" />
        </g>
      </svg>
    </span>
  );
}

/** Lozenges. */
const BACK = [-1, 0, 1, 2, 3, 4, 5, 6]
  .map((i) => `M${i * 15 - 15} 6 l72 72 M${i * 15 + 15} 6 l-72 72`)
  .join(" ");

/** Cards side by side; to who does not see them one picture, with all their names. */
export function Cards({
  cards,
  down = 0,
  label,
  isDimmed = false,
  isFanned = false,
}: {
  readonly cards: readonly string[];
  /** So many more lie face down. */
  readonly down?: number;
  /** Whose they are. */
  readonly label?: string;
  readonly isDimmed?: boolean;
  /** They lie one on the other, where there is little room for many. */
  readonly isFanned?: boolean;
}) {
  const nameOf = useCardName();
  const { t } = useTranslation("cards");
  const names = [
    ...cards.map((card) => nameOf(card)),
    ...(down > 0 ? [t("down", { count: down })] : []),
  ].join(", ");
  const shown = [...Array.from({ length: down }, () => null), ...cards];
  return (
    <span
      className={isFanned ? "playing-cards is-fanned" : "playing-cards"}
      role="img"
      aria-label={label === undefined ? names : t("of", { whose: label, cards: names })}
    >
      {shown.map((card, place) => (
        // A card is there once; those that lie face down are all the same.
        // oxlint-disable-next-line react/no-array-index-key
        <PlayingCard key={card ?? place} card={card} isNamed={false} isDimmed={isDimmed} />
      ))}
    </span>
  );
}

/** `Ace of hearts`, in the page's language. */
export function useCardName(): (card: string | null) => string {
  const { t } = useTranslation("cards");
  return (card) => {
    const parts = card === null ? undefined : cardParts(card);
    if (parts === undefined) return t("down", { count: 1 });
    return t("name", { rank: t(`rank.${parts.rank}`), suit: t(`suit.${parts.suit}`) });
  };
}
