/**
 * Casting a power: the lobby quotes the price, the wallet holds it, the lobby accepts the cast at that price. Should
 * another cast of the player come in between, the price has changed: the hold is released and the next attempt asks
 * again. The hold is settled with the race.
 */
import { branded, type CastId, type CommandId, type HoldId, type LobbyId } from "../../rpc/id.ts";
import type { FailureOf } from "../../rpc/contract.ts";
import type { CastPowerBody, PowerCastBody } from "../../rpc/frames.ts";
import { Lobby, RaceChanged } from "../../rpc/lobby.ts";
import { minor } from "../../rpc/money.ts";
import { Wallet } from "../../rpc/wallet.ts";
import type { Ask, AskOptions, Outcome } from "../../src/actor/Ask.ts";
import type { Intent } from "../../rpc/intent.ts";
import { fingerprint, intentDigest } from "../intent.ts";
import { house } from "../ledger.ts";
import { balances } from "../wallet/balances.ts";
import { releaseCommand } from "../wallet/release.ts";
import { intentId } from "./bet.ts";

export type CastPowerFailure =
  | FailureOf<typeof Lobby, "QuotePower">
  | FailureOf<typeof Lobby, "CastPower">
  | FailureOf<typeof Wallet, "Hold">
  | RaceChanged;

/** A player who casts that much at once can wait a moment. */
const MAX_ATTEMPTS = 4;

type Cast = Outcome<PowerCastBody, CastPowerFailure>;

export const castPower = async (
  ask: Ask,
  intent: Intent,
  lobbyId: LobbyId,
  body: CastPowerBody,
): Promise<Cast> => {
  let cast = await attempt(ask, intent, lobbyId, body, 1);
  for (let n = 2; n <= MAX_ATTEMPTS && !cast.ok && cast.error._tag === "PowerPriceChanged"; n++) {
    cast = await attempt(ask, intent, lobbyId, body, n);
  }
  return cast;
};

const attempt = async (
  ask: Ask,
  intent: Intent,
  lobbyId: LobbyId,
  { power, race_id: meant, target }: CastPowerBody,
  n: number,
): Promise<Cast> => {
  const { playerId, requestId } = intent;
  const options: AskOptions = { requestId, by: playerId };
  // Each attempt is a hold of its own; a repetition walks the same attempts.
  const castId = branded<CastId>(`${intentId(lobbyId, intent)}~${n}`);
  const holdId = branded<HoldId>(castId);
  const asked = fingerprint(["cast", lobbyId, meant, power, target]);
  const quoteId = branded<CommandId>(`quote:${castId}`);
  const quote = await ask(
    Lobby,
    "QuotePower",
    { entityId: lobbyId, commandId: quoteId, playerId, power },
    { ...options, fingerprint: asked },
  );
  if (!quote.ok) return quote;
  const { costMinor, raceId } = quote.value;
  if (meant !== undefined && meant !== raceId) {
    return { ok: false, error: new RaceChanged({ raceId }), replayed: quote.replayed };
  }
  const held = await ask(
    Wallet,
    "Hold",
    {
      entityId: playerId,
      commandId: branded<CommandId>(n === 1 ? `hold:${intentDigest(intent)}` : `hold:${castId}`),
      holdId,
      amountMinor: costMinor,
      purpose: "power",
      ref: raceId,
      owner: { kind: Lobby.kind, entityId: lobbyId },
    },
    { ...options, fingerprint: asked },
  );
  if (!held.ok) return held;
  const accepted = await ask(
    Lobby,
    "CastPower",
    {
      entityId: lobbyId,
      commandId: branded<CommandId>(`cast:${castId}`),
      castId,
      playerId,
      raceId,
      power,
      target,
      costMinor,
    },
    options,
  );
  if (accepted.ok) {
    const { durationTicks, tick } = accepted.value;
    const value: PowerCastBody = {
      cast_id: castId,
      race_id: raceId,
      power,
      target,
      cost: costMinor,
      tick,
      duration_ticks: durationTicks,
      wallet: balances(held.value.balance),
    };
    return { ok: true, value, replayed: held.replayed };
  }
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
