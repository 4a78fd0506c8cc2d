import "./Results.css";
import { MARKETS } from "../../../entities/lobby/race/market.ts";
import { useTableState } from "../app/useTable.ts";
import { MARKET_TEXTS } from "../bets/markets.ts";
import type { Dividends, Result } from "../lobby/LobbyState.ts";
import { formatMoney } from "../wallet/money.ts";
import { winningMarginMs } from "./Run.ts";
import { RunnerMark } from "./RunnerMark.tsx";

const PLACES = ["1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th"] as const;

/** What came in, what each market pays, and where anyone can check it. */
export function Results() {
  const result = useTableState((state) => state.lobby.result);
  if (result === null) return null;
  const note = finishNote(result);
  return (
    <section className="panel results" aria-labelledby="results-title">
      <div className="panel-head">
        <h2 id="results-title">Result</h2>
        {note !== null && <span className="tag is-note">{note}</span>}
      </div>
      <div className="results-parts">
        <ol className="results-order" aria-label="Finishing order">
          {placesOf(result).map(({ number, name, place, isShared }) => (
            <li key={number} data-place={place}>
              <span className="results-place figure">
                {PLACES[place - 1] ?? place}
                {isShared ? " =" : ""}
              </span>
              <RunnerMark number={number} size={place <= 3 ? 30 : 22} />
              <span>{name}</span>
            </li>
          ))}
        </ol>
        {result.dividends === null ? (
          <p className="empty">The dividends of this race were announced before you came.</p>
        ) : (
          <DividendTable dividends={result.dividends} />
        )}
      </div>
      <p className="results-proof">
        <a
          href={`/races/${encodeURIComponent(result.raceId)}/verify`}
          target="_blank"
          rel="noreferrer"
        >
          Check this race yourself
        </a>
        <span className="muted"> seed, bets, powers and order, as data</span>
      </p>
    </section>
  );
}

function DividendTable({ dividends }: { readonly dividends: Dividends }) {
  const rows = MARKETS.flatMap((market) =>
    Object.entries(dividends[market] ?? {}).map(([selection, hundredths]) => ({
      market,
      selection,
      hundredths,
    })),
  );
  if (rows.length === 0) return <p className="empty">No bets were to be paid in this race.</p>;
  return (
    <table className="results-dividends">
      <caption className="unseen">Dividends for a stake of 1.00</caption>
      <thead>
        <tr>
          <th scope="col">Market</th>
          <th scope="col">Winning</th>
          <th scope="col">Pays for 1.00</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ market, selection, hundredths }) => (
          <tr key={`${market} ${selection}`}>
            <th scope="row">{MARKET_TEXTS[market].name}</th>
            <td>
              <span className="results-marks">
                {selection.split("-").map((number) => (
                  <RunnerMark key={number} number={Number(number)} size={22} />
                ))}
                <span className="unseen">{selection}</span>
              </span>
            </td>
            <td className="figure">{formatMoney(hundredths)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Placed {
  readonly number: number;
  readonly name: string;
  readonly place: number;
  readonly isShared: boolean;
}

/** Everyone with a place: one more than the number of runners before the group. */
function placesOf({ order, runners }: Result): readonly Placed[] {
  let before = 0;
  return order.flatMap((group) => {
    const place = before + 1;
    before += group.length;
    return group.map((number) => ({
      number,
      name: runners.find((runner) => runner.number === number)?.name ?? `Runner ${number}`,
      place,
      isShared: group.length > 1,
    }));
  });
}

function finishNote({ order, photoFinish, run }: Result): string | null {
  if ((order[0]?.length ?? 0) > 1) return "Dead heat";
  const marginMs = winningMarginMs(run);
  if (marginMs === null) return photoFinish === true ? "Photo finish" : null;
  const margin = `by ${(marginMs / 1000).toFixed(2)} s`;
  return photoFinish === true ? `Photo finish, ${margin}` : `Won ${margin}`;
}
