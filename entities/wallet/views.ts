/** What is read of wallets from the ledger. */
import type pg from "pg";
import type { StatementLineBody } from "../../rpc/http/wallet.ts";
import type { PlayerId } from "../../rpc/id.ts";

interface LedgerRow {
  readonly version: string;
  readonly line: number;
  readonly debit: string;
  readonly credit: string;
  readonly amount: string;
  readonly purpose: string;
  readonly ref: string;
  readonly at: string;
  readonly balance_total: string;
  readonly balance_locked: string;
}

/** Lines have no gap between pages: a line's id is its place in the wallet's journal. */
const STATEMENT = `
SELECT version, line, debit, credit, amount, purpose, ref, at, balance_total, balance_locked FROM ledger
WHERE kind = 'wallet' AND entity_id = $1 AND ($2::bigint IS NULL OR (version, line) < ($2, $3))
ORDER BY version DESC, line DESC LIMIT $4`;

const LINE_ID = /^(\d{1,15})\.(\d{1,9})$/;

export const make = (pool: pg.Pool) => ({
  /** Newest first. `before` is the last line's id of the page before; one that is no line's id starts anew. */
  statement: async (
    playerId: PlayerId,
    { before, limit }: { readonly before?: string; readonly limit: number },
  ): Promise<ReadonlyArray<StatementLineBody>> => {
    const [, version = null, line = null] = LINE_ID.exec(before ?? "") ?? [];
    const { rows } = await pool.query<LedgerRow>(STATEMENT, [playerId, version, line, limit]);
    return rows.map((row) => lineOf(row, `player:${playerId}:`));
  },
});

const lineOf = (row: LedgerRow, mine: string): StatementLineBody => {
  const isOut = row.debit.startsWith(mine);
  return {
    line_id: `${row.version}.${row.line}`,
    at: new Date(Number(row.at)).toISOString(),
    purpose: row.purpose,
    account: isOut ? row.debit : row.credit,
    counter_account: isOut ? row.credit : row.debit,
    amount: isOut ? -Number(row.amount) : Number(row.amount),
    balance_total: Number(row.balance_total),
    balance_locked: Number(row.balance_locked),
    ref: row.ref,
  };
};
