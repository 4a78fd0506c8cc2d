/** A ledger kept on paper: the balance of every account after the rows that came by. */
import type { ProjectedRow } from "../../src/actor/Projection.ts";
import { expect } from "vitest";

export class PaperLedger {
  readonly #balances = new Map<string, number>();
  readonly #keys = new Set<string>();

  /** Posts the ledger's rows among these. Each must move something, from one account to another, under a key of its own. */
  post(rows: ReadonlyArray<ProjectedRow>): void {
    for (const { projection, row } of rows) {
      if (projection.table !== "ledger") continue;
      const { amount, credit, debit } = row;
      expect(amount).toBeGreaterThan(0);
      expect(credit).not.toBe(debit);
      const key = projection.key.map((column) => String(row[column])).join("|");
      expect(this.#keys.has(key), `${key} is posted once`).toBe(false);
      this.#keys.add(key);
      this.#move(String(debit), -Number(amount));
      this.#move(String(credit), Number(amount));
    }
  }

  balance(account: string): number {
    return this.#balances.get(account) ?? 0;
  }

  /** Accounts with something on them. */
  get open(): ReadonlyMap<string, number> {
    return new Map([...this.#balances].filter(([, balance]) => balance !== 0));
  }

  #move(account: string, amount: number): void {
    this.#balances.set(account, this.balance(account) + amount);
  }
}
