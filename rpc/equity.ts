/**
 * Equity: each player's share of the pot on average, when all cards are dealt. A question is answered exactly wherever
 * that is feasible, else by dealing at random until the standard error is small enough.
 *
 * A question that takes more than a moment is split into chunks. `Equity` is the entity that carries out chunks: it has no
 * state and no journal, for a chunk is a function of its question and its number. Its ids are spread over the processes
 * that offer compute; who asks may ask any id, and ask again elsewhere.
 */
import { HttpApiSchema } from "@effect/platform";
import { RpcGroup } from "@effect/rpc";
import { Schema } from "effect";
import { BoardText, DeadText, RangeText } from "./cards.ts";
import { contract, query } from "./contract.ts";

export const MIN_PLAYERS = 2;
export const MAX_PLAYERS = 9;

/** `auto`: exact where it is feasible. `exact` is refused where it is not. */
export const EquityMode = Schema.Literal("auto", "exact", "monte_carlo");
export type EquityMode = typeof EquityMode.Type;

/** The games whose cards to come are common. In Omaha players have known hands, of four cards or five, and no ranges. */
export const EquityGame = Schema.Literal("holdem", "omaha", "omaha_hilo", "omaha5", "omaha5_hilo");
export type EquityGame = typeof EquityGame.Type;

const MIN_STD_ERROR = 0.00005;
const MAX_STD_ERROR = 0.05;
export const DEFAULT_STD_ERROR = 0.001;
/** Of Monte Carlo: some minutes of one core. */
const MAX_SAMPLES = 1_000_000_000;

export const EquityQuestion = Schema.Struct({
  /** Left out: hold'em. Omaha is exact whatever the mode, for it always can be. */
  game: Schema.optionalWith(EquityGame, { exact: true }),
  players: Schema.Array(RangeText).pipe(Schema.minItems(MIN_PLAYERS), Schema.maxItems(MAX_PLAYERS)),
  board: BoardText,
  dead: DeadText,
  mode: EquityMode,
  /** Monte Carlo ends when every player's standard error is at most this. */
  targetStdError: Schema.Number.pipe(Schema.between(MIN_STD_ERROR, MAX_STD_ERROR)),
  maxSamples: Schema.Int.pipe(Schema.between(1, MAX_SAMPLES)),
  /** The same seed gives the same answer, on however many workers. */
  seed: Schema.Int.pipe(Schema.between(0, 0xffff_ffff)),
});
export type EquityQuestion = typeof EquityQuestion.Type;

/**
 * Shares are 0 to 1. `win` is alone, `tie` with others; `equity` counts a tie by the part of the pot. Where a pot is halved
 * between high and low, each half counts as half a pot.
 */
export const PlayerEquity = Schema.Struct({
  equity: Schema.Number,
  win: Schema.Number,
  tie: Schema.Number,
  lose: Schema.Number,
  /** Of `equity`; 0 when exact. */
  stdError: Schema.Number,
  /** 95 % interval of `equity`. While an exact answer is computed, 0 to 1: its parts are no sample of the whole. */
  low: Schema.Number,
  high: Schema.Number,
});
export type PlayerEquity = typeof PlayerEquity.Type;

export const EquityAnswer = Schema.Struct({
  method: Schema.Literal("exact", "monte_carlo"),
  players: Schema.Array(PlayerEquity),
  /** Deals looked at: all that there are when exact (weights counted as 1), else the sampled ones. */
  samples: Schema.Number,
  /** Monte Carlo came to the target before `maxSamples`; always true when exact. */
  converged: Schema.Boolean,
});
export type EquityAnswer = typeof EquityAnswer.Type;

/** How far a question has come: the answer by what is known so far. `done` and `of` count chunks; `of` is a bound for Monte Carlo. */
export const EquityProgress = Schema.Struct({
  ...EquityAnswer.fields,
  done: Schema.Int,
  of: Schema.Int,
});
export type EquityProgress = typeof EquityProgress.Type;

/** `where` names the field: `players.1`, `board`, `dead`. */
export class InvalidCards extends Schema.TaggedError<InvalidCards>()(
  "InvalidCards",
  { where: Schema.String, reason: Schema.String },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return `${this.where}: ${this.reason}`;
  }
}

/** No deal satisfies the question: ranges, board and dead cards leave some player nothing. */
export class NoCombination extends Schema.TaggedError<NoCombination>()(
  "NoCombination",
  { reason: Schema.String },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return `No deal is possible: ${this.reason}`;
  }
}

export class NotExact extends Schema.TaggedError<NotExact>()(
  "NotExact",
  { reason: Schema.String },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return `This cannot be computed exactly (${this.reason}). Use the mode "auto" or "monte_carlo".`;
  }
}

export const EquityRefused = Schema.Union(InvalidCards, NoCombination, NotExact);
export type EquityRefused = typeof EquityRefused.Type;

/** What a chunk found, to be added up: numbers in an order that only the method knows. */
export const ChunkTally = Schema.Struct({
  samples: Schema.Number,
  /** Doubles; sums of a whole question stay exact where the method says so. */
  sums: Schema.Array(Schema.Number),
  /** Where deals have weights: the same with the weights' squares, from which the standard error follows. */
  squares: Schema.optionalWith(Schema.Array(Schema.Number), { exact: true }),
});
export type ChunkTally = typeof ChunkTally.Type;

export class EquityRpcs extends RpcGroup.make(
  /**
   * Carries out chunk `chunk` of the question. Refused with `Unavailable` while the process's queue is full.
   *
   * The number of a chunk has the meaning that the plan of its question gives it. A release that splits questions otherwise
   * gives this message another name, so that two releases side by side never add up parts of different wholes.
   */
  query("CarryOut", {
    payload: { question: EquityQuestion, chunk: Schema.Int.pipe(Schema.nonNegative()) },
    success: ChunkTally,
    error: EquityRefused,
  }),
  /** Nobody waits any more for what this entity was asked. What has not begun is dropped; it is answered at once. */
  query("GiveUp", { payload: {}, success: Schema.Struct({ dropped: Schema.Int }) }),
) {}

export const Equity = contract("equity", EquityRpcs);
