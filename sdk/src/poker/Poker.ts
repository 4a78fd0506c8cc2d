/** The poker half of a client: it shares the session, the connection and the ways of failing with the `Croupier` it is made for. */
import type { Croupier } from "../Croupier.ts";
import type { Answer } from "../Rest.ts";
import type { Endpoints } from "../wire.ts";
import { createEquities } from "./Equities.ts";
import type { EquityOptions, EquityOutcome, EquityQuestion } from "./Equities.ts";
import { followBatches } from "./HandFeed.ts";
import type { FollowOptions, Hand, HandListener } from "./HandFeed.ts";
import type { HistorySource } from "./historyParts.ts";
import { importHands } from "./importHands.ts";
import type { ImportOptions, ImportOutcome } from "./importHands.ts";
import { persist, ReadFailed } from "./patience.ts";

type Query<C extends keyof Endpoints> = Endpoints[C]["query"];
type Body<C extends keyof Endpoints> = Promise<Answer<Endpoints[C]["answer"]>>;

const RECENT = "/api/v1/hands/recent";
const HAND = "/api/v1/hands/{hand_id}";
const STATS = "/api/v1/stats/player/{name}";
const PLAYERS = "/api/v1/stats/players";
const SESSIONS = "/api/v1/stats/player/{name}/sessions";
const TOURNAMENTS = "/api/v1/stats/player/{name}/tournaments";

/** All but `importHands` works without a session. Names of players are as the site writes them; money is minor units. */
export interface Poker {
  /**
   * Each player's share of the pot. Never rejects. It waits out a lost connection and asks again over the next one: the same
   * question and seed have the same answer, and only the progress begins anew. A server that is busy (`unavailable`, with its
   * advice when to come again) is asked again, too. Refused after a minute without any news from the server, with the
   * reason that there was last; and at once as `invalid_cards`, `no_combination`, `not_exact` or `validation_failed`, where
   * `fields` tell what is wrong. Four are computed at a time, the others wait here.
   *
   * With a session it goes over the player's connection. Without one, with `via: "rest"`, and where ranges are longer than a
   * frame may be, it is one REST call, without progress: nothing else is needed in Node, not even a socket.
   */
  readonly calculateEquity: (
    question: EquityQuestion,
    options?: EquityOptions,
  ) => Promise<EquityOutcome>;

  /**
   * Calls back with every hand that is stored from now on, or after `afterSeq`: each once, in the order of `seq`, over any
   * number of lost connections, and of imports of any size. A listener that throws is told to `onWarning`. Returns what ends it.
   */
  readonly watchHands: (listener: HandListener, options?: FollowOptions) => () => void;
  /** The same, to be read with `for await` as slowly as one likes; throws `ReadFailed` when the server refuses. */
  readonly followHands: (options?: FollowOptions) => AsyncGenerator<Hand, void, undefined>;

  /** A page of hands, newest first; `before: next_before` asks for the next one. */
  readonly hands: (query?: Query<`GET ${typeof RECENT}`>) => Body<`GET ${typeof RECENT}`>;
  /**
   * All hands that fit, newest first, read page by page as the loop comes to them; ended by `signal`, however far back the next
   * one is. Throws `ReadFailed`.
   */
  readonly allHands: (
    query?: Query<`GET ${typeof RECENT}`>,
    options?: { readonly signal?: AbortSignal },
  ) => AsyncGenerator<Hand, void, undefined>;
  /** A whole hand: seats, actions, pots, board, showdown, net of each player. */
  readonly hand: (handId: string) => Body<`GET ${typeof HAND}`>;
  /** What a player does and wins. Each rate with how often it was made and could have been. */
  readonly stats: (
    player: string,
    filter?: Query<`GET ${typeof STATS}`>,
  ) => Body<`GET ${typeof STATS}`>;
  /** Players with recorded hands, those with the most first. */
  readonly players: (query?: Query<`GET ${typeof PLAYERS}`>) => Body<`GET ${typeof PLAYERS}`>;
  /** Hands of a player with less than half an hour between them, newest first. */
  readonly sessions: (
    player: string,
    page?: Query<`GET ${typeof SESSIONS}`>,
  ) => Body<`GET ${typeof SESSIONS}`>;
  readonly tournaments: (
    player: string,
    page?: Query<`GET ${typeof TOURNAMENTS}`>,
  ) => Body<`GET ${typeof TOURNAMENTS}`>;

