/**
 * Two processes with live copies of the same entities, on one journal, under random commands, repetitions, failing
 * commits, evictions and deaths. Whatever happens:
 *
 * - what was acknowledged is in the journal exactly once, and every repetition is answered alike;
 * - versions have no gaps, and tables and state are the fold of the journal;
 * - nobody ever sees a state that is not committed;
 * - when the faults stop, every command is answered.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Outcome } from "../../src/actor/Ask.ts";
import type { CommitResult } from "../../src/actor/Journal.ts";
import { MemoryJournal } from "../../src/actor/MemoryJournal.ts";
import { fold, LIMIT } from "../support/Counter.ts";
import { type CounterSystem, openCounterSystem } from "../support/CounterSystem.ts";
import { ManualClock } from "../support/ManualClock.ts";
import { onFrame } from "../support/onFrame.ts";

const ENTITIES = ["a", "b"] as const;
const RUNS = 1000;
const MIN_STEPS = 10;
const MAX_STEPS = 60;
/** Enough for an ask to run into its own time limit and be asked again, many times. */
const MAX_ROUNDS = 20;
/** What lost against the other copy is sent again after this. */
const RESEND_AFTER_MS = 20;

type Fate =
  /** Written and reported. */
  | "committed"
  /** Not written. */
  | "away"
  | "refused"
  /** Written, and reported as not written: worse than any journal may be, and still harmless. */
  | "misreported"
  /** The process never hears of it; it was written, or not. */
  | "silent-written"
  | "silent-lost";

type Step =
  | {
      readonly do: "add";
      readonly copy: 0 | 1;
      readonly entityId: string;
      readonly id: number;
      readonly amount: number;
    }
  | { readonly do: "get"; readonly copy: 0 | 1; readonly entityId: string }
  | { readonly do: "fate"; readonly fate: Fate }
  | { readonly do: "settle" }
  | { readonly do: "pass" }
  | { readonly do: "evict"; readonly copy: 0 | 1 }
  | { readonly do: "crash"; readonly copy: 0 | 1 };

const copy = fc.constantFrom(0 as const, 1 as const);
const entityId = fc.constantFrom(...ENTITIES);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant("add" as const),
      copy,
      entityId,
      // Few ids, so that most are used again.
      id: fc.nat(11),
      // Some are too much, and rejected.
      amount: fc.oneof(
        { weight: 5, arbitrary: fc.integer({ min: -9, max: 9 }) },
        fc.constant(LIMIT),
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("get" as const), copy, entityId }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("fate" as const),
      fate: fc.constantFrom<Fate>(
        "committed",
        "away",
        "refused",
        "misreported",
        "silent-written",
        "silent-lost",
      ),
    }),
  },
  { weight: 4, arbitrary: fc.constant({ do: "settle" as const }) },
  { weight: 1, arbitrary: fc.constant({ do: "pass" as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("evict" as const), copy }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("crash" as const), copy }) },
);

type Answer = Outcome<unknown, { readonly _tag: string }>;

class World {
  readonly journal = new MemoryJournal();
  readonly clock = new ManualClock();
  /** What becomes of the next commits. */
  readonly fates: Array<Fate> = [];
  /** Final answers, by entity and command id. */
  readonly answers = new Map<string, Array<Answer>>();
  readonly asked = new Map<string, { entityId: string; id: string; amount: number }>();
  readonly copies: [CounterSystem, CounterSystem] = [this.#start(), this.#start()];
  /** What someone saw that was not committed. */
  readonly leaks: Array<string> = [];
  met = { fenced: 0, misreported: 0, replayed: 0 };

  constructor() {
    this.journal.intercept = async (write) => this.#suffer(this.fates.shift(), write);
  }

  #suffer(fate: Fate | undefined, write: () => CommitResult): CommitResult | Promise<never> {
    switch (fate) {
      case undefined:
      case "committed":
        return write();
      case "away":
        return { _tag: "Away", cause: fate };
      case "refused":
        return { _tag: "Refused", cause: fate };
      case "misreported":
        this.met.misreported++;
        write();
        return { _tag: "Away", cause: fate };
      case "silent-written":
        write();
        return new Promise(() => undefined);
      case "silent-lost":
        return new Promise(() => undefined);
    }
  }

