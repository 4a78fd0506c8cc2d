import "./Pools.css";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { MARKETS } from "../../../entities/lobby/race/market.ts";
import type { Market } from "../../../rpc/lobby.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { useRoom } from "../room/useRoom.ts";
import { combinations } from "./estimate.ts";
import { useMarkets } from "./useMarkets.ts";

/** The money in each market, which its winners will share, and how many tickets there are to choose from. */
export const Pools = memo(function Pools() {
  const { t } = useTranslation("room");
  const isKnown = useRoom((state) => state.lobby.lobby !== null);
  if (!isKnown) return null;
  return (
    <section className="panel pools" aria-labelledby="pools-title">
      <h2 id="pools-title" className="unseen">
        {t("pools.title")}
      </h2>
      <dl>
        {MARKETS.map((market) => (
          <Pool key={market} market={market} />
        ))}
      </dl>
    </section>
  );
});

function Pool({ market }: { readonly market: Market }) {
  const { t } = useTranslation("room");
  const format = useFormat();
  const { name } = useMarkets()[market];
  const amount = useRoom((state) => state.lobby.lobby?.pools[market] ?? 0);
  const share = useRoom(({ lobby: { lobby } }) => {
    const largest = Math.max(1, ...Object.values(lobby?.pools ?? {}));
    return Math.round(((lobby?.pools[market] ?? 0) / largest) * 100);
  });
  const starters = useRoom(
    ({ lobby: { lobby } }) => lobby?.runners.filter(({ scratched }) => !scratched).length ?? 0,
  );
  return (
    <div>
      <dt>{t("pools.pool", { market: name })}</dt>
      <dd className="figure">{format.money(amount)}</dd>
      <dd className="pools-more muted">
        <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect width="100" height="4" className="pools-back" />
          <rect width={share} height="4" />
        </svg>
        {t("pools.combinations", { count: combinations(market, starters) })}
      </dd>
    </div>
  );
}
