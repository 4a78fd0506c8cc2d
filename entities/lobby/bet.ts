/**
 * Placing and cancelling a bet: work that spans a wallet and a lobby.
 *
 * Placing: the wallet holds the stake under the bet's id, then the lobby accepts the bet; if it refuses, the hold is
 * released. The bet's id follows from the player and the client's key, and every step's command id from the bet's id. So
 * a repetition walks the same steps and meets their stored replies, and a crash between two steps leaves a hold that
 * the wallet asks the lobby about.
 */
import {
  type BetId,
  branded,
  type CommandId,
  type HoldId,
  type LobbyId,
  type RaceId,
} from "../../rpc/id.ts";
import type { BetCancelledBody, BetPlacedBody, PlaceBetBody } from "../../rpc/frames.ts";
import { Lobby } from "../../rpc/lobby.ts";
import { minor } from "../../rpc/money.ts";
import { Wallet } from "../../rpc/wallet.ts";
import type { Ask, AskOptions, Outcome } from "../../src/actor/Ask.ts";
import type { FailureOf } from "../../rpc/contract.ts";
import type { Intent } from "../../rpc/intent.ts";
import { fingerprint, intentDigest } from "../intent.ts";
import { house } from "../ledger.ts";
import { balances } from "../wallet/balances.ts";
import { releaseCommand } from "../wallet/release.ts";

export type PlaceBetFailure =
  | FailureOf<typeof Wallet, "Hold">
  | FailureOf<typeof Lobby, "AcceptBet">
  | FailureOf<typeof Lobby, "GetRace">;
export type CancelBetFailure =
  | FailureOf<typeof Lobby, "CancelBet">
  | FailureOf<typeof Wallet, "Release">;

/** The id of what an intent makes; it begins with the lobby that decides about it. */
export const intentId = (lobbyId: string, intent: Intent): string =>
  `${lobbyId}:${intentDigest(intent)}`;

const lobbyOf = (id: string) => id.slice(0, id.lastIndexOf(":"));

export const placeBet = async (
  ask: Ask,
  intent: Intent,
  lobbyId: LobbyId,
  body: PlaceBetBody,
): Promise<Outcome<BetPlacedBody, PlaceBetFailure>> => {
  const { market, selection, stake } = body;
  const { playerId, requestId } = intent;
  const name = intentDigest(intent);
  const betId = branded<BetId>(`${lobbyId}:${name}`);
  const holdId = branded<HoldId>(betId);
  const options: AskOptions = { requestId, by: playerId };
  const asked = fingerprint(["bet", lobbyId, body.race_id, market, selection, stake]);

  let raceId = body.race_id;
  if (raceId === undefined) {
    const lobby = await ask(Lobby, "GetRace", { entityId: lobbyId }, options);
    if (!lobby.ok) return lobby;
    raceId = lobby.value.raceId;
  }
  const held = await ask(
    Wallet,
    "Hold",
    {
      entityId: playerId,
      commandId: branded<CommandId>(`hold:${name}`),
      holdId,
      amountMinor: minor(stake),
      purpose: "bet",
      ref: raceId,
      owner: { kind: Lobby.kind, entityId: lobbyId },
    },
    { ...options, fingerprint: asked },
  );
  if (!held.ok) return held;
  // A repetition bets in the race that the money was first held for, even if another has begun.
  const accepted = await ask(
    Lobby,
    "AcceptBet",
    {
      entityId: lobbyId,
      commandId: branded<CommandId>(`accept:${name}`),
      betId,
      playerId,
      raceId: branded<RaceId>(held.value.ref),
      market,
      selection,
      stakeMinor: minor(stake),
    },
    options,
  );
  if (accepted.ok) {
    const { balance } = held.value;
    const value: BetPlacedBody = {
      bet_id: betId,
      status: "accepted",
      race_id: accepted.value.raceId,
      market,
      selection: accepted.value.selection,
      stake,
      wallet: balances(balance),
    };
    return { ok: true, value, replayed: held.replayed };
  }
  // A refusal is final, so the money goes back. Without an answer the bet may yet stand: the hold stays until it is known.
  if (accepted.error._tag !== "Unavailable") {
    const release = { entityId: playerId, commandId: releaseCommand(holdId), holdId };
    const released = await ask(
      Wallet,
      "Release",
      { ...release, feeMinor: minor(0), feeAccount: house.fees },
      options,
    );
    if (!released.ok && released.error._tag === "Unavailable")
      return { ...released, error: released.error };
  }
  return { ...accepted, replayed: held.replayed };
};

export const cancelBet = async (
  ask: Ask,
  intent: Intent,
  betId: BetId,
): Promise<Outcome<BetCancelledBody, CancelBetFailure>> => {
  const { playerId, requestId } = intent;
  const options: AskOptions = { requestId, by: playerId };
  const lobbyId = lobbyOf(betId);
  const cancelled = await ask(
    Lobby,
    "CancelBet",
    {
      entityId: lobbyId,
      commandId: branded<CommandId>(`cancel:${intentDigest(intent)}`),
      betId,
      playerId,
    },
    { ...options, fingerprint: fingerprint(["cancel", betId]) },
  );
  if (!cancelled.ok) return cancelled;
  const { feeMinor, refundMinor } = cancelled.value;
  const holdId = branded<HoldId>(betId);
  const release = { entityId: playerId, commandId: releaseCommand(holdId), holdId };
  const released = await ask(
    Wallet,
    "Release",
    { ...release, feeMinor, feeAccount: house.fees },
    options,
  );
  if (!released.ok) return released;
  const wallet = balances(released.value.balance);
  const value: BetCancelledBody = {
    bet_id: betId,
    status: "cancelled",
    refund: refundMinor,
    fee: feeMinor,
    wallet,
  };
  return { ok: true, value, replayed: cancelled.replayed };
};