  #start(): CounterSystem {
    const started = openCounterSystem(this.journal, this.clock);
    for (const watched of ENTITIES)
      started.system.topics.watch(
        `counter:${watched}`,
        onFrame(({ text, version }) => {
          const { total } = JSON.parse(text) as { readonly total: number };
          const isCommitted = this.#prefixes(watched).some(
            (prefix) => prefix.changes === version && prefix.total === total,
          );
          if (!isCommitted) this.leaks.push(`frame ${text} of ${watched}`);
        }),
      );
    return started;
  }

  /** Every state that the journal has led an entity through. */
  #prefixes(of: string) {
    const entries = this.journal.entriesOf({ kind: "counter", entityId: of });
    return Array.from({ length: entries.length + 1 }, (_, n) => {
      const { changes, total } = fold(entries.slice(0, n).flatMap((entry) => entry.events));
      return { changes, total };
    });
  }

  async ask(by: CounterSystem, to: string, id: string, amount: number): Promise<boolean> {
    const key = `${to}/${id}`;
    if (!this.asked.has(key)) this.asked.set(key, { entityId: to, id, amount });
    const answer: Answer = await by.add(to, id, amount);
    if (!answer.ok && answer.error._tag === "Unavailable") return false;
    if (answer.replayed) this.met.replayed++;
    this.answers.set(key, [...(this.answers.get(key) ?? []), answer]);
    return true;
  }

  async take(one: Step): Promise<void> {
    switch (one.do) {
      case "add":
        return void this.ask(this.copies[one.copy], one.entityId, `c${one.id}`, one.amount);
      case "get":
        return void this.copies[one.copy].total(one.entityId).then((total) => {
          if (total === undefined) return;
          if (!this.#prefixes(one.entityId).some((prefix) => prefix.total === total))
            this.leaks.push(`total ${total} of ${one.entityId}`);
        });
      case "fate":
        return void this.fates.push(one.fate);
      case "settle":
        return this.clock.settled();
      case "pass":
        return this.clock.advance(RESEND_AFTER_MS);
      case "evict":
        for (const actor of this.copies[one.copy].system.residents()) actor.evict();
        return;
      case "crash":
        this.met.fenced += this.copies[one.copy].fenced();
        this.copies[one.copy] = this.#start();
    }
  }

  /** Lets time pass until there is an answer. */
  async answered<A>(asked: Promise<A>): Promise<A> {
    let isAnswered = false;
    const answer = asked.finally(() => (isAnswered = true));
    await this.clock.settled();
    while (!isAnswered) await this.clock.advance(RESEND_AFTER_MS);
    return answer;
  }

  /** The faults stop. A process that never heard of a commit hears of no other: it is replaced, as one is that hangs. */
  async recover(): Promise<void> {
    this.fates.length = 0;
    await this.take({ do: "crash", copy: 0 });
    await this.take({ do: "crash", copy: 1 });
    for (let round = 0; ; round++) {
      const open = [...this.asked].filter(([key]) => !this.answers.has(key));
      if (open.length === 0) return;
      expect(round, "rounds until every command was answered").toBeLessThan(MAX_ROUNDS);
      const answered = open.map(([, { amount, entityId: to, id }], i) =>
        this.ask(this.copies[i % 2 === 0 ? 0 : 1], to, id, amount),
      );
      await this.answered(Promise.all(answered));
    }
  }

  check(): void {
    expect(this.leaks).toEqual([]);
    for (const of of ENTITIES) {
      const entries = this.journal.entriesOf({ kind: "counter", entityId: of });
      expect(entries.map(({ version }) => version)).toEqual(entries.map((_, i) => i + 1));
      const ids = entries.map(({ commandId }) => commandId);
      expect(new Set(ids).size).toBe(ids.length);
      const { changes, total } = fold(entries.flatMap(({ events }) => events));
      const row = this.journal.tables.get("counter_total")?.get(of);
      expect(row?.["total"] ?? 0).toBe(total);
      const rows = [...(this.journal.tables.get("counter_change")?.values() ?? [])];
      expect(rows.filter((one) => one["counter_id"] === of)).toHaveLength(changes);
      for (const id of ids) expect(this.asked.has(`${of}/${id}`)).toBe(true);
      for (const { commandId, reply } of entries)
        for (const answer of this.answers.get(`${of}/${commandId}`) ?? []) {
          const said = answer.ok
            ? { ok: true, value: answer.value }
            : { ok: false, error: { ...answer.error } };
          expect(said).toMatchObject({ ...reply });
        }
    }
    for (const [key, { entityId: to, id }] of this.asked) {
      const written = this.journal
        .entriesOf({ kind: "counter", entityId: to })
        .filter(({ commandId }) => commandId === id);
      expect(written, key).toHaveLength(1);
    }
  }
}

it(`keeps every promise over ${RUNS} random histories`, async () => {
  const met = { fenced: 0, misreported: 0, replayed: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: MIN_STEPS, maxLength: MAX_STEPS }),
      async (steps) => {
        const world = new World();
        for (const one of steps) await world.take(one);
        await world.clock.settled();
        await world.recover();
        world.check();
        for (const of of ENTITIES) {
          const { total } = fold(
            world.journal
              .entriesOf({ kind: "counter", entityId: of })
              .flatMap(({ events }) => events),
          );
          const seen = world.copies[0].total(of);
          await world.clock.settled();
          // The first copy may be behind the second, and finds out when it writes.
          await world.answered(world.ask(world.copies[0], of, "probe", 0));
          expect(await world.copies[0].total(of)).toBe(total);
          expect(await seen).toBeDefined();
        }
        met.fenced += world.met.fenced;
        met.misreported += world.met.misreported;
        met.replayed += world.met.replayed;
      },
    ),
    { numRuns: RUNS },
  );
  // A run that never met what it is for proves nothing.
  expect(met.fenced).toBeGreaterThan(RUNS / 10);
  expect(met.misreported).toBeGreaterThan(RUNS / 10);
  expect(met.replayed).toBeGreaterThan(RUNS / 10);
}, 120_000);
