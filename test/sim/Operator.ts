/** What the house does: it opens lobbies and raffles, meddles with a raffle now and then, and ends everything. */
import { CommandId, type LobbyId, type PlayerId, type RaffleId } from "../../rpc/id.ts";
import { Lobby } from "../../rpc/lobby.ts";
import { Raffle } from "../../rpc/raffle.ts";
import type { Chance } from "./Chance.ts";
import { RAFFLE_RULES, raffleTerms, SETTINGS } from "./Players.ts";
import type { Wish } from "./Wish.ts";

export const createLobby = (lobbyId: LobbyId): Wish => ({
  what: `create ${lobbyId}`,
  do: ({ ask }) =>
    ask(Lobby, "Create", {
      entityId: lobbyId,
      commandId: CommandId.make("create"),
      name: lobbyId,
      settings: SETTINGS,
    }),
});

export const stopLobby = (lobbyId: LobbyId, key = "stop"): Wish => ({
  what: `${key} ${lobbyId}`,
  do: ({ ask }) => ask(Lobby, "Stop", { entityId: lobbyId, commandId: CommandId.make(key) }),
});

/** A raffle on sale. */
export const openRaffle = (
  raffleId: RaffleId,
  organiserId: PlayerId | null,
  drawAt: number,
  chance: Chance,
): ReadonlyArray<Wish> => {
  const terms = raffleTerms(organiserId, drawAt, chance.pick([0, 0, 0, 60]));
  const to = (key: string) => ({ entityId: raffleId, commandId: CommandId.make(key) });
  const serverSeed = chance.hex(32);
  return [
    {
      what: `create ${raffleId}`,
      do: ({ ask }) => ask(Raffle, "Create", { ...to("create"), terms, rules: RAFFLE_RULES }),
    },
    {
      what: `publish ${raffleId}`,
      do: ({ ask }) => ask(Raffle, "Publish", { ...to("publish"), serverSeed }),
    },
  ];
};

export type RaffleAct = "Suspend" | "Resume" | "Close" | "Cancel" | "Draw";

/** One act; the key sets it apart from others of its kind. */
export const rule = (raffleId: RaffleId, tag: RaffleAct, key: string): Wish => ({
  what: `${tag} ${raffleId} ${key}`,
  do: ({ ask }) =>
    ask(Raffle, tag, {
      entityId: raffleId,
      commandId: CommandId.make(`${tag}:${key}`),
      reason: "the house",
    }),
});
