/** Where cards and ranges are picked: the board and the dead cards above, below it the deck or the grid of what is edited. */
import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import type { EquityAnswer, EquityGame } from "../../../rpc/equity.ts";
import { HOLE_CARDS } from "../../../src/compute/cards/holeCards.ts";
import { Cards } from "../cards/PlayingCard.tsx";
import { useFormat } from "../i18n/useFormat.ts";
import { CardPicker } from "./CardPicker.tsx";
import { isUnfinished } from "./faults.ts";
import type { Fault } from "./faults.ts";
import { RangeGrid } from "./RangeGrid.tsx";
import { BOARD_CARDS, cardsAt, maxDeadCards, takenElsewhere, textAt, withText } from "./table.ts";
import type { EquityTable, Place } from "./table.ts";
import { useFaultText } from "./useFaultText.ts";

/** A place, and by what it is changed: only a player has ranges. */
export type Editing =
  | { readonly place: number; readonly means: "range" | "cards" }
  | { readonly place: "board" | "dead"; readonly means: "cards" };

export function Editor({
  ref,
  table,
  editing,
  faults,
  answer,
  onEdit,
  onTable,
  onDone,
}: {
  readonly ref: Ref<HTMLElement>;
  readonly table: EquityTable;
  readonly editing: Editing;
  readonly faults: readonly Fault[];
  readonly answer: EquityAnswer | null;
  readonly onEdit: (editing: Editing) => void;
  readonly onTable: (table: EquityTable) => void;
  /** Back to where it was opened. */
  readonly onDone: () => void;
}) {
  const { t } = useTranslation("equity");
  const { means, place } = editing;
  const change = (text: string) => onTable(withText(table, place, text));
  const title =
    typeof place !== "number"
      ? t(place === "board" ? "picker.board" : "picker.dead")
      : t(means === "range" ? "range.of" : "picker.of", { player: place + 1 });
  return (
    <section
      ref={ref}
      className="panel equity-editor"
      aria-label={t("editor")}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onDone();
      }}
    >
      <Shares answer={answer} players={table.players.length} />
      <div className="equity-table-cards">
        {(["board", "dead"] as const).map((which) => (
          <CardsButton
            key={which}
            name={t(which)}
            cards={cardsAt(table, which)}
            places={which === "board" ? BOARD_CARDS : 0}
            isOpen={place === which}
            onOpen={() => onEdit({ place: which, means: "cards" })}
          />
        ))}
      </div>
      <TableFault faults={faults} />
      <div className="equity-editor-head">
        <h2>{title}</h2>
        <button type="button" className="button is-small is-quiet" onClick={onDone}>
          {t("back")}
        </button>
      </div>
      {means === "range" ? (
        <RangeGrid key={place} text={textAt(table, place)} onText={change} />
      ) : (
        <>
          {typeof place !== "number" && (
            <CardsField
              key={place}
              label={t("picker.typed")}
              text={table[place]}
              isWrong={faults.some((fault) => fault.place === place && !isUnfinished(fault))}
              onText={change}
            />
          )}
          <CardPicker
            key={`deck-${place}`}
            label={title}
            picked={cardsAt(table, place)}
            taken={takenElsewhere(table, place)}
            limit={limitOf(table.game, place)}
            onPicked={(cards) => change(cards.join(""))}
          />
        </>
      )}
    </section>
  );
}

/** So many cards there can be. */
function limitOf(game: EquityGame, place: Place): number {
  if (place === "board") return BOARD_CARDS;
  return place === "dead" ? maxDeadCards(game) : HOLE_CARDS[game];
}

const FAULT_ID = "equity-table-fault";

/** On a phone the players are out of sight while one picks. Their rows say the same. */
function Shares({
  answer,
  players,
}: {
  readonly answer: EquityAnswer | null;
  readonly players: number;
}) {
  const { percent } = useFormat();
  return (
    <ul className="equity-shares" aria-hidden="true">
      {Array.from({ length: players }, (_, place) => {
        const share = answer?.players[place]?.equity;
        return (
          <li key={place} className="equity-player-colour" data-player={place + 1}>
            {share === undefined ? "–" : percent(share)}
          </li>
        );
      })}
    </ul>
  );
}

/** What is wrong with the board or the dead cards. Its line is always there, so that nothing moves. */
function TableFault({ faults }: { readonly faults: readonly Fault[] }) {
  const textOf = useFaultText();
  const fault = faults.find(({ place }) => typeof place !== "number");
  return (
    <p
      className="equity-note"
      id={FAULT_ID}
      data-problem={fault !== undefined && !isUnfinished(fault)}
    >
      {fault !== undefined && textOf(fault)}
    </p>
  );
}

function CardsField({
  label,
  text,
  isWrong,
  onText,
}: {
  readonly label: string;
  readonly text: string;
  readonly isWrong: boolean;
  readonly onText: (text: string) => void;
}) {
  return (
    <label className="equity-cards-field">
      <span className="field-label">{label}</span>
      <input
        className="input"
        value={text}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        placeholder="Qs7d2c"
        aria-invalid={isWrong}
        aria-describedby={FAULT_ID}
        onChange={(event) => onText(event.target.value)}
      />
    </label>
  );
}

/** The board, or the dead cards; pressed, they can be picked. */
function CardsButton({
  name,
  cards,
  places,
  isOpen,
  onOpen,
}: {
  readonly name: string;
  readonly cards: readonly string[];
  /** So many there can be, where that is shown. */
  readonly places: number;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}) {
  const { t } = useTranslation("equity");
  const missing = Math.max(0, places - cards.length);
  return (
    <button type="button" className="equity-cards-button" aria-pressed={isOpen} onClick={onOpen}>
      <span className="field-label">{name}</span>
      <span className="equity-cards">
        {cards.length > 0 && <Cards cards={cards} />}
        {cards.length === 0 && (
          <span className={missing > 0 ? "unseen" : "muted"}>{t("none")}</span>
        )}
        {Array.from({ length: missing }, (_, place) => (
          <EmptyPlace key={place} />
        ))}
      </span>
    </button>
  );
}

/** Where a card will lie. */
const EmptyPlace = () => <span className="equity-card-place" aria-hidden="true" />;
