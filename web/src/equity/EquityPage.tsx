/**
 * The equity calculator: two to nine players with cards or ranges, a board, dead cards. It computes in this browser, from the
 * first card on, with a seat or without; the address keeps what is asked.
 */
import "./EquityPage.css";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EquityMode, EquityQuestion } from "../../../rpc/equity.ts";
import { MAX_PLAYERS } from "../../../src/compute/equity/Table.ts";
import { PokerNav } from "../hands/PokerNav.tsx";
import { CopyButton } from "../proof/CopyButton.tsx";
import { PageHead } from "../shell/PageHead.tsx";
import { useTitle } from "../shell/useTitle.ts";
import { Convergence } from "./Convergence.tsx";
import { Editor } from "./Editor.tsx";
import type { Editing } from "./Editor.tsx";
import { faultsOf, isUnfinished } from "./faults.ts";
import { PlayerRow } from "./PlayerRow.tsx";
import {
  addPlayer,
  canAdd,
  canRemove,
  cardsAt,
  GAMES,
  hasRanges,
  removePlayer,
  startOf,
  withGame,
  withText,
} from "./table.ts";
import type { EquityTable } from "./table.ts";
import { useEquity } from "./useEquity.ts";
import { useFaultText } from "./useFaultText.ts";
import { linkTo, useSpot } from "./useSpot.ts";
import { Verdict } from "./Verdict.tsx";

const MODES: readonly EquityMode[] = ["auto", "exact", "monte_carlo"];
/** Half of the last digit that is shown; a second or two of one core in most spots. */
const TARGET_STD_ERROR = 0.0001;
/** Enough for the target in all but the oddest spots. */
const MAX_SAMPLES = 50_000_000;
const SEED = 1;

const BOARD: Editing = { place: "board", means: "cards" };
/** From this width on, the editor stands beside the players and is always in sight. */
const WIDE = "(min-width: 1000px)";

export default function EquityPage() {
  const { t } = useTranslation(["equity", "hands"]);
  const textOf = useFaultText();
  const [table, change] = useSpot();
  const [mode, setMode] = useState<EquityMode>("auto");
  const [asked, setEditing] = useState<Editing>(BOARD);
  const editing = editable(asked, table);
  const page = useRef<HTMLElement>(null);
  const editor = useRef<HTMLElement>(null);
  const opener = useRef<Element | null>(null);
  useTitle(t("title"));

  const faults = useMemo(() => faultsOf(table), [table]);
  const question = useMemo((): EquityQuestion | null => {
    if (faults.length > 0) return null;
    const { game, players } = table;
    return {
      game,
      // As the engine reads them: people also write `10h, 9h`.
      players: players.map((text, place) => cardsAt(table, place).join("") || text),
      board: cardsAt(table, "board").join(""),
      dead: cardsAt(table, "dead").join(""),
      mode,
      targetStdError: TARGET_STD_ERROR,
      maxSamples: MAX_SAMPLES,
      seed: SEED,
    };
  }, [table, faults, mode]);
  const equity = useEquity(question);

  const open = (next: Editing) => {
    opener.current = document.activeElement;
    setEditing(next);
    requestAnimationFrame(() => focusIn(editor.current));
  };
  const close = () => {
    const { current } = opener;
    if (current instanceof HTMLElement && current.isConnected) current.focus();
    else page.current?.querySelector<HTMLElement>(".equity-player input")?.focus();
  };
  const remove = (place: number) => {
    change(removePlayer(table, place));
    if (typeof editing.place === "number") {
      if (editing.place === place) setEditing(BOARD);
      else if (editing.place > place) setEditing({ ...editing, place: editing.place - 1 });
    }
    // The button that was pressed may be gone with the player.
    page.current?.querySelector<HTMLElement>(".equity-add")?.focus();
  };

  return (
    <main className="page equity" id="main" tabIndex={-1} ref={page}>
      <PokerNav />
      <PageHead title={t("title")} lead={t("lead")}>
        <div className="equity-how">
          <label>
            <span className="field-label">{t("game")}</span>
            <select
              className="input"
              name="game"
              value={table.game}
              onChange={({ target }) => {
                const game = GAMES.find((game) => game === target.value);
                if (game !== undefined) change(withGame(table, game));
              }}
            >
              {GAMES.map((game) => (
                <option key={game} value={game}>
                  {t(`hands:game.${game}`)}
                </option>
              ))}
            </select>
          </label>
          {hasRanges(table.game) && (
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
          )}
        </div>
      </PageHead>
      <div className="equity-columns">
        <section className="panel equity-players" aria-labelledby="equity-players">
          <h2 id="equity-players">{t("players.title")}</h2>
          <Verdict equity={equity} hasFaults={faults.length > 0} />
          <ol>
            {table.players.map((text, place) => {
              const fault = faults.find((fault) => fault.place === place);
              return (
                <PlayerRow
                  // oxlint-disable-next-line react/no-array-index-key -- a player is a place at the table
                  key={place}
                  game={table.game}
                  number={place + 1}
                  text={text}
                  problem={fault === undefined ? null : textOf(fault)}
                  isUnfinished={fault !== undefined && isUnfinished(fault)}
                  equity={equity.answer?.players[place] ?? null}
                  isExact={equity.answer?.method === "exact"}
                  editing={editing.place === place ? editing.means : null}
                  onText={(next) => change(withText(table, place, next))}
                  onEdit={(means) => open({ place, means })}
                  onRemove={canRemove(table) ? () => remove(place) : undefined}
                />
              );
            })}
          </ol>
          <div className="equity-actions">
            <button
              type="button"
              className="button equity-add"
              aria-disabled={!canAdd(table)}
              onClick={() => {
                if (!canAdd(table)) return;
                change(addPlayer(table));
                // Without ranges, whoever comes has to be given cards.
                if (!hasRanges(table.game)) open({ place: table.players.length, means: "cards" });
              }}
            >
              {t("players.add", { most: MAX_PLAYERS })}
            </button>
            <button
              type="button"
              className="button is-quiet"
              onClick={() => {
                change(startOf(table.game));
                setEditing(BOARD);
              }}
            >
              {t("players.reset")}
            </button>
            <span className="equity-link muted">
              {t("link")} <CopyButton text={linkTo(table)} what={t("link")} />
            </span>
          </div>
        </section>
        <Editor
          ref={editor}
          table={table}
          editing={editing}
          faults={faults}
          answer={equity.answer}
          onEdit={setEditing}
          onTable={change}
          onDone={close}
        />
        <Convergence readings={equity.readings} />
      </div>
    </main>
  );
}

/** What can be edited now: a player who has gone cannot, nor can a range where there are none. */
function editable(asked: Editing, { game, players }: EquityTable): Editing {
  const { means, place } = asked;
  if (typeof place !== "number") return asked;
  if (place >= players.length) return BOARD;
  return means === "range" && !hasRanges(game) ? { place, means: "cards" } : asked;
}

/** Whoever opens the editor goes on in it: its deck and its grid have one tab stop each. */
function focusIn(editor: HTMLElement | null): void {
  editor
    ?.querySelector<HTMLElement>("[data-place][tabindex='0'], [data-at][tabindex='0']")
    ?.focus({ preventScroll: true });
  if (!matchMedia(WIDE).matches) editor?.scrollIntoView({ block: "start" });
}
