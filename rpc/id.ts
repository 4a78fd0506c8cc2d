/** Identifiers. Opaque to clients; branded so that a bet's id cannot be passed for a player's. */
import { Schema } from "effect";

/** Long enough for a UUID with a prefix, short enough for an index. */
const MAX_ID_LENGTH = 128;

/** Lobbies and raffles are named by people, and the ids of their races, bets, casts and reservations begin with theirs. */
const MAX_LOBBY_ID_LENGTH = 64;
/** Made of other ids with a word before. */
const MAX_COMMAND_ID_LENGTH = 256;

/** Visible ASCII without `|`, which keeps the fields of a digest apart. */
const text = (maxLength: number) =>
  Schema.String.pipe(
    Schema.minLength(1),
    Schema.maxLength(maxLength),
    Schema.pattern(/^[!-{}~]+$/),
  );
const Id = text(MAX_ID_LENGTH);

/** An id as it comes over the wire. */
export const IdText = Id;

/**
 * Brands an id that this program has made out of ids it has checked. Free, where `make` checks again: for the hot path.
 * Text from outside is decoded instead.
 */
export const branded = <Branded extends string>(text: string): Branded => text as Branded;

export const PlayerId = Id.pipe(Schema.brand("PlayerId"));
export type PlayerId = typeof PlayerId.Type;

export const LobbyId = text(MAX_LOBBY_ID_LENGTH).pipe(Schema.brand("LobbyId"));
export type LobbyId = typeof LobbyId.Type;

export const RaceId = Id.pipe(Schema.brand("RaceId"));
export type RaceId = typeof RaceId.Type;

export const BetId = Id.pipe(Schema.brand("BetId"));
export type BetId = typeof BetId.Type;

export const CastId = Id.pipe(Schema.brand("CastId"));
export type CastId = typeof CastId.Type;

export const RaffleId = text(MAX_LOBBY_ID_LENGTH).pipe(Schema.brand("RaffleId"));
export type RaffleId = typeof RaffleId.Type;

/** Begins with its raffle's id and a full stop. */
export const ReservationId = Id.pipe(Schema.brand("ReservationId"));
export type ReservationId = typeof ReservationId.Type;

export const PaymentId = Id.pipe(Schema.brand("PaymentId"));
export type PaymentId = typeof PaymentId.Type;

export const FavorId = Id.pipe(Schema.brand("FavorId"));
export type FavorId = typeof FavorId.Type;

/** Money set aside in a wallet. A bet's hold has the bet's id, a cast's the cast's, a payment's the payment's. */
export const HoldId = Id.pipe(Schema.brand("HoldId"));
export type HoldId = typeof HoldId.Type;

/**
 * Names one intent of one caller. An entity carries out a command id once and answers every repetition with the
 * stored reply, for ever.
 */
export const CommandId = text(MAX_COMMAND_ID_LENGTH).pipe(
  Schema.filter((id) => !id.startsWith("~") || "ids that begin with ~ are the entities' own"),
  Schema.brand("CommandId"),
);
export type CommandId = typeof CommandId.Type;

/** A ledger account, such as `player:<id>:held`, `race:<id>:pool`, `house:takeout`. */
export const Account = Schema.String.pipe(
  Schema.maxLength(MAX_COMMAND_ID_LENGTH),
  Schema.pattern(/^[a-z]+(:[!-~]*)?$/),
  Schema.brand("Account"),
);
export type Account = typeof Account.Type;
