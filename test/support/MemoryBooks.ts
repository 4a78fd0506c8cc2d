/** The books of a journal in memory, for the audit. */
import { favor } from "../../entities/favor/entity.ts";
import { lobby } from "../../entities/lobby/entity.ts";
import { wallet } from "../../entities/wallet/entity.ts";
import type { EntityKey } from "../../src/actor/Journal.ts";
import type { MemoryJournal } from "../../src/actor/MemoryJournal.ts";
import type { Row } from "../../src/actor/Projection.ts";
import { type Books, entityName, type Page } from "../../src/audit/Books.ts";
import { ledgerLine } from "../../src/audit/EntityFold.ts";

const REVISIONS = new Map(
  [favor, lobby, wallet].map(({ contract, snapshots }) => [contract.kind, snapshots.revision]),
);

/** `keys` are the entities to audit. */
export const memoryBooks = (journal: MemoryJournal, keys: ReadonlyArray<EntityKey>): Books => {
  const rowsOf = (table: string): ReadonlyArray<Row> => [
    ...(journal.tables.get(table)?.values() ?? []),
  ];
  const balances = new Map<string, number>();
  const move = (account: string, amount: number) =>
    balances.set(account, (balances.get(account) ?? 0) + amount);
  for (const row of rowsOf("ledger")) {
    move(String(row["debit"]), -Number(row["amount"]));
    move(String(row["credit"]), Number(row["amount"]));
  }
  const ordered = keys.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  return {
    async *pages() {
      for (const key of ordered) yield await pageOf(journal, key, rowsOf("ledger"));
    },
    balances: (accounts) =>
      Promise.resolve(new Map(accounts.map((account) => [account, balances.get(account) ?? 0]))),
    async *openAccounts() {
      for (const [account, balanceMinor] of balances)
        if (balanceMinor !== 0 && /^(race|favor|transfer):/.test(account))
          yield { account, balanceMinor };
    },
    total: () => Promise.resolve([...balances.values()].reduce((sum, one) => sum + one, 0)),
    async *strays() {
      const known = new Set(keys.map(nameOf));
      for (const row of rowsOf("ledger")) {
        const entity = entityName(String(row["kind"]), String(row["entity_id"]));
        if (!known.has(entity)) yield { entity, sentence: "it is not audited and has a ledger" };
      }
    },
    async *acceptedBets() {
      for (const row of rowsOf("bet"))
        if (row["status"] === "accepted")
          yield {
            betId: String(row["bet_id"]),
            playerId: String(row["player_id"]),
            raceId: String(row["race_id"]),
            stakeMinor: Number(row["stake"]),
          };
    },
  };
};

const nameOf = ({ entityId, kind }: EntityKey) => entityName(kind, entityId);

const pageOf = async (
  journal: MemoryJournal,
  key: EntityKey,
  ledger: ReadonlyArray<Row>,
): Promise<Page> => {
  const snapshotRevision = REVISIONS.get(key.kind) ?? 0;
  const [loaded] = await journal.load([
    { ...key, recentReplies: Number.MAX_SAFE_INTEGER, snapshotRevision },
  ]);
  if (loaded === undefined) throw new Error(`the journal does not answer for ${nameOf(key)}`);
  const { alarmDueAt, entries, snapshot } = loaded;
  const lines = ledger
    .filter((row) => row["kind"] === key.kind && row["entity_id"] === key.entityId)
    .map(ledgerLine);
  return {
    entries: entries.map((entry) => ({
      ...key,
      ...entry,
      lines: lines.filter((line) => line.version === entry.version),
    })),
    snapshots: new Map(
      snapshot === undefined ? [] : [[nameOf(key), { ...snapshot, revision: snapshotRevision }]],
    ),
    alarms: new Map([[nameOf(key), alarmDueAt ?? null]]),
  };
};
