import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HIDDEN } from "../../src/admin/hideSecrets.ts";
import { JournalReader } from "../../src/admin/JournalReader.ts";
import type { EntityBody } from "../../rpc/http/admin.ts";
import { CommandId } from "../../rpc/id.ts";
import { minor } from "../../rpc/money.ts";
import { Raffle } from "../../rpc/raffle.ts";
import { GRANT, type House, openHouse } from "./House.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

type Shown = Omit<EntityBody, "owner">;

const shown = async (entityId: string, version?: number): Promise<Shown> => {
  const answer = await house.inspector.entity({ kind: "wallet", entityId }, version);
  if (!answer.ok) throw answer.error;
  return answer.value;
};

const walletOf = ({ state }: Shown) => {
  const wallet = state as {
    readonly totalMinor: number;
    readonly holds: ReadonlyArray<readonly [id: string, hold: unknown]>;
  };
  return { total: wallet.totalMinor, holds: wallet.holds.map(([id]) => id) };
};

/** Each but a few is released again: more entries than a wallet has before its first snapshot. */
const HOLDS = 120;
const KEPT_EVERY = 20;

const snapshotOf = async (entityId: string) => {
  const { rows } = await house.pool.query<{ version: string }>(
    "SELECT version FROM snapshot WHERE kind = 'wallet' AND entity_id = $1",
    [entityId],
  );
  return Number(rows[0]?.version ?? 0);
};

describe("time travel", () => {
  test("shows each version as the actor had it then, before and after a snapshot", async () => {
    await house.open("ada");
    const witnessed = [await house.wallet("ada")];
    for (let i = 0; i < HOLDS; i++) {
      expect(await house.hold("ada", `h-${i}`, 10 + i)).toBe(true);
      witnessed.push(await house.wallet("ada"));
      if (i % KEPT_EVERY === 0) continue;
      expect(await house.release("ada", `h-${i}`)).toBe(true);
      witnessed.push(await house.wallet("ada"));
    }
    // A refusal is an entry too, and changes nothing.
    expect(await house.hold("ada", "too-much", GRANT + 1)).toBe(false);
    witnessed.push(await house.wallet("ada"));
    // What an actor has begun to write, a snapshot too, is written when its process has stopped.
    await house.system.shutdown();
    const snapshot = await snapshotOf("ada");
    expect(snapshot).toBeGreaterThan(0);
    expect(snapshot).toBeLessThan(witnessed.length);
    for (const [index, then] of witnessed.entries()) {
      const now = await shown("ada", index + 1);
      expect(walletOf(now)).toEqual(then);
      expect(now).toMatchObject({
        version: index + 1,
        newest_version: witnessed.length,
        broken: [],
      });
    }
    expect(walletOf(await shown("ada"))).toEqual(witnessed.at(-1));
  });

  test("begins at the snapshot, and leads to what the journal alone leads to", async () => {
    // The actor writes its snapshots by the way; here one is put down at a known version.
    await house.open("bob");
    for (let i = 0; i < 5; i++) await house.hold("bob", `b-${i}`, 100);
    const { state } = await shown("bob", 4);
    const before = await Promise.all([1, 2, 3, 4, 5, 6].map((version) => shown("bob", version)));
    await house.pool.query(
      `INSERT INTO snapshot (kind, entity_id, version, revision, state) VALUES ('wallet', 'bob', 4, 1, $1)`,
      [JSON.stringify(state)],
    );
    const after = await Promise.all([1, 2, 3, 4, 5, 6].map((version) => shown("bob", version)));
    expect(after).toEqual(before);
    // A snapshot that says otherwise shows that it was read, from its version on.
    await house.pool.query(
      `UPDATE snapshot SET state = $1 WHERE kind = 'wallet' AND entity_id = 'bob'`,
      [JSON.stringify({ ...(state as object), totalMinor: GRANT + 1, lockedMinor: 299 })],
    );
    expect(walletOf(await shown("bob", 3)).total).toBe(GRANT);
    for (const version of [4, 6]) {
      const wrong = await shown("bob", version);
      expect(walletOf(wrong).total).toBe(GRANT + 1);
      expect(wrong.broken).toEqual(["locked is the sum of the open holds"]);
    }
    // One of another revision is not read.
    await house.pool.query(
      `UPDATE snapshot SET revision = 99 WHERE kind = 'wallet' AND entity_id = 'bob'`,
    );
    expect(walletOf(await shown("bob")).total).toBe(GRANT);
  });

  test("tells when it will be woken, and whether it owes work", async () => {
    await house.open("ada");
    expect(await shown("ada")).toMatchObject({ alarm_due_at: null, outstanding: false });
    await house.hold("ada", "h-1", 100);
    const ada = await shown("ada");
    expect(Date.parse(String(ada.alarm_due_at))).toBeGreaterThan(Date.parse(ada.at));
    expect(ada.outstanding).toBe(false);
  });

  test("a journal that cannot be folded says where and why, up to there it is shown", async () => {
    await house.open("cyd");
    await house.hold("cyd", "c-1", 100);
    await house.hold("cyd", "c-2", 100);
    await house.pool.query(
      `UPDATE journal SET events = '[{"_tag":"MoneyHeld"}]' WHERE kind = 'wallet' AND entity_id = 'cyd' AND version = 3`,
    );
    expect(walletOf(await shown("cyd", 2)).holds).toEqual(["c-1"]);
    const spoilt = await shown("cyd", 3);
    expect(spoilt.state).toBeNull();
    expect(spoilt.broken).toEqual([expect.stringContaining("folded at version 3")]);
    await house.pool.query(
      `DELETE FROM journal WHERE kind = 'wallet' AND entity_id = 'cyd' AND version = 2`,
    );
    const torn = await shown("cyd", 3);
    expect(torn.state).toBeNull();
    expect(torn.broken).toEqual([expect.stringContaining("version 2: it is not there")]);
  });
});

