/** What a tournament's `_summary.txt` says: how it was played and what became of one player in it. Money in cents. */
import { Schema } from "effect";

export const TournamentLevel = Schema.Struct({
  /** Chips. */
  smallBlind: Schema.Int,
  bigBlind: Schema.Int,
  ante: Schema.Int,
  seconds: Schema.Int,
  /** As the site writes it: `holdem-no-limit`. */
  game: Schema.String,
});
export type TournamentLevel = typeof TournamentLevel.Type;

export const TournamentSummary = Schema.Struct({
  site: Schema.Literal("winamax"),
  /** The site's number: the `tournament.id` of its hands. */
  tournamentId: Schema.String,
  name: Schema.String,
  /** Entered after it had begun. */
  lateRegistration: Schema.Boolean,
  player: Schema.String,
  /** As in its hands. */
  buyIn: Schema.Struct({
    prize: Schema.Int,
    bounty: Schema.Int,
    fee: Schema.Int,
    ticket: Schema.Boolean,
  }),
  /** What one more costs, and how many this player bought. */
  rebuys: Schema.Struct({ cost: Schema.NullOr(Schema.Int), mine: Schema.Int, total: Schema.Int }),
  addons: Schema.Struct({ cost: Schema.NullOr(Schema.Int), mine: Schema.Int, total: Schema.Int }),
  registeredPlayers: Schema.NullOr(Schema.Int),
  prizePool: Schema.NullOr(Schema.Int),
  /** `sng`, `tt`; the site's word. */
  mode: Schema.NullOr(Schema.String),
  /** `normal`, `sitngo`, `doubleornothing`, `knockout`, …; the site's word. */
  type: Schema.NullOr(Schema.String),
  /** `normal`, `semiturbo`, `turbo`, …; the site's word. */
  speed: Schema.NullOr(Schema.String),
  flightId: Schema.NullOr(Schema.String),
  /** Empty where the list could not be read. */
  levels: Schema.Array(TournamentLevel),
  /** Epoch milliseconds. */
  startedAt: Schema.Int,
  playedSeconds: Schema.NullOr(Schema.Int),
  /** 1 is the winner. */
  place: Schema.NullOr(Schema.Int),
  /** Prize money. */
  won: Schema.Int,
  /** Bounties won, where the site counts them apart. */
  wonBounty: Schema.Int,
  /** Tickets, each by its name or its worth as written. */
  wonTickets: Schema.Array(Schema.String),
});
export type TournamentSummary = typeof TournamentSummary.Type;
