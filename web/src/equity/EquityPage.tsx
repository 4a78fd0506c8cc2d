/**
 * The equity calculator: two to nine players with cards or ranges, a board, dead cards. It computes in this browser, from the
 * first card on, with a seat or without; the address keeps what is asked.
 */
import "./EquityPage.css";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { DEFAULT_STD_ERROR, MAX_PLAYERS } from "../../../rpc/equity.ts";
import type { EquityMode, EquityQuestion } from "../../../rpc/equity.ts";
import { paths } from "../app/paths.ts";
import { useHashQuery } from "../app/useLocationHash.ts";
import { Cards } from "../cards/PlayingCard.tsx";
import { PokerNav } from "../hands/PokerNav.tsx";
import { CopyButton } from "../proof/CopyButton.tsx";
import { useTitle } from "../shell/useTitle.ts";
import { CardPicker } from "./CardPicker.tsx";
import { Convergence } from "./Convergence.tsx";
import { PlayerRow } from "./PlayerRow.tsx";
import { RangeGrid } from "./RangeGrid.tsx";
import {
  addPlayer,
  BOARD_CARDS,
  canAdd,
  canRemove,
  faultOf,
  holding,
  queryOf,
  removePlayer,
  START,
  tableIn,
  takenCards,
  withPlayer,
} from "./table.ts";
import type { EquityTable } from "./table.ts";
import { useEquity } from "./useEquity.ts";
import { Verdict } from "./Verdict.tsx";

/** What the panel beside the players changes. */
type Editing =
  | { readonly what: "board" | "dead" }
  | { readonly what: "range" | "cards"; readonly at: number };

const MODES: readonly EquityMode[] = ["auto", "exact", "monte_carlo"];
const HOLE_CARDS = 2;
const MAX_DEAD = 30;
/** Enough for the target in all but the oddest spots, and then some. */
const MAX_SAMPLES = 50_000_000;
const SEED = 1;

