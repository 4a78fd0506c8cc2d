/**
 * The poker desks in memory, for tests of the gateway alone. What is asked is kept; equity is answered when the test says so,
 * and an import counts lines.
 */
import {
  type EquityAnswer,
  type EquityProgress,
  type EquityQuestion,
  type EquityRefused,
  InvalidCards,
} from "../../../rpc/equity.ts";
import type { Unavailable } from "../../../rpc/failure.ts";
import { HandNotFound, type ImportedBody, PlayerAmbiguous } from "../../../rpc/http/hand.ts";
import { RecordedPlayerNotFound } from "../../../rpc/http/handStats.ts";
import { QueryFailed } from "../../../rpc/http/query.ts";
import type { Outcome } from "../../../src/actor/Ask.ts";
import type { PokerDesks } from "../../../src/gateway/PokerDesks.ts";

type Answered = Outcome<EquityAnswer, EquityRefused | Unavailable> | undefined;

const player = (equity: number) => ({
  equity,
  win: equity,
  tie: 0,
  lose: 1 - equity,
  stdError: 0,
  low: equity,
  high: equity,
});

/** The first player has four fifths, the others share the rest. */
export const answerOf = ({ players }: EquityQuestion): EquityAnswer => ({
  method: "exact",
  players: players.map((_, index) => player(index === 0 ? 0.8 : 0.2 / (players.length - 1))),
  samples: 1_712_304,
  converged: true,
});

export interface AskedEquity {
  readonly question: EquityQuestion;
  readonly signal: AbortSignal | undefined;
  readonly progress: (progress: EquityProgress) => void;
  readonly answer: (outcome: Outcome<EquityAnswer, EquityRefused | Unavailable>) => void;
}

export class FakePoker {
  /** Equity questions wait here while this is true; else they are answered at once. */
  isSlow = false;
  readonly asked: Array<AskedEquity> = [];
  /** Called with each question that has to wait. */
  onAsked: (asked: AskedEquity) => void = () => undefined;
  readonly imports: Array<{ readonly source: string; bytes: number; isOver: boolean }> = [];
  /** An import takes the next piece when this resolves. */
  beforePiece: () => Promise<void> = () => Promise.resolve();
  onImported: () => void = () => undefined;
  readonly filters: Array<unknown> = [];
  readonly queries: Array<string> = [];

  readonly desks: PokerDesks = {
    equity: {
      workers: 1,
      ask: (question, options) => this.#ask(question, options),
      evaluate: ({ cards }) =>
        cards === "AsAs"
          ? no(new InvalidCards({ where: "cards", reason: "As twice" }))
          : ok({
              category: "one_pair",
              rank: 6000,
              best: ["As", "Ah", "Kd", "7c", "2h"],
              words: "One pair : Aces",
              low: null,
            }),
    },
    hands: {
      watchedFolders: 2,
      recent: async (page) => {
        this.filters.push(page);
        return ok({ hands: [], total: 0, next_before: null });
      },
      kinds: async () => ({ kinds: [], complete: true }),
      hand: async (handId) => no(new HandNotFound({ handId })),
      import: (source, bytes) => this.#import(source, bytes),
    },
    stats: {
      player: async (player, filter, days) => {
        this.filters.push({ ...player, filter, days });
        return player.site === "elsewhere"
          ? no(new PlayerAmbiguous({ player: player.name, sites: ["elsewhere", "winamax"] }))
          : no(new RecordedPlayerNotFound({ player: player.name }));
      },
      players: async (search, page) => {
        this.filters.push({ search, ...page });
        return { players: [], next_before: null };
      },
      sessions: async () => ok({ sessions: [], next_before: null }),
      tournaments: async () => ok({ tournaments: [], next_before: null }),
    },
    query: {
      datasets: async () => ({ datasets: [] }),
      query: async (sql) => {
        this.queries.push(sql);
        return sql.startsWith("SELECT")
          ? ok({
              columns: [{ name: "n", type: "INTEGER" }],
              rows: [[1]],
              truncated: false,
              elapsed_ms: 1,
            })
          : no(new QueryFailed({ reason: "Only one SELECT can be asked." }));
      },
    },
  };

  #ask(
    question: EquityQuestion,
    options: Parameters<PokerDesks["equity"]["ask"]>[1],
  ): Promise<Answered> {
    if (!this.isSlow) return Promise.resolve(ok(answerOf(question)));
    return new Promise((resolve) => {
      options?.signal?.addEventListener("abort", () => resolve(undefined));
      const asked: AskedEquity = {
        question,
        signal: options?.signal,
        progress: (progress) => options?.onProgress?.(progress),
        answer: resolve,
      };
      this.asked.push(asked);
      this.onAsked(asked);
    });
  }

  async #import(source: string, bytes: AsyncIterable<Uint8Array>): Promise<ImportedBody> {
    const seen = { source, bytes: 0, isOver: false };
    this.imports.push(seen);
    let lines = 0;
    for await (const piece of bytes) {
      await this.beforePiece();
      seen.bytes += piece.byteLength;
      for (const byte of piece) if (byte === 10) lines += 1;
    }
    seen.isOver = true;
    this.onImported();
    return { imported: lines, duplicates: 0, summaries: 0, failed: [], failed_count: 0 };
  }
}

const ok = <A>(value: A): Outcome<A, never> => ({ ok: true, value, replayed: false });
const no = <E>(error: E): Outcome<never, E> => ({ ok: false, error, replayed: false });
