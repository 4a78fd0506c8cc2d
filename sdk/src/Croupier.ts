/**
 * The client: who plays, the connection, what is watched over it, and what was ordered. Its parts know nothing of each
 * other; here they are joined.
 */
import type { BetsState } from "./BetsState.ts";
import type { CommandAnswer, KeptCommand, Latency, Outcome, SettledCommand } from "./Command.ts";
import { openConnection } from "./Connection.ts";
import type { Connection, ConnectionState } from "./Connection.ts";
import { createKeep } from "./Keep.ts";
import type { StorageLike } from "./Keep.ts";
import { createListeners } from "./Listeners.ts";
import { followRun } from "./lobby/followRun.ts";
import type { RunView } from "./lobby/followRun.ts";
import type { LobbyState } from "./lobby/LobbyState.ts";
import { readLobby } from "./lobby/readLobby.ts";
import { createOutbox } from "./Outbox.ts";
import { createCell } from "./Readable.ts";
import type { Readable } from "./Readable.ts";
import { readBets } from "./readBets.ts";
import { readWallet } from "./readWallet.ts";
import { readRaffle } from "./raffle/readRaffle.ts";
import type { Raffle } from "./raffle/readRaffle.ts";
import { readReservation } from "./raffle/readReservation.ts";
import type { RaffleState } from "./raffle/RaffleState.ts";
import { createReservationCommands } from "./raffle/ReservationCommands.ts";
import type { ReservationCommands, ReservationOutcome } from "./raffle/ReservationCommands.ts";
import type { ReservationState } from "./raffle/ReservationState.ts";
import { createRest } from "./Rest.ts";
import type { Answer, Fetch, Rest } from "./Rest.ts";
import { applyServerTime, serverNowMs, UNSET_CLOCK } from "./ServerClock.ts";
import { createSessions } from "./Session.ts";
import type { Credentials, PasswordChange, Session, SessionEnd } from "./Session.ts";
import { openWebSocket } from "./Socket.ts";
import type { OpenSocket } from "./Socket.ts";
import { onStorageChange, onWake, pageOrigin, pageStorage, randomKey } from "./Surroundings.ts";
import { SYSTEM_TIMERS, TIMING } from "./Timers.ts";
import type { Timers, Timing } from "./Timers.ts";
import { createTopics } from "./Topics.ts";
import type { Watcher } from "./Topics.ts";
import { topicStream } from "./TopicStream.ts";
import { logWarning } from "./Warning.ts";
import type { Warning } from "./Warning.ts";
import type { WalletState } from "./WalletState.ts";
import type {
  CastPowerBody,
  ClientFrame,
  PlaceBetBody,
  ReservationBody,
  ServerFrame,
  TokenBody,
} from "./wire.ts";

export interface CroupierOptions {
  /** Of the server: `https://play.example`. In a page its own origin by default. */
  readonly url?: string;
  /**
   * Where session and unanswered commands are kept: the page's `localStorage` by default, `fileStorage` in Node. Null, and
   * the default outside a page: nowhere, so they end with the process.
   */
  readonly storage?: StorageLike | null;
  /** Before every key in the storage, for several players in one; `croupier` by default. */
  readonly name?: string;
  /** How long a command is kept for an answer before it is given up as `abandoned`; a day by default. */
  readonly keepForMs?: number;
  readonly openSocket?: OpenSocket;
  readonly fetch?: Fetch;
  readonly timers?: Timers;
  readonly timing?: Partial<Timing>;
  /** In [0, 1). */
  readonly random?: () => number;
  /** Idempotency keys: 1 to 128 visible ASCII characters, never the same again. */
  readonly makeKey?: () => string;
}

export interface BetOrder {
  /** The session's lobby by default. */
  readonly lobbyId?: string;
  /** It is placed in this race or not at all, however late it arrives. */
  readonly raceId: string;
  readonly market: PlaceBetBody["market"];
  /** Runner numbers, in order of place where the market asks for it. */
  readonly selection: readonly number[];
  /** Minor units. */
  readonly stake: number;
}

