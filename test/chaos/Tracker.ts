/**
 * A poker player among the others: a client writes hands into a folder that every process watches, a part of a hand at a time;
 * others are imported, again and again until that is answered, together with hands that are known already; and questions of
 * equity are asked throughout. In the end each hand is stored, announced and counted once, and every exact answer was the same.
 */
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { handId, handText } from "../hands/Scribe.ts";
import type { ChaosCluster } from "./ChaosCluster.ts";
import type { Find } from "./Finding.ts";
import type { Body } from "./History.ts";
import type { Random } from "./Random.ts";

const FILE = "20240501_Nice 01_real_holdem_no-limit.txt";
/** Of the hands that are written, and of those that are imported. */
const WRITTEN = 1;
const IMPORTED = 2;
const PLAYER = "ada";

const EVERY_MS = { least: 150, most: 600 };
const ANSWER_MS = 3000;
const AGAIN_MS = 100;

/** Exact, and a moment's work each. */
const QUESTIONS = [
  { hero: "AhKd", villain: "QsQc", board: "2h7d9c" },
  { hero: "QQ+", villain: "AKs", board: "2h7d9cJs" },
  { hero: "AsAh", villain: "KdKc" },
];
/** How a question may be refused. */
const REFUSALS = new Set(["unavailable", "rate_limited"]);

export interface TrackerOptions {
  readonly folder: string;
  readonly urls: ReadonlyArray<string>;
  readonly token: string;
  readonly random: Random;
}

export class Tracker {
  readonly #options: TrackerOptions;
  readonly #answers = new Map<number, string>();
  readonly #wrong: Array<string> = [];
  #exact = 0;
  #written = 0;
  #imported = 0;
  #isOver = false;
  #playing: Promise<unknown> = Promise.resolve();

  constructor(options: TrackerOptions) {
    this.#options = options;
  }

  static folder(): string {
    return mkdtempSync(join(tmpdir(), "croupier-chaos-hands-"));
  }

