/**
 * The poker half against the real server, over connections that break: every reader has every hand once and in order, every
 * question has its one answer, and an import counts each hand once though answers to it are lost.
 */
import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCroupier } from "../../../sdk/src/index.ts";
import type { Croupier, Fetch } from "../../../sdk/src/index.ts";
import { openNodeSocket } from "../../../sdk/src/node.ts";
import { createPoker } from "../../../sdk/src/poker.ts";
import type { EquityOutcome, EquityQuestion, ImportProgress } from "../../../sdk/src/poker.ts";
import { generateHands } from "../../../src/hands/generator/HandGenerator.ts";
import { type FreshDatabase, freshDatabase } from "../../support/postgres.ts";
import { type Server, startServer } from "../../support/server.ts";
import { Chance } from "../support/Chance.ts";
import { type Fault, FaultyProxy } from "../support/FaultyProxy.ts";
import { MemoryStorage } from "../support/MemoryStorage.ts";
import { until } from "../support/until.ts";
import { PATIENCE_MS } from "../../support/patience.ts";

const SEED = Number(process.env["SEED"] ?? 20_250_202);
const FAULTS_IN_ALL = 40;
const PLAYERS = 3;
/** Turns of the test's loop, of which each brings hands. */
const RELOAD_EVERY = 8;
const WEIGHTED: readonly Fault[] = [
  "cut",
  "cut",
  "cut",
  "tear",
  "tear",
  "slow",
  "stall",
  "overtake",
];
/** A stalled connection is noticed soon, or the test would wait for it. */
const TIMING = {
  answerTimeoutMs: 300,
  probeMs: 300,
  silenceMs: 2_000,
  backoffBaseMs: 20,
  backoffCapMs: 100,
};

