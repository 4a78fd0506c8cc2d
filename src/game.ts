/** The game as the gateway sees it: the actors of this process, the processes that span them, and the views. */
import type pg from "pg";
import {
  acceptFavor,
  declineFavor,
  offerFavor,
  repayFavor,
  withdrawFavor,
} from "../entities/favor/favor.ts";
import { make as makeFavorViews } from "../entities/favor/views.ts";
import { cancelBet, placeBet } from "../entities/lobby/bet.ts";
import { castPower } from "../entities/lobby/castPower.ts";
import { make as makeRaceViews } from "../entities/lobby/views.ts";
import { make as makeWalletViews } from "../entities/wallet/views.ts";
import type { ActorSystem } from "./actor/ActorSystem.ts";
import type { Game } from "./gateway/Game.ts";

export const makeGame = ({ ask, topics }: ActorSystem, pool: pg.Pool): Game => ({
  ask,
  topics,
  views: { ...makeRaceViews(pool), ...makeWalletViews(pool), ...makeFavorViews(pool) },
  placeBet: (intent, lobbyId, body) => placeBet(ask, intent, lobbyId, body),
  cancelBet: (intent, betId) => cancelBet(ask, intent, betId),
  castPower: (intent, lobbyId, body) => castPower(ask, intent, lobbyId, body),
  favors: {
    offer: (intent, body) => offerFavor(ask, intent, body),
    accept: (intent, favorId) => acceptFavor(ask, intent, favorId),
    decline: (intent, favorId) => declineFavor(ask, intent, favorId),
    withdraw: (intent, favorId) => withdrawFavor(ask, intent, favorId),
    repay: (intent, favorId) => repayFavor(ask, intent, favorId),
  },
});
