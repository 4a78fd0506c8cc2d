/**
 * Two processes believe that the same entities are theirs, and both take commands, on one PostgreSQL. The fence lets
 * each version be written once: nothing is lost, nothing is done twice, and whoever loses reads again and goes on.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { systemClock } from "../../src/actor/Clock.ts";
import type { PgJournal } from "../../src/actor/PgJournal.ts";
import { fold, LIMIT } from "../support/Counter.ts";
import { type CounterSystem, openCounterSystem } from "../support/CounterSystem.ts";
import { type CounterDatabase, historyOf, openCounterDatabase } from "../support/journals.ts";

const ENTITIES = ["a", "b", "c"];
const CLIENTS = 12;
const COMMANDS_EACH = 25;
/** Both copies write, so a command may lose some times in a row before it wins; its system sends it again by itself. */
const PATIENT = { timeoutMs: 25_000 };

let database: CounterDatabase;
let journals: ReadonlyArray<PgJournal>;
let copies: ReadonlyArray<CounterSystem>;

beforeAll(async () => {
  database = await openCounterDatabase();
  journals = [database.openJournal(), database.openJournal()];
  copies = journals.map((journal) => openCounterSystem(journal, systemClock));
});
afterAll(async () => {
  for (const { system } of copies) await system.shutdown();
  for (const journal of journals) await journal.close();
  await database.close();
});

const copy = (n: number): CounterSystem => {
  const found = copies[n % copies.length];
  if (found === undefined) throw new Error("no copy");
  return found;
};

it("two live copies of one entity: no effect is lost or doubled, and both go on", async () => {
  const acknowledged = new Map(ENTITIES.map((entityId) => [entityId, 0]));

  /** Asks once: whoever loses finds the right answer without being asked again. */
  const ask = async (entityId: string, commandId: string, amount: number, first: number) => {
    const answer = await copy(first).add(entityId, commandId, amount, PATIENT);
    if (!answer.ok) throw new Error(`${commandId}: ${answer.error._tag}`);
    return answer.value.total;
  };

  const client = async (n: number) => {
    for (let i = 0; i < COMMANDS_EACH; i++) {
      const entityId = ENTITIES[(n + i) % ENTITIES.length] ?? "a";
      const amount = n + i + 1;
      const id = `${n}:${i}`;
      // A client that loses patience says the same to the other copy as well.
      const [one, other] = await Promise.all([
        ask(entityId, id, amount, n),
        i % 3 === 0 ? ask(entityId, id, amount, n + 1) : undefined,
      ]);
      if (other !== undefined) expect(other).toBe(one);
      acknowledged.set(entityId, (acknowledged.get(entityId) ?? 0) + amount);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, n) => client(n)));

  let written = 0;
  for (const entityId of ENTITIES) {
    const entries = await historyOf(database.openJournal(), entityId);
    written += entries.length;
    expect(entries.map(({ version }) => version)).toEqual(entries.map((_, i) => i + 1));
    const { total } = fold(entries.flatMap(({ events }) => events));
    expect(total).toBe(acknowledged.get(entityId));
    for (const n of [0, 1]) {
      // One that is behind finds out when it writes, and says then what is so.
      expect(await copy(n).add(entityId, `much:${n}`, LIMIT + 1)).toMatchObject({
        ok: false,
        error: { _tag: "OverLimit", total },
      });
      expect(await copy(n).total(entityId)).toBe(total);
    }
    const { rows } = await database.pool.query<{ total: string }>(
      "SELECT total FROM counter_total WHERE counter_id = $1",
      [entityId],
    );
    expect(Number(rows[0]?.total)).toBe(total);
  }
  expect(written).toBe(CLIENTS * COMMANDS_EACH);
  // Had they never met, nothing would be proved.
  expect(copy(0).fenced()).toBeGreaterThan(0);
  expect(copy(1).fenced()).toBeGreaterThan(0);
});