let database: FreshDatabase;
let folder: string;
let server: Server;
const chance = new Chance(SEED);
const opened: Croupier[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), "croupier-sdk-poker-"));
  server = await startServer({
    env: { DATABASE_URL: database.url, DATA_DIR: folder, DEMO: "0" },
  });
});
afterAll(async () => {
  for (const client of opened) client.close();
  await server.stop();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const open = (
  url: string,
  more: { readonly storage?: MemoryStorage; readonly fetch?: Fetch } = {},
): Croupier => {
  const client = createCroupier({ url, openSocket: openNodeSocket, timing: TIMING, ...more });
  opened.push(client);
  return client;
};
let players = 0;
const registered = async (client: Croupier): Promise<Croupier> => {
  const username = `player${(players += 1)}`;
  const answer = await client.register({ username, password: "a long password" });
  expect(answer).toMatchObject({ ok: true });
  return client;
};
const historyOf = (seed: number, count: number): string =>
  [...generateHands(seed, count)].map(({ text }) => text).join("");

/** Reads all hands through one client after the other, each going on where the one before was reloaded. */
class Reader {
  readonly seen: number[] = [];
  lives = 0;
  readonly #open: () => Croupier;
  #client: Croupier;
  #onSeen = (): void => undefined;

  constructor(openClient: () => Croupier) {
    this.#open = openClient;
    this.#client = this.#live();
  }

  reload(): void {
    this.#client.close();
    this.#client = this.#live();
  }

  sees(seq: number): Promise<void> {
    return until(
      `a reader comes to hand ${seq}, it is at ${this.seen.at(-1)}`,
      (check) => {
        this.#onSeen = check;
        return [];
      },
      () => this.seen.at(-1) === seq,
      PATIENCE_MS,
    );
  }

  #live(): Croupier {
    this.lives += 1;
    const client = this.#open();
    const read = async (): Promise<void> => {
      const hands = createPoker(client).followHands({ afterSeq: this.seen.at(-1) ?? 0 });
      for await (const { seq } of hands) {
        if (client !== this.#client) return;
        this.seen.push(seq);
        this.#onSeen();
      }
    };
    // After the constructor or `reload` has it as its own.
    queueMicrotask(() => void read());
    return client;
  }
}

describe("over broken connections", () => {
  const QUESTIONS: readonly EquityQuestion[] = [
    { players: ["AhKd", "QsQc"] },
    { players: ["QQ+,AKs", "random"], board: "2h7d8c" },
    { players: ["AA", "KK,QQ", "random", "random"], targetStdError: 0.001, seed: 3 },
    { players: ["random", "random", "random"], mode: "monte_carlo", targetStdError: 0.0005 },
  ];

  test("readers, questions and imports", { timeout: 300_000 }, async () => {
    const proxy = await FaultyProxy.to(server.url, chance);
    /** Loses the answer to an import, or the import, as a network may. */
    let lost = 0;
    const lossy: Fetch = async (url, init) => {
      const fault = url.endsWith("/import") ? chance.next() : 1;
      if (fault < 0.15) {
        lost += 1;
        throw new TypeError("fetch failed");
      }
      const response = await fetch(url, init);
      if (fault >= 0.3) return response;
      lost += 1;
      throw new TypeError("terminated");
    };
    const importer = createPoker(await registered(open(server.url, { fetch: lossy })));
    const readers: Reader[] = [];
    const askers: Croupier[] = [];
    for (let n = 0; n < PLAYERS; n += 1) {
      const storage = new MemoryStorage();
      askers.push(await registered(open(proxy.url, { storage })));
      readers.push(new Reader(() => open(proxy.url, { storage })));
    }
    // Two that have no session.
    for (let n = 0; n < 2; n += 1) readers.push(new Reader(() => open(proxy.url)));

    const asked: { readonly question: EquityQuestion; readonly told: EquityOutcome[] }[] = [];
    const asking: Promise<unknown>[] = [];
    let progress = 0;
    const ask = (client: Croupier | undefined): void => {
      const question = chance.pick(QUESTIONS);
      if (client === undefined || question === undefined) return;
      const entry = { question, told: [] as EquityOutcome[] };
      asked.push(entry);
      const outcome = createPoker(client).calculateEquity(question, {
        onProgress: () => (progress += 1),
      });
      asking.push(outcome.then((given) => entry.told.push(given)));
    };

    let importing = Promise.resolve();
    let stored = 0;
    let imports = 0;
    const importMore = (): void => {
      const count = chance.next() < 0.3 ? chance.between(60, 260) : chance.between(1, 8);
      const text = historyOf(1_000 + (imports += 1), count);
      stored += count;
      importing = importing.then(async () => {
        const outcome = await importer.importHands(text);
        expect(outcome).toMatchObject({ ok: true, imported: { failed_count: 0 } });
        const { duplicates, imported } = outcome.imported;
        expect(imported + duplicates).toBe(count);
      });
    };

    for (let faults = 0, turn = 1; faults < FAULTS_IN_ALL; turn += 1) {
      importMore();
      if (turn % 2 === 0) ask(chance.pick(askers));
      if (turn % RELOAD_EVERY === 0) chance.pick(readers)?.reload();
      await proxy.passed(chance.between(1, 3));
      await importing;
      if (proxy.harm(chance.pick(WEIGHTED) ?? "cut")) faults += 1;
    }
    proxy.heal();
    await importing;

    for (const reader of readers) {
      await reader.sees(stored);
      expect(reader.seen).toEqual(Array.from({ length: stored }, (_, index) => index + 1));
    }
    await Promise.all(asking);
    const answers = new Map<EquityQuestion, unknown>();
    const clean = createPoker(open(server.url));
    for (const { question, told } of asked) {
      if (!answers.has(question)) answers.set(question, await sharesOf(clean, question));
      expect(told).toHaveLength(1);
      const [outcome] = told;
      expect(outcome?.ok === true ? shares(outcome) : outcome).toEqual(answers.get(question));
    }
    const lives = readers.reduce((sum, reader) => sum + reader.lives, 0);
    console.log(
      JSON.stringify({
        seed: SEED,
        ...proxy.counts,
        stored,
        imports,
        lost,
        asked: asked.length,
        progress,
        lives,
      }),
    );
    expect(lost).toBeGreaterThan(2);
    expect(asked.length).toBeGreaterThan(5);
    expect(lives).toBeGreaterThan(readers.length);
    await proxy.close();
  });

  const shares = (outcome: EquityOutcome & { readonly ok: true }) => {
    const { elapsed_ms: _, ...answer } = outcome.answer;
    return answer;
  };
  const sharesOf = async (poker: ReturnType<typeof createPoker>, question: EquityQuestion) => {
    const outcome = await poker.calculateEquity(question);
    return outcome.ok ? shares(outcome) : outcome;
  };
});

describe("what the server says", () => {
  test("refusals are typed, whichever way was taken", async () => {
    const client = await registered(open(server.url));
    const poker = createPoker(client);
    for (const via of [{}, { via: "rest" } as const]) {
      expect(await poker.calculateEquity({ players: ["AhKd", "Zz"] }, via)).toMatchObject({
        ok: false,
        refusal: { code: "invalid_cards", fields: { where: "players.1" } },
      });
      const none = { players: ["KK", "KK", "KK"] };
      expect(await poker.calculateEquity(none, via)).toMatchObject({
        ok: false,
        refusal: { code: "no_combination" },
      });
      expect(await poker.calculateEquity({ players: ["AhKd"] }, via)).toMatchObject({
        ok: false,
        refusal: { code: "validation_failed" },
      });
    }
    client.close();
  });

  test("questions that are longer than a frame may be are answered, and cost nobody the connection", async () => {
    const client = await registered(open(server.url));
    await until(
      "the client is online",
      (check) => [client.connection.subscribe(check)],
      () => client.connection.get().kind === "online",
      PATIENCE_MS,
    );
    const states: string[] = [];
    client.connection.subscribe(() => states.push(client.connection.get().kind));
    const poker = createPoker(client);
    const range = Array.from({ length: 1_900 }, () => "AhKd@50").join();
    const players = [range, range.replaceAll("AhKd", "QsQd")];
    expect(await poker.calculateEquity({ players })).toMatchObject({ ok: true });
    // More than any body may have.
    expect(await poker.calculateEquity({ players: Array(9).fill(range) })).toMatchObject({
      ok: false,
      refusal: { code: "payload_too_large" },
    });
    expect(states).toEqual([]);
    client.close();
  });

  test("a calculation of minutes tells progress, and cancelled makes room at once", async () => {
    const client = await registered(open(server.url));
    const poker = createPoker(client);
    const long: EquityQuestion = {
      players: Array(6).fill("random"),
      mode: "monte_carlo",
      targetStdError: 0.00005,
      maxSamples: 1_000_000_000,
    };
    const stop = new AbortController();
    let told = 0;
    let onTold = (): void => undefined;
    const outcomes = [0, 1, 2, 3].map((seed) =>
      poker.calculateEquity(
        { ...long, seed },
        {
          signal: stop.signal,
          onProgress: () => {
            told += 1;
            onTold();
          },
        },
      ),
    );
    await until(
      "there is progress",
      (check) => {
        onTold = check;
        return [];
      },
      () => told > 3,
      PATIENCE_MS,
    );
    const light = poker.calculateEquity({ players: ["AhKd", "QsQc"] });
    stop.abort();
    for (const outcome of await Promise.all(outcomes))
      expect(outcome).toMatchObject({ ok: false, refusal: { code: "cancelled" } });
    expect(await light).toMatchObject({ ok: true, answer: { method: "exact" } });
    client.close();
  });
});

describe("a file", () => {
  const HANDS = 1_600;
  test(
    "of several parts is streamed from the disk, and read back in all ways",
    { timeout: 120_000 },
    async () => {
      const client = await registered(open(server.url));
      const poker = createPoker(client);
      const hands = [...generateHands(77, HANDS)];
      // One in five hundred has a pot that its actions do not make.
      const texts = hands.map(({ text }, n) =>
        n % 500 === 499 ? text.replace(/Total pot /, "Total pot 9") : text,
      );
      const broken = texts.flatMap((text, n) => (text === hands[n]?.text ? [] : [n]));
      const file = join(folder, "history.txt");
      await writeFile(file, texts.join(""));
      const progress: ImportProgress[] = [];
      const outcome = await poker.importHands(createReadStream(file), {
        onProgress: (told) => progress.push(told),
      });
      expect(outcome).toMatchObject({
        ok: true,
        imported: { imported: HANDS - broken.length, failed_count: broken.length },
      });
      expect(progress.length).toBeGreaterThan(1);
      // Each is named with its line in the whole file.
      for (const [index, n] of broken.entries()) {
        const before = texts.slice(0, n).join("").split("\n").length;
        const line = outcome.imported.failed[index]?.line ?? 0;
        expect(line).toBeGreaterThanOrEqual(before);
        expect(line).toBeLessThan(before + (texts[n] ?? "").split("\n").length);
        expect(outcome.imported.failed[index]?.hand_id).toBe(hands[n]?.hand.handId);
      }
      const again = await poker.importHands(new Blob([texts.join("")]));
      expect(again).toMatchObject({ ok: true, imported: { imported: 0 } });

      const [first] = hands;
      const handId = first?.hand.handId ?? "";
      const player = first?.hand.results[0]?.player ?? "";
      const kept = hands.filter((_, n) => !broken.includes(n));
      const played = kept.filter(({ hand }) => hand.results.some((one) => one.player === player));
      const seen: string[] = [];
      for await (const one of poker.allHands({ player, limit: 200 })) seen.push(one.hand_id);
      expect(new Set(seen).size).toBe(seen.length);
      for (const { hand } of played) expect(seen).toContain(hand.handId);
      expect(await poker.hand(handId)).toMatchObject({ ok: true, body: { hand_id: handId } });
      expect(await poker.hand("winamax:none")).toMatchObject({
        ok: false,
        problem: { status: 404 },
      });
      expect(await poker.stats(player)).toMatchObject({ ok: true, body: { player } });
      expect(await poker.players({ search: player })).toMatchObject({ ok: true });
      expect(await poker.sessions(player)).toMatchObject({ ok: true });
      expect(await poker.tournaments(player)).toMatchObject({ ok: true });
      client.close();
    },
  );
});