  play(): void {
    this.#playing = Promise.all([
      this.#repeat(() => this.#write()),
      this.#repeat(() => this.#import()),
      this.#repeat(() => this.#calculate()),
    ]);
    // Looked at by `finish`.
    this.#playing.catch(() => undefined);
  }

  async finish(): Promise<void> {
    this.#isOver = true;
    await this.#playing;
  }

  close(): void {
    this.#isOver = true;
    rmSync(this.#options.folder, { recursive: true, force: true });
  }

  /** What has happened in a run, by name. */
  get counts(): ReadonlyMap<string, number> {
    return new Map([
      ["handsPlayed", this.#hands.length],
      ["equitiesTold", this.#exact],
    ]);
  }

  /** What is not stored, announced and counted yet. */
  async unfinished(cluster: ChaosCluster): Promise<ReadonlyArray<string>> {
    const { announced, counted, stored } = await this.#tally(cluster);
    const hands = this.#hands.length;
    return Math.min(announced, counted, stored.length) >= hands
      ? []
      : [
          `of ${hands} hands ${stored.length} are stored, ${announced} announced, ${counted} counted`,
        ];
  }

  async check(cluster: ChaosCluster, find: Find): Promise<void> {
    for (const sentence of this.#wrong)
      find({ promise: "an equity is exact or refused", subject: "equity", sentence });
    const { announced, counted, stored } = await this.#tally(cluster);
    const bad = (sentence: string) =>
      find({ promise: "a hand counts once", subject: "hands", sentence });
    const hands = this.#hands;
    const known = new Set(stored);
    for (const hand of hands) if (!known.delete(hand)) bad(`${hand} is not stored`);
    for (const hand of known) bad(`${hand} is stored, and nobody has played it`);
    if (stored.length !== new Set(stored).size) bad("a hand is stored twice");
    if (announced !== hands.length) bad(`${announced} of ${hands.length} hands were announced`);
    if (counted !== hands.length)
      bad(`${counted} of ${hands.length} hands are counted for ${PLAYER}`);
  }

  get #hands(): ReadonlyArray<string> {
    const ids = (table: number, count: number) =>
      Array.from({ length: count }, (_, n) => handId(n + 1, table));
    return [...ids(WRITTEN, this.#written), ...ids(IMPORTED, this.#imported)];
  }

  async #tally(cluster: ChaosCluster) {
    return cluster.withDatabase(async (client) => {
      const hands = await client.query<{ hand_id: string }>("SELECT hand_id FROM hand");
      const told = await client.query<{ hands: number }>(
        `SELECT COALESCE(sum((event ->> 'hands')::int), 0)::int AS hands
         FROM journal, jsonb_array_elements(events::jsonb) AS event WHERE kind = 'hand_feed'`,
      );
      const player = await this.#attempt("GET", `/api/v1/stats/player/${PLAYER}`);
      return {
        stored: hands.rows.map(({ hand_id: id }) => id),
        announced: told.rows[0]?.hands ?? 0,
        counted: Number(player?.body["hands"] ?? 0),
      };
    });
  }

  async #repeat(what: () => Promise<void>): Promise<void> {
    const { random } = this.#options;
    while (!this.#isOver) {
      await delay(random.int(EVERY_MS.least, EVERY_MS.most));
      await what();
    }
  }

  /** A hand, in two parts. */
  async #write(): Promise<void> {
    const { folder, random } = this.#options;
    const path = join(folder, FILE);
    const text = handText(this.#written + 1);
    const at = random.int(1, text.length - 1);
    appendFileSync(path, text.slice(0, at));
    await delay(random.int(0, EVERY_MS.least));
    appendFileSync(path, text.slice(at));
    this.#written++;
  }

  /** A new hand with two that are known, until somebody has taken it. */
  async #import(): Promise<void> {
    const { random } = this.#options;
    const fresh = this.#imported + 1;
    const known = [
      handText(random.int(1, fresh), { table: IMPORTED }),
      this.#written === 0 ? "" : handText(random.int(1, this.#written)),
    ];
    const text = [...known, handText(fresh, { table: IMPORTED })].join("");
    for (;;) {
      const answered = await this.#attempt("POST", "/api/v1/hands/import", text);
      if (answered !== undefined && answered.status < 500 && answered.status !== 429) break;
      await delay(AGAIN_MS);
    }
    this.#imported = fresh;
  }

  async #calculate(): Promise<void> {
    const which = this.#options.random.int(0, QUESTIONS.length - 1);
    const body = JSON.stringify({ ...QUESTIONS[which], mode: "exact" });
    const answered = await this.#attempt("POST", "/api/v1/equity/calculate", body);
    // Cut off: asked again some time.
    if (answered === undefined) return;
    const { elapsed_ms: _, ...told } = answered.body;
    if (answered.status === 200) {
      const text = JSON.stringify(told);
      this.#exact++;
      const before = this.#answers.get(which) ?? text;
      this.#answers.set(which, before);
      if (text !== before || told["method"] !== "exact")
        this.#wrong.push(`${body} was answered ${before}, and then ${text}`);
    } else if (!REFUSALS.has(String(told["code"])))
      this.#wrong.push(`${body} was refused with ${answered.status} ${JSON.stringify(told)}`);
  }

  /** Once, somewhere; undefined when there was no answer. */
  async #attempt(
    method: "GET" | "POST",
    path: string,
    body?: string,
  ): Promise<{ readonly status: number; readonly body: Body } | undefined> {
    const { random, token, urls } = this.#options;
    try {
      const answered = await fetch(random.pick(urls) + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": path.endsWith("import") ? "text/plain" : "application/json",
        },
        ...(body === undefined ? {} : { body }),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      return { status: answered.status, body: (await answered.json()) as Body };
    } catch {
      return undefined;
    }
  }
}
