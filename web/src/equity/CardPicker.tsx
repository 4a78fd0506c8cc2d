/** The deck, to pick cards from: a row for each suit, one tab stop, arrows to go and space to pick. */
import "./CardPicker.css";
import { useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { PlayingCard, useCardName } from "../cards/PlayingCard.tsx";
import { RANKS, SUITS } from "../cards/card.ts";

const DECK = SUITS.flatMap((suit) => RANKS.map((rank) => `${rank}${suit}`));
const COLUMNS = RANKS.length;

/** Where a key leads; the deck's ends stop it. Undefined for other keys. */
function nextPlace(key: string, at: number): number | undefined {
  const row = at - (at % COLUMNS);
  const places: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - COLUMNS,
    ArrowDown: at + COLUMNS,
    Home: row,
    End: row + COLUMNS - 1,
  };
  const next = places[key];
  return next === undefined || DECK[next] !== undefined ? next : at;
}

export function CardPicker({
  label,
  picked,
  taken,
  limit,
  onPicked,
}: {
  readonly label: string;
  readonly picked: readonly string[];
  /** Cards that are elsewhere already. */
  readonly taken: ReadonlySet<string>;
  readonly limit: number;
  readonly onPicked: (cards: readonly string[]) => void;
}) {
  const { t } = useTranslation("equity");
  const nameOf = useCardName();
  const [at, setAt] = useState(0);
  const deck = useRef<HTMLDivElement>(null);

  const toggle = (card: string) => {
    if (picked.includes(card)) return onPicked(picked.filter((other) => other !== card));
    if (taken.has(card) || picked.length >= limit) return undefined;
    return onPicked([...picked, card]);
  };
  const type = (event: KeyboardEvent) => {
    const next = nextPlace(event.key, at);
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setAt(next);
    deck.current?.querySelector<HTMLElement>(`[data-place="${next}"]`)?.focus();
  };

  return (
    <div className="card-picker">
      <div ref={deck} className="card-picker-deck" role="group" aria-label={label} onKeyDown={type}>
        {DECK.map((card, place) => {
          const isPicked = picked.includes(card);
          const isElsewhere = taken.has(card) && !isPicked;
          return (
            <button
              key={card}
              type="button"
              data-place={place}
              tabIndex={place === at ? 0 : -1}
              aria-pressed={isPicked}
              aria-disabled={isElsewhere || (!isPicked && picked.length >= limit)}
              aria-label={
                isElsewhere ? t("picker.elsewhere", { card: nameOf(card) }) : nameOf(card)
              }
              onFocus={() => setAt(place)}
              onClick={() => toggle(card)}
            >
              <PlayingCard card={card} isNamed={false} isDimmed={isElsewhere} />
            </button>
          );
        })}
      </div>
      <p className="card-picker-foot">
        <span className="muted" role="status">
          {t("picker.count", { picked: picked.length, limit })}
        </span>
        <button
          type="button"
          className="button is-small is-quiet"
          aria-disabled={picked.length === 0}
          onClick={() => onPicked([])}
        >
          {t("range.clear")}
        </button>
      </p>
    </div>
  );
}
