/** The books of a journal in memory, for the audit. */
import { favor } from "../../entities/favor/entity.ts";
import { lobby } from "../../entities/lobby/entity.ts";
import { raffle } from "../../entities/raffle/entity.ts";
import { reservation } from "../../entities/reservation/entity.ts";
import { wallet } from "../../entities/wallet/entity.ts";
import type { EntityKey } from "../../src/actor/Journal.ts";
import type { MemoryJournal } from "../../src/actor/MemoryJournal.ts";
import type { Row } from "../../src/actor/Projection.ts";
import {
  type Books,
  type ClaimRow,
  entityName,
  type Page,
  type PaymentRow,
} from "../../src/audit/Books.ts";
import { ledgerLine } from "../../src/audit/EntityFold.ts";

const REVISIONS = new Map(
  [
    favor,
    lobby,
    raffle({ round: () => Promise.resolve(undefined) }),
    reservation({ of: () => undefined }),
    wallet,
  ].map(({ contract, snapshots }) => [contract.kind, snapshots.revision]),
);

const PAID: ReadonlySet<unknown> = new Set([
  "succeeded",
  "refunding",
  "refunded",
  "refund_refused",
]);
const OPEN_ACCOUNT = /^(race|favor|transfer):/;

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
        if (balanceMinor !== 0 && OPEN_ACCOUNT.test(account)) yield { account, balanceMinor };
    },
    total: () => Promise.resolve([...balances.values()].reduce((sum, one) => sum + one, 0)),
    async *strays() {
      const known = new Set(keys.map(nameOf));
      for (const row of rowsOf("ledger")) {
        const entity = entityName(String(row["kind"]), String(row["entity_id"]));
        if (!known.has(entity)) yield { entity, sentence: "it is not audited and has a ledger" };
      }
      for (const row of rowsOf("reservation_end")) {
        const reservationId = String(row["reservation_id"]);
        const isSale = row["outcome"] === "sold" || row["outcome"] === "returned";
        if (isSale && !known.has(entityName("reservation", reservationId)))
          yield {
            entity: entityName("raffle", String(row["raffle_id"])),
            sentence: `it has sold to ${reservationId}, and there is no such reservation`,
          };
      }
    },
    async *rows({ key, table }, _, keys) {
      const nameOfRow = (row: Row) => key.map((column) => String(row[column])).join("\n");
      const wanted = new Set(keys.map(nameOfRow));
      yield* rowsOf(table).filter((row) => wanted.has(nameOfRow(row)));
    },
    count: (table) => Promise.resolve(rowsOf(table).length),
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
    raffles: (raffleIds) =>
      Promise.resolve(
        new Map(
          rowsOf("raffle")
            .filter((row) => raffleIds.includes(String(row["raffle_id"])))
            .map((row) => [String(row["raffle_id"]), raffleRow(row, rowsOf("raffle_winner"))]),
        ),
      ),
    async *claims(raffleId) {
      for (const row of rowsOf("reservation_claim"))
        if (row["raffle_id"] === raffleId) yield claimRow(row, rowsOf);
    },
    reservations: (reservationIds) =>
      Promise.resolve(
        new Map(
          reservationIds.map((id) => {
            const isIts = (row: Row) => row["reservation_id"] === id;
            const claim = rowsOf("reservation_claim").find(isIts);
            return [
              id,
              {
                claim: claim && claimRow(claim, rowsOf),
                payments: rowsOf("payment").filter(isIts).map(paymentRow),
              },
            ];
          }),
        ),
      ),
  };
};

const raffleRow = (row: Row, winners: ReadonlyArray<Row>) => ({
  status: String(row["status"]),
  sold: Number(row["sold"]),
  winners: winners
    .filter((winner) => winner["raffle_id"] === row["raffle_id"])
    .toSorted((one, other) => Number(one["prize"]) - Number(other["prize"]))
    .map((winner) => [winner["number"], winner["reservation_id"], winner["player_id"]].join("/")),
});

const claimRow = (row: Row, rowsOf: (table: string) => ReadonlyArray<Row>): ClaimRow => {
  const isIts = (other: Row) => other["reservation_id"] === row["reservation_id"];
  const end = rowsOf("reservation_end").find(isIts);
  return {
    reservationId: String(row["reservation_id"]),
    raffleId: String(row["raffle_id"]),
    playerId: String(row["player_id"]),
    numbers: row["numbers"] as ReadonlyArray<number>,
    amountMinor: Number(row["amount"]),
    phase: String(row["phase"]),
    expiresAt: Number(row["expires_at"]),
    outcome: end === undefined ? null : String(end["outcome"]),
    paid: rowsOf("payment")
      .filter((payment) => isIts(payment) && PAID.has(payment["status"]))
      .map((payment) => String(payment["payment_id"])),
  };
};

const paymentRow = (row: Row): PaymentRow => ({
  paymentId: String(row["payment_id"]),
  playerId: String(row["player_id"]),
  provider: String(row["provider"]),
  status: String(row["status"]),
  amountMinor: Number(row["amount"]),
});

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
