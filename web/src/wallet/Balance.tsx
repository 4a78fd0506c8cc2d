import "./Balance.css";
import { useTableState } from "../app/useTable.ts";
import { formatMoney } from "./money.ts";

/** The player's money: what can be staked, what open bets hold, and both together. */
export function Balance() {
  const wallet = useTableState((state) => state.wallet);
  const show = (minor: number | undefined) => (minor === undefined ? "–" : formatMoney(minor));
  return (
    <dl className="balance figure" aria-label="Balance">
      <div className="balance-available">
        <dt>Available</dt>
        <dd data-balance="available">{show(wallet?.available)}</dd>
      </div>
      <div>
        <dt>Held</dt>
        <dd data-balance="held">{show(wallet?.held)}</dd>
      </div>
      <div>
        <dt>Total</dt>
        <dd data-balance="total">{show(wallet?.total)}</dd>
      </div>
    </dl>
  );
}