export interface PowerOrder {
  /** The session's lobby by default. */
  readonly lobbyId?: string;
  /** It is cast in this race or not at all, however late it arrives. */
  readonly raceId: string;
  readonly power: CastPowerBody["power"];
  /** A runner's number. */
  readonly target: number;
}

export interface ReserveOrder {
  readonly raffleId: string;
  /** All of them or none. */
  readonly numbers: readonly number[];
}

/** What entries of their own are built on (`@croupier/sdk/poker`), and what a game has no need of. */
export interface Base {
  readonly url: string;
  readonly openSocket: OpenSocket;
  readonly timers: Timers;
  readonly timing: Timing;
  readonly random: () => number;
  /** Sends over the player's connection if it is online; else it is lost. */
  readonly send: (frame: ClientFrame) => void;
  /** Told of every frame of the player's connection, in its order. */
  readonly onFrame: (listener: (frame: ServerFrame) => void) => () => void;
  /** Looks whether the player's connection still lives. */
  readonly onSilence: () => void;
  /** For what a listener has thrown. */
  readonly onError: (cause: unknown) => void;
  /** To be called when the client is closed. */
  readonly onClose: (end: () => void) => void;
}

export interface Croupier extends Rest, ReservationCommands {
  /** Who plays; null when nobody has joined or logged in. Survives a reload of the page. */
  readonly session: Readable<Session | null>;
  /** Comes as a guest with a wallet and the joining grant. Replaces whoever played here before. */
  readonly join: (who: {
    readonly displayName: string;
    readonly lobbyId?: string;
  }) => Promise<Answer<Session>>;
  readonly register: (credentials: Credentials) => Promise<Answer<Session>>;
  readonly login: (credentials: Credentials) => Promise<Answer<Session>>;
  /**
   * Ends the session, and returns nothing, if every command has been answered. Else it returns those that have not, and
   * the player stays: their outcome would never be known here. `abandon` leaves all the same and gives them up.
   */
  readonly leave: (options?: { readonly abandon?: boolean }) => readonly KeptCommand[];
  /**
   * Ends the player's sessions everywhere but here, within a second. `failed`: the server could not be asked, try again;
   * `refused`: this session was over already.
   */
  readonly signOutElsewhere: () => Promise<"refreshed" | "refused" | "failed">;
  /**
   * Gives the account another password and ends its sessions everywhere but here. `bad_credentials`: that is not its password;
   * `password_not_yours`: a guest has none. Without an answer (`offline`) it may have been changed all the same.
   */
  readonly changePassword: (change: PasswordChange) => Promise<Answer<TokenBody>>;
  readonly onSessionEnd: (listener: (why: SessionEnd) => void) => () => void;

  readonly connection: Readable<ConnectionState>;
  /** Connects at once instead of waiting on, or looks whether the connection still lives. Pages do this by themselves. */
  readonly wake: () => void;
  /** The server's time, epoch milliseconds, as well as it can be told from here. */
  readonly serverNowMs: () => number;

  /** A lobby, subscribed while anyone listens. The same object for the same id. */
  readonly lobby: (lobbyId: string) => Readable<LobbyState>;
  /** The player's wallet, subscribed while anyone listens; null until it has been seen. */
  readonly wallet: Readable<WalletState | null>;
  /** The player's bets of a race, kept current while anyone listens. The same object for the same id. */
  readonly bets: (raceId: string) => Readable<BetsState>;
  /** The run of the lobby's race, to be drawn at any frame rate. Close it when it is no longer drawn. */
  readonly run: (lobbyId: string) => RunView;
  /** A raffle with all of its numbers, subscribed while anyone listens. The same object for the same id. */
  readonly raffle: (raffleId: string) => Readable<RaffleState>;
  /**
   * The player's reservation in a raffle, kept current while anyone listens: the live one, or how the last one ended that
   * was seen here; null for none. The same object for the same id.
   */
  readonly reservation: (raffleId: string) => Readable<ReservationState | null>;
  /**
   * Calls back with every frame of a topic: each change once and in order without a gap, a snapshot first and whenever the
   * server no longer remembers what was missed. `after`: what has been seen already. Returns what ends it.
   */
  readonly watch: (
    topic: string,
    listener: (frame: ServerFrame) => void,
    options?: { readonly after?: number; readonly onRefused?: Watcher["refused"] },
  ) => () => void;
  /** The same, to be read with `for await`; throws `TopicRefused`. */
  readonly frames: (
    topic: string,
    options?: { readonly after?: number },
  ) => AsyncGenerator<ServerFrame, void, undefined>;