describe("the list of entities", () => {
  const ids = Array.from({ length: 25 }, (_, i) => `list_${String(i).padStart(2, "0")}`);
  beforeEach(async () => {
    await Promise.all([...ids, "lisu", "lis"].map(house.open));
    await house.hold("list_03", "l-1", 5);
  });

  const pageAfter = async (after: string, prefix = "list_") => {
    const answer = await house.inspector.entities("wallet", { prefix, after, limit: 5 });
    if (!answer.ok) throw answer.error;
    return answer.value;
  };

  test("gives page after page all that begin so, each once, with its newest version", async () => {
    const listed: Array<{ entity_id: string; version: number }> = [];
    let after: string | null = "";
    let pages = 0;
    while (after !== null) {
      const page: Awaited<ReturnType<typeof pageAfter>> = await pageAfter(after);
      listed.push(...page.entities);
      after = page.next_after;
      pages++;
    }
    expect(pages).toBe(5);
    expect(listed.map(({ entity_id }) => entity_id)).toEqual(ids);
    expect(listed.map(({ version }) => version)).toEqual(
      ids.map((id) => (id === "list_03" ? 2 : 1)),
    );
  });

  test("a prefix that nothing has, or that is a pattern to others, gives nothing", async () => {
    for (const prefix of ["nobody", "list%", "l.*", "\\"])
      expect(await pageAfter("", prefix)).toEqual({ entities: [], next_after: null });
  });

  test("counts them, and stops counting", async () => {
    const reader = new JournalReader(house.pool);
    const { rows } = await house.pool.query(
      "SELECT count(DISTINCT entity_id)::int AS n FROM journal WHERE kind = 'wallet'",
    );
    const all = rows[0].n as number;
    expect(await reader.count("wallet", 1000)).toBe(all);
    expect(await reader.count("wallet", all)).toBe(all);
    expect(await reader.count("wallet", 10)).toBe(11);
    expect(await reader.count("favor", 10)).toBe(0);
  });
});

describe("secrets", () => {
  test("a server seed is shown neither in the state nor in the journal, though it is stored", async () => {
    const seed = "5e".repeat(32);
    const raffle = { kind: "raffle", entityId: "secret" };
    const created = await house.system.ask(Raffle, "Create", {
      entityId: raffle.entityId,
      commandId: CommandId.make("create"),
      terms: {
        title: "A raffle with a seed",
        description: "",
        ticketPriceMinor: minor(250),
        totalNumbers: 10,
        drawAt: 8_000_000_000_000_000,
        prizes: [{ name: "A car" }],
        organiserId: null,
        minSoldPercent: 0,
      },
      rules: { selectionMs: 60_000, checkoutMs: 60_000, feePerMille: 100, beacon: null },
    });
    expect(created.ok).toBe(true);
    const published = await house.system.ask(Raffle, "Publish", {
      entityId: raffle.entityId,
      commandId: CommandId.make("publish"),
      serverSeed: seed,
    });
    expect(published.ok).toBe(true);

    const { rows } = await house.pool.query<{ text: string }>(
      "SELECT events::text AS text FROM journal WHERE kind = 'raffle' AND entity_id = 'secret'",
    );
    expect(rows.some(({ text }) => text.includes(seed))).toBe(true);
    const entity = await house.inspector.entity(raffle, undefined);
    const journal = await house.inspector.journal(raffle, { before: undefined, limit: 10 });
    for (const answer of [entity, journal]) {
      expect(answer.ok).toBe(true);
      expect(JSON.stringify(answer)).not.toContain(seed);
      expect(JSON.stringify(answer)).toContain(HIDDEN);
    }
  });
});
