/** What the fake server does at a player's command, and answers: each is carried out at once, or refused as the gateway would. */
import { isPowerId } from "../../../entities/lobby/race/power.ts";
import type { ClientFrame, ServerFrame } from "../../../rpc/frames.ts";
import { LOBBY_ID, SETTINGS, nowText } from "./FakeLobby.ts";
import type { FakeLobby } from "./FakeLobby.ts";
import { balancesOf } from "./FakePlayers.ts";
import type { FakeBet, FakePlayer, FakePlayers } from "./FakePlayers.ts";

export type Command = Extract<ClientFrame, { readonly idempotency_key: string }>;
type Of<Type extends Command["type"]> = Extract<Command, { readonly type: Type }>;

/** Where it is all played. */
export interface FakeHouse {
  readonly lobby: FakeLobby;
  readonly players: FakePlayers;
}

export function refusal(
  code: string,
  detail: string,
  id: string | undefined,
  fields: Readonly<Record<string, number>> = {},
): ServerFrame {
  return { type: "ERROR", code, detail, ...fields, ...(id === undefined ? {} : { id }) };
}

export function carryOut(house: FakeHouse, player: FakePlayer, command: Command): ServerFrame {
  switch (command.type) {
    case "PLACE_BET":
      return placeBet(house, player, command);
    case "CANCEL_BET":
      return cancelBet(house, player, command);
    case "CAST_POWER":
      return castPower(house, player, command);
    case "RESERVE_NUMBERS":
      return refusal("not_found", "There is no such raffle.", command.id);
  }
}

const echoOf = ({ id }: Command) => (id === undefined ? {} : { id });

function placeBet({ lobby, players }: FakeHouse, player: FakePlayer, command: Of<"PLACE_BET">) {
  const { id, market, selection, stake } = command;
  const { phase, race_id } = lobby.body;
  if (phase !== "betting" || command.race_id !== race_id)
    return refusal("betting_closed", "Betting on this race is closed. Bet on the next race.", id);
  if (stake < SETTINGS.min_bet)
    return refusal("stake_below_min", "The least stake is 1.00.", id, {
      min_stake: SETTINGS.min_bet,
    });
  if (stake > player.total - player.held)
    return refusal("insufficient_funds", "The stake is more than your available balance.", id);
  const bet: FakeBet = {
    bet_id: `bet-${player.id}-${player.bets.length}`,
    lobby_id: LOBBY_ID,
    placed_at: nowText(),
    race_id,
    market,
    selection,
    stake,
    status: "accepted",
    payout: null,
  };
  player.bets.unshift(bet);
  players.moveMoney(player, () => {
    player.held += stake;
  });
  return {
    type: "BET_PLACED" as const,
    ...echoOf(command),
    bet_id: bet.bet_id,
    status: "accepted" as const,
    race_id,
    market,
    selection,
    stake,
    wallet: balancesOf(player),
  };
}

function cancelBet({ lobby, players }: FakeHouse, player: FakePlayer, command: Of<"CANCEL_BET">) {
  const bet = player.bets.find((other) => other.bet_id === command.bet_id);
  if (bet === undefined || lobby.body.phase !== "betting")
    return refusal("betting_closed", "Bets can be cancelled until betting closes.", command.id);
  const fee = Math.ceil((bet.stake * SETTINGS.cancel_fee_per_mille) / 1000);
  bet.status = "cancelled";
  bet.payout = bet.stake - fee;
  players.moveMoney(player, () => {
    player.held -= bet.stake;
    player.total -= fee;
  });
  return {
    type: "BET_CANCELLED" as const,
    ...echoOf(command),
    bet_id: bet.bet_id,
    status: "cancelled" as const,
    refund: bet.stake - fee,
    fee,
    wallet: balancesOf(player),
  };
}

function castPower({ lobby }: FakeHouse, player: FakePlayer, command: Of<"CAST_POWER">) {
  const { id, power, target } = command;
  if (lobby.body.phase !== "racing" || !isPowerId(power))
    return refusal("not_racing", "Powers can be cast while the race is on.", id);
  return {
    ...lobby.cast(player, power, target),
    ...echoOf(command),
    wallet: balancesOf(player),
  };
}