  /**
   * Imports a history: a browser's `File`, a Node stream, bytes or text, of any length, in parts of some 700 whole hands.
   * A part without an answer is sent again for a minute. Rejects only with what reading the source throws.
   */
  readonly importHands: (source: HistorySource, options?: ImportOptions) => Promise<ImportOutcome>;

  /** Ends what goes on: calculations and imports are refused, watches end. Closing the client does it, too. */
  readonly close: () => void;
}

const pokers = /* @__PURE__ */ new WeakMap<Croupier, Poker>();

/** The same object for the same client, until it is closed. */
export function createPoker(croupier: Croupier): Poker {
  const known = pokers.get(croupier);
  if (known !== undefined) return known;
  const poker = made(croupier);
  pokers.set(croupier, poker);
  return poker;
}

function made(croupier: Croupier): Poker {
  const { base } = croupier;
  const closed = new AbortController();
  const equities = createEquities({
    base,
    rest: croupier,
    connection: croupier.connection,
    makeId: () => `equity-${croupier.makeKey()}`,
  });
  const close = (): void => {
    pokers.delete(croupier);
    closed.abort();
    equities.close();
  };
  base.onClose(close);
  const whileOpen = ({ signal, ...rest }: FollowOptions = {}): FollowOptions => ({
    ...rest,
    signal: signal === undefined ? closed.signal : AbortSignal.any([signal, closed.signal]),
  });

  return {
    calculateEquity: equities.calculate,
    watchHands: (listener, options) => {
      const ended = new AbortController();
      const guarded = (tell: () => void): void => {
        try {
          tell();
        } catch (error) {
          base.onError(error);
        }
      };
      const run = async (): Promise<void> => {
        const { signal = closed.signal, ...rest } = whileOpen(options);
        const over = AbortSignal.any([signal, ended.signal]);
        const live = (isLive: boolean): void => guarded(() => listener.live?.(isLive));
        for await (const hands of followBatches(croupier, { ...rest, signal: over }, live))
          guarded(() => listener.hands(hands));
      };
      run().catch(base.onError);
      return () => ended.abort();
    },
    followHands: async function* (options) {
      for await (const batch of followBatches(croupier, whileOpen(options))) yield* batch;
    },
    hands: (query = {}) => croupier.get(RECENT, { query }),
    allHands: async function* (query = {}, options) {
      const { signal = closed.signal } = whileOpen(options);
      let { before } = query;
      for (;;) {
        const page = { ...query, before };
        const ask = () => croupier.get(RECENT, { query: page, signal });
        const answer = await persist(base, { ask, signal });
        if (signal.aborted) return;
        if (!answer.ok) throw new ReadFailed(answer.problem);
        yield* answer.body.hands;
        if (answer.body.next_before === null) return;
        before = answer.body.next_before;
      }
    },
    hand: (handId) => croupier.get(HAND, { path: { hand_id: handId } }),
    stats: (player, query = {}) => croupier.get(STATS, { path: { name: player }, query }),
    players: (query = {}) => croupier.get(PLAYERS, { query }),
    sessions: (player, query = {}) => croupier.get(SESSIONS, { path: { name: player }, query }),
    tournaments: (player, query = {}) =>
      croupier.get(TOURNAMENTS, { path: { name: player }, query }),
    importHands: (source, options = {}) => importHands(croupier, source, options, closed.signal),
    close,
  };
}
