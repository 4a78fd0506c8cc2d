/** The game as the gateway sees it: the actors of this process, the processes that span them, the views, the inspector. */
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import {
  acceptFavor,
  declineFavor,
  offerFavor,
  repayFavor,
  withdrawFavor,
} from "../entities/favor/favor.ts";
import { favor } from "../entities/favor/entity.ts";
import { broken as brokenFavor } from "../entities/favor/invariants.ts";
import { make as makeFavorViews } from "../entities/favor/views.ts";
import { cancelBet, placeBet } from "../entities/lobby/bet.ts";
import { castPower } from "../entities/lobby/castPower.ts";
import { handFeed } from "../entities/handFeed/entity.ts";
import { broken as brokenHandFeed } from "../entities/handFeed/invariants.ts";
import { handPlayer } from "../entities/handPlayer/entity.ts";
import { broken as brokenHandPlayer } from "../entities/handPlayer/invariants.ts";
import { lobby } from "../entities/lobby/entity.ts";
import { broken as brokenLobby } from "../entities/lobby/invariants.ts";
import { make as makeAnalytics } from "../entities/lobby/analytics.ts";
import { make as makeRaceViews } from "../entities/lobby/views.ts";
import { raffle } from "../entities/raffle/entity.ts";
import { broken as brokenRaffle } from "../entities/raffle/invariants.ts";
import { make as makeRaffleViews } from "../entities/raffle/views.ts";
import { reservation } from "../entities/reservation/entity.ts";
import { broken as brokenReservation } from "../entities/reservation/invariants.ts";
import { payReservation } from "../entities/reservation/pay.ts";
import {
  addNumber,
  cancelReservation,
  getReservation,
  hearPayment,
  moveToCheckout,
  removeNumber,
  reserve,
} from "../entities/reservation/reservation.ts";
import { resolveRefund } from "../entities/reservation/resolve.ts";
import { make as makeReservationViews } from "../entities/reservation/views.ts";
import { adjustWallet } from "../entities/wallet/adjust.ts";
import { wallet } from "../entities/wallet/entity.ts";
import { broken as brokenWallet } from "../entities/wallet/invariants.ts";
import { make as makeWalletViews } from "../entities/wallet/views.ts";
import type { ActorSystem } from "./actor/ActorSystem.ts";
import type { Topics } from "./actor/Topics.ts";
import { type AskAnything, JournalInspector } from "./admin/JournalInspector.ts";
import { make as makeUnclaimedViews } from "./admin/UnclaimedMoney.ts";
import { auditedKind } from "./audit/EntityFold.ts";
import type { Game } from "./gateway/Game.ts";
import type { Inspector } from "./gateway/Inspector.ts";

export const makeGame = (
  { ask }: Pick<ActorSystem, "ask">,
  topics: Topics,
  pool: pg.Pool,
): Game => {
  const { payments, reservation: lookUp, reservationOf } = makeReservationViews(pool);
  const tools = { ask, lookUp, pause: (ms: number) => delay(ms) };
  return {
    ask,
    topics,
    views: {
      ...makeRaceViews(pool),
      ...makeWalletViews(pool),
      ...makeFavorViews(pool),
      ...makeRaffleViews(pool),
      payments,
      ...makeUnclaimedViews(pool),
      analytics: makeAnalytics(pool),
    },
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
    reservations: {
      reserve: (intent, raffleId, numbers) => reserve(ask, intent, raffleId, numbers),
      addNumber: (intent, id, number) => addNumber(ask, intent, id, number),
      removeNumber: (intent, id, number) => removeNumber(ask, intent, id, number),
      moveToCheckout: (intent, id) => moveToCheckout(ask, intent, id),
      cancel: (intent, id) => cancelReservation(ask, lookUp, intent, id),
      get: (playerId, id) => getReservation(ask, lookUp, playerId, id),
      pay: (intent, id, how) => payReservation(tools, intent, id, how),
      hear: (provider, event) => hearPayment(ask, provider, event),
    },
    adjustWallet: (intent, playerId, body) => adjustWallet(ask, intent, playerId, body),
    resolveRefund: (intent, paymentId, body) =>
      resolveRefund(ask, reservationOf, intent, paymentId, body),
  };
};

/** The codecs of an actor and its rules are the same whatever it reaches, and the inspector runs none. */
const NOWHERE = { round: async () => undefined, of: () => undefined };

/** Each kind of entity with what is always true of one. */
const KINDS = [
  auditedKind(wallet, brokenWallet),
  auditedKind(lobby, brokenLobby),
  auditedKind(favor, brokenFavor),
  auditedKind(raffle(NOWHERE), brokenRaffle),
  auditedKind(reservation(NOWHERE), brokenReservation),
  auditedKind(handFeed, brokenHandFeed),
  auditedKind(handPlayer, brokenHandPlayer),
];

/** Looks into the entities of `pool`'s journal, and speaks to them through the actors of this process. */
export const makeInspector = ({ ask }: Pick<ActorSystem, "ask">, pool: pg.Pool): Inspector =>
  new JournalInspector({ kinds: KINDS, pool, ask: ask as unknown as AskAnything });