export default function EquityPage() {
  const { t } = useTranslation("equity");
  const query = useHashQuery();
  const [, navigate] = useLocation();
  const table = useMemo(() => tableIn(query), [query]);
  const [mode, setMode] = useState<EquityMode>("auto");
  const [editing, setEditing] = useState<Editing>({ what: "board" });
  const editor = useRef<HTMLElement>(null);
  useTitle(t("title"));

  const change = useCallback(
    (next: EquityTable) => navigate(paths.equity + queryOf(next), { replace: true }),
    [navigate],
  );
  const edit = (next: Editing) => {
    setEditing(next);
    requestAnimationFrame(() => editor.current?.scrollIntoView({ block: "nearest" }));
  };

  const fault = faultOf(table);
  const question = useMemo((): EquityQuestion | null => {
    if (faultOf(table) !== null) return null;
    return {
      players: table.players,
      board: table.board.join(""),
      dead: table.dead.join(""),
      mode,
      targetStdError: DEFAULT_STD_ERROR,
      maxSamples: MAX_SAMPLES,
      seed: SEED,
    };
  }, [table, mode]);
  const equity = useEquity(question);
  const taken = takenCards(table);
  const at = "at" in editing && editing.at < table.players.length ? editing.at : null;
  const edited = at === null ? undefined : table.players[at];

  return (
    <main className="page equity" id="main" tabIndex={-1}>
      <PokerNav />
      <header className="equity-head">
        <div>
          <h1>{t("title")}</h1>
          <p className="muted">{t("lead")}</p>
        </div>
        <fieldset className="equity-mode">
          <legend className="unseen">{t("mode.label")}</legend>
          {MODES.map((each) => (
            <label key={each}>
              <input
                type="radio"
                className="unseen"
                name="equity-mode"
                checked={mode === each}
                onChange={() => setMode(each)}
              />
              <span>{t(`mode.${each}`)}</span>
            </label>
          ))}
        </fieldset>
      </header>
      <div className="equity-columns">
        <section className="panel equity-players" aria-labelledby="equity-players">
          <h2 id="equity-players">{t("players.title")}</h2>
          <ol>
            {table.players.map((text, place) => (
              <PlayerRow
                // oxlint-disable-next-line react/no-array-index-key -- a player is a place at the table
                key={place}
                number={place + 1}
                text={text}
                fault={fault !== null && "at" in fault && fault.at === place ? fault : null}
                refusal={
                  equity.refusal?.where === `players.${place}` ? equity.refusal.reason : null
                }
                equity={fault === null ? (equity.answer?.players[place] ?? null) : null}
                isExact={equity.answer?.method === "exact"}
                isComputing={equity.kind === "computing"}
                editing={at === place ? (editing.what as "range" | "cards") : null}
                onText={(next) => change(withPlayer(table, place, next))}
                onEdit={(what) => edit({ what, at: place })}
                onRemove={canRemove(table) ? () => change(removePlayer(table, place)) : undefined}
              />
            ))}
          </ol>
          <div className="equity-actions">
            <button
              type="button"
              className="button"
              disabled={!canAdd(table)}
              onClick={() => change(addPlayer(table))}
            >
              {t("players.add", { most: MAX_PLAYERS })}
            </button>
            <button type="button" className="button is-quiet" onClick={() => change(START)}>
              {t("players.reset")}
            </button>
            <CopyButton text={location.href} what={t("title")} />
          </div>
          <Verdict equity={equity} fault={fault} />
          <Convergence readings={equity.readings} />
        </section>
        <section ref={editor} className="panel equity-editor" aria-label={t("editor")}>
          <div className="equity-table-cards">
            <CardsButton
              name={t("board")}
              cards={table.board}
              missing={BOARD_CARDS - table.board.length}
              isOpen={editing.what === "board"}
              onOpen={() => edit({ what: "board" })}
            />
            <CardsButton
              name={t("dead")}
              cards={table.dead}
              missing={0}
              isOpen={editing.what === "dead"}
              onOpen={() => edit({ what: "dead" })}
            />
          </div>
          {edited !== undefined && at !== null && editing.what === "range" ? (
            <>
              <h2>{t("range.of", { player: at + 1 })}</h2>
              <RangeGrid text={edited} onText={(text) => change(withPlayer(table, at, text))} />
            </>
          ) : edited !== undefined && at !== null && editing.what === "cards" ? (
            <>
              <h2>{t("picker.of", { player: at + 1 })}</h2>
              <PlayerCards
                key={at}
                text={edited}
                taken={taken}
                label={t("picker.of", { player: at + 1 })}
                onText={(text) => change(withPlayer(table, at, text))}
              />
            </>
          ) : editing.what === "dead" ? (
            <>
              <h2>{t("picker.dead")}</h2>
              <CardPicker
                label={t("picker.dead")}
                picked={table.dead}
                taken={taken}
                limit={MAX_DEAD}
                onPicked={(dead) => change({ ...table, dead })}
              />
            </>
          ) : (
            <>
              <h2>{t("picker.board")}</h2>
              <CardPicker
                label={t("picker.board")}
                picked={table.board}
                taken={taken}
                limit={BOARD_CARDS}
                onPicked={(board) => change({ ...table, board })}
              />
            </>
          )}
        </section>
      </div>
    </main>
  );
}

/** The board, or the dead cards; pressed, they can be picked. */
function CardsButton({
  name,
  cards,
  missing,
  isOpen,
  onOpen,
}: {
  readonly name: string;
  readonly cards: readonly string[];
  readonly missing: number;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}) {
  const { t } = useTranslation("equity");
  return (
    <button type="button" className="equity-cards-button" aria-pressed={isOpen} onClick={onOpen}>
      <span className="field-label">{name}</span>
      {cards.length === 0 && missing === 0 ? (
        <span className="muted">{t("none")}</span>
      ) : (
        <span className="equity-cards">
          {cards.length > 0 && <Cards cards={cards} label={name} />}
          {missing > 0 && <Cards cards={[]} down={missing} />}
        </span>
      )}
    </button>
  );
}

/** One hand, card by card: with the first alone there is no hand yet, so it waits here. */
function PlayerCards({
  text,
  taken,
  label,
  onText,
}: {
  readonly text: string;
  readonly taken: ReadonlySet<string>;
  readonly label: string;
  readonly onText: (text: string) => void;
}) {
  const held = holding(text);
  const [first, setFirst] = useState<readonly string[]>([]);
  const picked = held.length === HOLE_CARDS && first.length === 0 ? held : first;
  return (
    <CardPicker
      label={label}
      picked={picked}
      taken={taken}
      limit={HOLE_CARDS}
      onPicked={(cards) => {
        if (cards.length === HOLE_CARDS) {
          setFirst([]);
          onText(cards.join(""));
        } else {
          setFirst(cards);
          if (cards.length === 0) onText("");
        }
      }}
    />
  );
}
