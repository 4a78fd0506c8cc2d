/** Equity by REST. Shares are 0 to 1; cards and ranges as in `rpc/cards.ts`. Blanks between cards are allowed. */
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { BoardText, DeadText, RangeText } from "../cards.ts";
import {
  DEFAULT_STD_ERROR,
  EquityGame,
  EquityMode,
  EquityQuestion,
  InvalidCards,
  MAX_PLAYERS,
  MIN_PLAYERS,
  NoCombination,
  NotExact,
} from "../equity.ts";
import { Unavailable } from "../failure.ts";
import { Computed, PlayerEquityBody } from "../frames.ts";
import { problem } from "./problem.ts";

const { maxSamples, seed, targetStdError } = EquityQuestion.fields;
/** What an interactive caller waits for. */
const DEFAULT_MAX_SAMPLES = 20_000_000;

/** Whatever is asked about, this may be said. */
const How = {
  game: Schema.optionalWith(EquityGame, { default: () => "holdem" as const }),
  board: Schema.optionalWith(BoardText, { default: () => "" }),
  dead: Schema.optionalWith(DeadText, { default: () => "" }),
  mode: Schema.optionalWith(EquityMode, { default: () => "auto" as const }),
  target_std_error: Schema.optionalWith(targetStdError, { default: () => DEFAULT_STD_ERROR }),
  max_samples: Schema.optionalWith(maxSamples, { default: () => DEFAULT_MAX_SAMPLES }),
  seed: Schema.optionalWith(seed, { default: () => 1 }),
};

export const CalculateBody = Schema.Struct({ hero: RangeText, villain: RangeText, ...How });
export type CalculateBody = typeof CalculateBody.Type;

export const MultiwayBody = Schema.Struct({
  players: Schema.Array(RangeText).pipe(Schema.minItems(MIN_PLAYERS), Schema.maxItems(MAX_PLAYERS)),
  ...How,
});
export type MultiwayBody = typeof MultiwayBody.Type;

/** As the hero sees it. `low` and `high`: 95 % interval of `equity`. */
export const CalculatedBody = Schema.Struct({
  equity: Schema.Number,
  win: Schema.Number,
  tie: Schema.Number,
  lose: Schema.Number,
  std_error: Schema.Number,
  low: Schema.Number,
  high: Schema.Number,
  ...Computed,
});
export type CalculatedBody = typeof CalculatedBody.Type;

export const MultiwayAnswerBody = Schema.Struct({
  players: Schema.Array(PlayerEquityBody),
  ...Computed,
});
export type MultiwayAnswerBody = typeof MultiwayAnswerBody.Type;

const MAX_CARDS_TEXT = 40;
export const EvaluateBody = Schema.Struct({
  game: Schema.optionalWith(EquityGame, { default: () => "holdem" as const }),
  /** Hold'em: 2 with a board, or 5 to 7 in all. Omaha: 4 or 5, with a board of at least 3. */
  cards: Schema.String.pipe(Schema.maxLength(MAX_CARDS_TEXT)),
  board: Schema.optionalWith(BoardText, { default: () => "" }),
});
export type EvaluateBody = typeof EvaluateBody.Type;

export const HandCategory = Schema.Literal(
  "high_card",
  "one_pair",
  "two_pairs",
  "three_of_a_kind",
  "straight",
  "flush",
  "full_house",
  "four_of_a_kind",
  "straight_flush",
);
export type HandCategory = typeof HandCategory.Type;

export const EvaluatedBody = Schema.Struct({
  category: HandCategory,
  /** 1 to 7,462; higher is better. */
  rank: Schema.Int,
  /** The five cards that count, the most telling first. */
  best: Schema.Array(Schema.String),
  /** `Two pairs : Aces and 7` */
  words: Schema.String,
  /** Of hi/lo games: the low hand, null where none qualifies. */
  low: Schema.NullOr(Schema.Struct({ best: Schema.Array(Schema.String), words: Schema.String })),
});
export type EvaluatedBody = typeof EvaluatedBody.Type;

/** Over `/ws` alone: who asks by REST cancels by going away. */
export class Cancelled extends Schema.TaggedError<Cancelled>()(
  "Cancelled",
  {},
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return "The calculation was cancelled, as was asked.";
  }
}

export class EquityApi extends HttpApiGroup.make("equity")
  .add(
    HttpApiEndpoint.post("calculate", "/api/v1/equity/calculate")
      .setPayload(CalculateBody)
      .addSuccess(CalculatedBody)
      .addError(problem(InvalidCards))
      .addError(problem(NoCombination))
      .addError(problem(NotExact))
      .addError(problem(Unavailable))
      .annotate(
        OpenApi.Description,
        "Hold'em: two players, each with cards or a range, exact wherever that is feasible. Omaha of four or five cards, high or hi/lo: known hands, always exact. 503 while the compute queue is full.",
      ),
  )
  .add(
    HttpApiEndpoint.post("multiway", "/api/v1/equity/calculate/multiway")
      .setPayload(MultiwayBody)
      .addSuccess(MultiwayAnswerBody)
      .addError(problem(InvalidCards))
      .addError(problem(NoCombination))
      .addError(problem(NotExact))
      .addError(problem(Unavailable))
      .annotate(
        OpenApi.Description,
        "The same for two to nine players. Monte Carlo ends at the target error; the same seed gives the same answer.",
      ),
  )
  .add(
    HttpApiEndpoint.post("evaluate", "/api/v1/equity/evaluate")
      .setPayload(EvaluateBody)
      .addSuccess(EvaluatedBody)
      .addError(problem(InvalidCards))
      .annotate(OpenApi.Description, "The best five cards, their category, rank and words."),
  ) {}