  /**
   * Commands. Each resolves with its one outcome and never rejects; it waits out a lost connection, and what the page's or
   * process's end leaves unanswered, the next one sends again with the same key and tells to `onOutcome`.
   */
  readonly placeBet: (bet: BetOrder) => Promise<Outcome<CommandAnswer<"PLACE_BET">>>;
  readonly cancelBet: (betId: string) => Promise<Outcome<CommandAnswer<"CANCEL_BET">>>;
  readonly castPower: (power: PowerOrder) => Promise<Outcome<CommandAnswer<"CAST_POWER">>>;
  /** Waits out a lost connection for two minutes; the refusal `number_taken` has the taken ones in `fields.numbers`. */
  readonly reserve: (order: ReserveOrder) => Promise<ReservationOutcome>;
  /** The player's commands without an answer, oldest first, those of an earlier life included. */
  readonly unanswered: Readable<readonly KeptCommand[]>;
  /** Told of the outcome of every command. */
  readonly onOutcome: (listener: (settled: SettledCommand) => void) => () => void;
  /** Told how long each command that was carried out took until it was durable. */
  readonly onLatency: (listener: (latency: Latency) => void) => () => void;

  /** Told of what goes wrong without a caller to tell; goes to the console while nobody listens. */
  readonly onWarning: (listener: (warning: Warning) => void) => () => void;
  /** An idempotency key for a REST call that moves money. */
  readonly makeKey: () => string;
  readonly base: Base;
  /** Closes the connection. Session and unanswered commands stay in the storage; promises of those never resolve. */
  readonly close: () => void;
}

const DAY_MS = 24 * 3_600_000;
/** Lobbies, races and raffles whose state is remembered for the next who asks. */
const MAX_REMEMBERED = 64;

