/** Recorded hands and their import. Amounts in the minor unit of the hand's currency (`rpc/hand.ts`). */
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { Card } from "../cards.ts";
import { Unavailable } from "../failure.ts";
import { ActionKind, Position, StreetName } from "../hand.ts";
import { HandSummaryBody } from "../handBody.ts";
import { problem } from "./problem.ts";
import { PageLimit } from "./request.ts";

export const HandsBody = Schema.Struct({
  hands: Schema.Array(HandSummaryBody),
  /** All that there are (of the player, where one is named). */
  total: Schema.Int,
  /** Asks for what is older, whatever has come since; null at the end. */
  next_before: Schema.NullOr(Schema.String),
});
export type HandsBody = typeof HandsBody.Type;

export const HandBody = Schema.Struct({
  ...HandSummaryBody.fields,
  site: Schema.String,
  blinds: Schema.Struct({ ante: Schema.Int, small_blind: Schema.Int, big_blind: Schema.Int }),
  fast_fold: Schema.NullOr(Schema.Struct({ brand: Schema.String, pool: Schema.String })),
  tournament: Schema.NullOr(
    Schema.Struct({
      id: Schema.NullOr(Schema.String),
      name: Schema.String,
      /** Cents. */
      buy_in: Schema.Struct({
        prize: Schema.Int,
        bounty: Schema.Int,
        fee: Schema.Int,
        ticket: Schema.Boolean,
      }),
      level: Schema.NullOr(Schema.Int),
    }),
  ),
  max_seats: Schema.Int,
  button: Schema.NullOr(Schema.Int),
  house_money: Schema.Int,
  seats: Schema.Array(
    Schema.Struct({
      seat: Schema.Int,
      player: Schema.String,
      stack: Schema.Int,
      bounty: Schema.NullOr(Schema.Int),
      position: Schema.NullOr(Position),
      /** Shown, or the hero's; empty when nobody knows. */
      cards: Schema.Array(Card),
      /** Null: sat out. */
      net: Schema.NullOr(Schema.Int),
    }),
  ),
  streets: Schema.Array(
    Schema.Struct({
      name: StreetName,
      cards: Schema.Array(Card),
      dealt: Schema.Array(Schema.Struct({ player: Schema.String, cards: Schema.Array(Card) })),
      actions: Schema.Array(
        Schema.Struct({
          player: Schema.String,
          action: ActionKind,
          amount: Schema.Int,
          to: Schema.NullOr(Schema.Int),
          all_in: Schema.Boolean,
          discarded: Schema.NullOr(Schema.Int),
        }),
      ),
      /** In the middle when the street is over. */
      pot: Schema.Int,
    }),
  ),
  showdown: Schema.Array(
    Schema.Struct({
      player: Schema.String,
      cards: Schema.Array(Card),
      high: Schema.NullOr(Schema.String),
      low: Schema.NullOr(Schema.String),
    }),
  ),
  collected: Schema.Array(
    Schema.Struct({ player: Schema.String, amount: Schema.Int, pot: Schema.String }),
  ),
  results: Schema.Array(
    Schema.Struct({
      player: Schema.String,
      put: Schema.Int,
      won: Schema.Int,
      net: Schema.Int,
    }),
  ),
});
export type HandBody = typeof HandBody.Type;

/** `line` counts from 1 in what was sent. */
export const RefusedHandBody = Schema.Struct({
  line: Schema.Int,
  hand_id: Schema.NullOr(Schema.String),
  reason: Schema.String,
});

export const ImportedBody = Schema.Struct({
  imported: Schema.Int,
  /** Known already: each hand counts once. */
  duplicates: Schema.Int,
  /** Tournament summaries that were stored. */
  summaries: Schema.Int,
  /** The first of those that could not be read. */
  failed: Schema.Array(RefusedHandBody),
  failed_count: Schema.Int,
});
export type ImportedBody = typeof ImportedBody.Type;

export class HandNotFound extends Schema.TaggedError<HandNotFound>()(
  "HandNotFound",
  { handId: Schema.String },
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return "There is no such hand.";
  }
}

/** Names are as the site writes them. */
export const PlayerName = Schema.String.pipe(Schema.minLength(1), Schema.maxLength(80));
const Before = Schema.optional(Schema.String.pipe(Schema.pattern(/^\d{1,15}$/)));
const MAX_OFFSET = 10_000;

export class HandApi extends HttpApiGroup.make("hands")
  .add(
    HttpApiEndpoint.get("recent", "/api/v1/hands/recent")
      .setUrlParams(
        Schema.Struct({
          limit: PageLimit(50),
          /** For a few pages; `before` goes as far as one likes. */
          offset: Schema.optionalWith(
            Schema.NumberFromString.pipe(Schema.int(), Schema.between(0, MAX_OFFSET)),
            { default: () => 0 },
          ),
          before: Before,
          player: Schema.optional(PlayerName),
        }),
      )
      .addSuccess(HandsBody)
      .addError(problem(Unavailable))
      .annotate(OpenApi.Description, "The newest hands first, in the order in which they came."),
  )
  .add(
    HttpApiEndpoint.get("hand", "/api/v1/hands/:hand_id")
      .setPath(Schema.Struct({ hand_id: Schema.String.pipe(Schema.maxLength(128)) }))
      .addSuccess(HandBody)
      .addError(problem(HandNotFound))
      .addError(problem(Unavailable)),
  ) {}
