import "./RaceCard.css";
import { useTableState } from "../app/useTable.ts";
import { MARKET_TEXTS } from "../bets/markets.ts";
import type { Draft } from "../bets/draft.ts";
import type { OddsMove, Runner } from "../lobby/LobbyState.ts";
import { RunnerMark } from "./RunnerMark.tsx";

const ABILITIES = [
  ["speed", "Speed"],
  ["stamina", "Stamina"],
  ["start", "Start"],
  ["consistency", "Consistency"],
] as const;

/** Form is stated in thousandths of the best. */
const FORM_MAX = 1000;

/** The field with form and odds; while betting is open each runner is a button for the slip. */
export function RaceCard({
  draft,
  onPick,
  isOpen,
}: {
  readonly draft: Draft;
  readonly onPick: (number: number) => void;
  readonly isOpen: boolean;
}) {
  const lobby = useTableState((state) => state.lobby.lobby);
  const moves = useTableState((state) => state.lobby.oddsMoves);
  if (lobby === null) return null;
  return (
    <section className="panel race-card" aria-labelledby="race-card-title">
      <div className="panel-head">
        <h2 id="race-card-title">The field</h2>
        {isOpen && <p className="muted race-card-hint">{hint(draft)}</p>}
      </div>
      <div className="race-card-columns" aria-hidden="true">
        <span />
        <span>Runner</span>
        {ABILITIES.map(([ability, name]) => (
          <span key={ability} className="race-card-ability">
            {name}
          </span>
        ))}
        <span className="race-card-odds">Win odds</span>
      </div>
      <p className="race-card-legend muted" aria-hidden="true">
        Bars: speed, stamina, start, consistency
      </p>
      <ul>
        {lobby.runners.map((runner) => (
          <li key={runner.number}>
            <button
              type="button"
              className="race-card-row"
              disabled={!isOpen || runner.scratched}
              aria-pressed={isOpen && draft.selection.includes(runner.number)}
              data-runner={runner.number}
              onClick={() => onPick(runner.number)}
            >
              <RunnerMark number={runner.number} size={32} dimmed={runner.scratched} />
              <span className="race-card-name">
                <span className="unseen">{runner.number} </span>
                {runner.name}
                {isOpen && <Pick draft={draft} number={runner.number} />}
              </span>
              {runner.scratched ? (
                <span className="tag race-card-scratched">scratched</span>
              ) : (
                <>
                  <FormBars form={runner.form} />
                  <Odds odds={lobby.odds[runner.number]} move={moves[runner.number]} />
                </>
              )}
            </button>
          </li>
        ))}
      </ul>
      {lobby.commitment !== "" && (
        <p className="race-card-commitment muted">
          The result is sealed: <code title={lobby.commitment}>{lobby.commitment}</code> is the hash
          of the seed that will be shown after the race.
        </p>
      )}
    </section>
  );
}

function hint({ market, selection }: Draft): string {
  const { slots } = MARKET_TEXTS[market];
  const next = slots[selection.length];
  if (slots.length === 1) return selection.length === 0 ? "Pick a runner to bet on." : "";
  return next === undefined ? "" : `${MARKET_TEXTS[market].name}: pick “${next}”.`;
}

function Pick({ draft, number }: { readonly draft: Draft; readonly number: number }) {
  const index = draft.selection.indexOf(number);
  const { name, slots } = MARKET_TEXTS[draft.market];
  if (index === -1) return null;
  return <span className="race-card-pick">{slots.length === 1 ? name : slots[index]}</span>;
}

function FormBars({ form }: { readonly form: Runner["form"] }) {
  return ABILITIES.map(([ability, name]) => (
    <span key={ability} className="race-card-bar" title={`${name} ${form[ability]}`}>
      <span className="unseen">{`${name} ${form[ability]},`}</span>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect className="race-card-bar-back" width="100" height="6" rx="3" />
        <rect width={(form[ability] / FORM_MAX) * 100} height="6" rx="3" />
      </svg>
      <span className="figure race-card-bar-value" aria-hidden="true">
        {form[ability]}
      </span>
    </span>
  ));
}

function Odds({
  odds,
  move,
}: {
  readonly odds: string | undefined;
  readonly move: OddsMove | undefined;
}) {
  return (
    <span className="race-card-odds figure" data-move={move}>
      {move !== undefined && (
        <>
          <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
            <path d={move === "shortened" ? "M5 9 .5 2h9z" : "M5 1 9.5 8h-9z"} />
          </svg>
          <span className="unseen">{move},</span>
        </>
      )}
      <span>
        <span className="unseen">odds </span>
        {odds ?? "–"}
      </span>
    </span>
  );
}