export function createCroupier(options: CroupierOptions = {}): Croupier {
  const { timers = SYSTEM_TIMERS, random = Math.random, makeKey = randomKey } = options;
  const { name = "croupier", openSocket = openWebSocket, keepForMs = DAY_MS } = options;
  const url = (options.url ?? pageOrigin())?.replace(/\/$/, "");
  if (url === undefined) throw new TypeError("Outside a page `url` must be given.");
  const timing: Timing = { ...TIMING, ...options.timing };

  const warnings = createListeners<Warning>((cause) => console.error(cause));
  const warn = (warning: Warning): void => {
    if (warnings.count() === 0) logWarning(warning);
    else warnings.tell(warning);
  };
  const onError = (cause: unknown): void =>
    warn({ code: "listener", message: "A listener has thrown.", cause });

  let clock = UNSET_CLOCK;
  const serverNow = (): number => serverNowMs(clock, timers.nowMs());

  const keep = createKeep(options.storage === undefined ? pageStorage() : options.storage, warn);
  const rest = createRest({
    url,
    fetch: options.fetch ?? ((address, init) => fetch(address, init)),
    token: () => sessions.session.get()?.token,
    onUnauthorized: (token) => {
      if (token === sessions.session.get()?.token) void sessions.refresh();
    },
  });
  const sessions = createSessions({
    keep,
    key: `${name}.session`,
    rest,
    timers,
    serverNowMs: serverNow,
    onError,
  });
  const player = createCell<string | null>(null, { onError });

  let connection: Connection | undefined;
  const state = createCell<ConnectionState>({ kind: "idle" }, { onError });
  const onSilence = (): void => connection?.probe();
  const frames = createListeners<ServerFrame>(onError);
  const send = (frame: ClientFrame): void => connection?.send(frame);
  const prefix = `${name}.command.`;
  /** What most parts need. */
  const common = { send, onSilence, openSocket, timers, timing, random, onError };
  const outbox = createOutbox({ ...common, keep, prefix, keepForMs, makeKey, warn });
  const topics = createTopics(common);

  /** The token that the last connection was opened with. */
  let usedToken: string | undefined;
  const addresses = (): readonly string[] => {
    const session = sessions.session.get();
    usedToken = session?.token;
    const own = `${url.replace(/^http/, "ws")}/ws`;
    return [...new Set([session?.wsUrl ?? own, own])].map(
      (address) => `${address}?token=${encodeURIComponent(usedToken ?? "")}`,
    );
  };
  const receive = (frame: ServerFrame): void => {
    if ("server_time" in frame)
      clock = applyServerTime(clock, {
        serverTime: frame.server_time,
        nowMs: timers.nowMs(),
        isFirst: frame.type === "CONNECTION_ACK",
      });
    outbox.receive(frame);
    topics.receive(frame);
    frames.tell(frame);
  };
  /** The server has closed with 1008: for the token, or for what was sent. Whether the token is good, it can be asked. */
  const examine = async (refused: Connection | undefined): Promise<void> => {
    const used = usedToken;
    const isOld = used !== sessions.session.get()?.token;
    if (!isOld && (await sessions.refresh()) === "refused") return;
    // Where the token was good, so is the next one, and is refused for the same as it: not at once again.
    refused?.retry(isOld || sessions.hasEnded(used) ? 0 : timing.backoffCapMs);
  };
  const follow = (next: ConnectionState): void => {
    if (next.kind === "online") {
      topics.online();
      outbox.online();
    } else {
      topics.offline();
      outbox.offline();
    }
    state.set(next);
    if (next.kind === "refused") void examine(connection);
  };
  const disconnect = (next: ConnectionState): void => {
    connection?.close();
    connection = undefined;
    follow(next);
  };
  const play = (): void => {
    const playerId = sessions.session.get()?.playerId ?? null;
    if (playerId === player.get()) return;
    disconnect({ kind: "idle" });
    player.set(playerId);
    outbox.serve(playerId);
    if (playerId === null) return;
    connection = openConnection({
      ...common,
      urls: addresses,
      onFrame: receive,
      onState: follow,
    });
  };
  const wake = (): void => {
    sessions.wake();
    connection?.wake();
  };

  const ends = [
    sessions.session.subscribe(play),
    onWake(wake),
    onStorageChange((key) => {
      if (key === null || key === `${name}.session`) sessions.reread();
      if (key === null || key.startsWith(prefix)) outbox.storageChanged();
    }),
  ];
  play();

  const wallet = readWallet(topics, player, onError);
  const lobbies = new Map<string, Readable<LobbyState>>();
  const bets = new Map<string, Readable<BetsState>>();
  // Nobody shall find another player's.
  player.subscribe(() => bets.clear());
  const reservationAnswers = createListeners<ReservationBody>(onError);
  outbox.onOutcome(({ outcome }) => {
    if (outcome.ok && outcome.frame.type === "NUMBERS_RESERVED")
      reservationAnswers.tell(outcome.frame.reservation);
  });
  const reservationCommands = createReservationCommands({
    ...common,
    rest,
    keep,
    prefix: `${name}.reservation.`,
    player,
    makeKey,
    onAnswer: reservationAnswers.tell,
  });
  const reading = {
    ...common,
    topics,
    rest,
    outbox,
    player,
    connection: state,
    serverNowMs: serverNow,
    onAnswer: reservationAnswers.add,
  };
  const raffles = new Map<string, Raffle>();
  const raffle = (raffleId: string): Raffle =>
    remembered(raffles, raffleId, () => readRaffle(reading, raffleId));
  const reservations = new Map<string, Readable<ReservationState | null>>();
  player.subscribe(() => reservations.clear());

  return {
    ...rest,
    session: sessions.session,
    join: sessions.join,
    register: sessions.register,
    login: sessions.login,
    leave: ({ abandon = false } = {}) => {
      const unanswered = outbox.unanswered.get();
      if (unanswered.length > 0 && !abandon) return unanswered;
      outbox.abandonAll();
      sessions.end("left");
      return unanswered;
    },
    signOutElsewhere: sessions.refreshAlone,
    changePassword: sessions.changePassword,
    onSessionEnd: sessions.onEnd,
    connection: state,
    wake,
    serverNowMs: serverNow,
    lobby: (lobbyId) => remembered(lobbies, lobbyId, () => readLobby(topics, lobbyId, onError)),
    wallet,
    bets: (raceId) => remembered(bets, raceId, () => readBets(reading, raceId)),
    raffle: (raffleId) => raffle(raffleId).state,
    reservation: (raffleId) =>
      remembered(reservations, raffleId, () =>
        readReservation(reading, raffleId, raffle(raffleId)),
      ),
    run: (lobbyId) => followRun(topics, lobbyId, timers.elapsedMs),
    watch: (topic, listener, { after, onRefused } = {}) =>
      topics.watch(
        topic,
        {
          frame: ({ frame }) => listener(frame),
          ...(onRefused === undefined ? {} : { refused: onRefused }),
        },
        after,
      ).close,
    frames: (topic, { after = null }: { readonly after?: number | null } = {}) =>
      topicStream(topics, topic, after),
    placeBet: ({ lobbyId, raceId, market, selection, stake }) =>
      outbox.submit({
        type: "PLACE_BET",
        lobby_id: lobbyId ?? sessions.session.get()?.lobbyId ?? undefined,
        race_id: raceId,
        market,
        selection,
        stake,
      }) as Promise<Outcome<CommandAnswer<"PLACE_BET">>>,
    cancelBet: (betId) =>
      outbox.submit({ type: "CANCEL_BET", bet_id: betId }) as Promise<
        Outcome<CommandAnswer<"CANCEL_BET">>
      >,
    castPower: ({ lobbyId, raceId, power, target }) =>
      outbox.submit({
        type: "CAST_POWER",
        lobby_id: lobbyId ?? sessions.session.get()?.lobbyId ?? undefined,
        race_id: raceId,
        power,
        target,
      }) as Promise<Outcome<CommandAnswer<"CAST_POWER">>>,
    reserve: async ({ numbers, raffleId }) => {
      const outcome = (await outbox.submit({
        type: "RESERVE_NUMBERS",
        raffle_id: raffleId,
        number_ids: numbers.map(String),
      })) as Outcome<CommandAnswer<"RESERVE_NUMBERS">>;
      if (!outcome.ok) return outcome;
      return { ok: true, key: outcome.key, reservation: outcome.frame.reservation };
    },
    ...reservationCommands.commands,
    unanswered: outbox.unanswered,
    onOutcome: outbox.onOutcome,
    onLatency: outbox.onLatency,
    onWarning: warnings.add,
    makeKey,
    base: {
      ...common,
      url,
      onFrame: frames.add,
      onClose: (end) => void ends.push(end),
    },
    close: () => {
      for (const end of ends) end();
      disconnect({ kind: "idle" });
      outbox.close();
      reservationCommands.close();
      topics.close();
      sessions.close();
    },
  };
}

/** The value of a key, made when it is first asked for; the oldest make room. */
function remembered<Value>(values: Map<string, Value>, key: string, make: () => Value): Value {
  const known = values.get(key);
  if (known !== undefined) return known;
  const made = make();
  values.set(key, made);
  const [oldest] = values.keys();
  if (values.size > MAX_REMEMBERED && oldest !== undefined) values.delete(oldest);
  return made;
}
