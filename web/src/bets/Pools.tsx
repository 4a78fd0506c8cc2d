import "./Pools.css";
import { MARKETS } from "../../../entities/lobby/race/market.ts";
import { useTableState } from "../app/useTable.ts";
import { formatMoney } from "../wallet/money.ts";
import { MARKET_TEXTS } from "./markets.ts";

/** The money in each market, which its winners will share. */
export function Pools() {
  const pools = useTableState((state) => state.lobby.lobby?.pools);
  if (pools === undefined) return null;
  const amounts = MARKETS.map((market) => pools[market] ?? 0);
  const largest = Math.max(1, ...amounts);
  return (
    <section className="panel pools" aria-labelledby="pools-title">
      <h2 id="pools-title" className="unseen">
        Pools
      </h2>
      <dl>
        {MARKETS.map((market, index) => (
          <div key={market}>
            <dt>{MARKET_TEXTS[market].name} pool</dt>
            <dd className="figure">{formatMoney(amounts[index] ?? 0)}</dd>
            <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
              <rect width="100" height="4" rx="2" className="pools-back" />
              <rect width={((amounts[index] ?? 0) / largest) * 100} height="4" rx="2" />
            </svg>
          </div>
        ))}
      </dl>
    </section>
  );
}
