/**
 * Someone who plays over a bad line and reloads the page again and again. Keeps its own books of everything that was
 * ordered and of every outcome that was told, over all its lives.
 */
import { createCroupier, isLive, lobbyTopic, raffleTopic } from "../../../sdk/src/index.ts";
import type {
  Command,
  Croupier,
  CroupierOptions,
  OpenSocket,
  Outcome,
  ReservationOutcome,
  StorageLike,
  Warning,
} from "../../../sdk/src/index.ts";
import type { Chance } from "./Chance.ts";

/** Short, so that what is lost is noticed a thousand times within the test. */
const TIMING: NonNullable<CroupierOptions["timing"]> = {
  connectTimeoutMs: 1_000,
  silenceMs: 800,
  probeMs: 200,
  answerTimeoutMs: 250,
  backoffBaseMs: 10,
  backoffCapMs: 200,
};
/** Enough that some are always under way, few enough that the table is not won by patience. */
const MAX_UNANSWERED = 8;
/** Of what is ordered. */
const RAFFLE_SHARE = 0.25;
const POWERS = ["pwr_boost_01", "pwr_oil_01", "pwr_stero_turbo"];

export interface PlayerOptions {
  readonly url: string;
  readonly name: string;
  /** The lobbies that are watched and played in. */
  readonly lobbyIds: readonly string[];
  /** Where numbers are reserved, changed and let go. */
  readonly raffleId: string;
  readonly storage: StorageLike;
  readonly openSocket: OpenSocket;
  readonly chance: Chance;
  /** Shared by the tabs of one player, for what one has ordered may be told in the other. */
  readonly books: Books;
}

export class Books {
  /** What was ordered, by key. */
  readonly ordered = new Map<string, Command>();
  /** What was told to `onOutcome`, by key. */
  readonly told = new Map<string, Outcome[]>();

  /** Orders that no outcome has been told of. */
  get untold(): readonly string[] {
    return [...this.ordered.keys()].filter((key) => !this.told.has(key));
  }
}

export class RestlessPlayer {
  client: Croupier;
  lives = 0;
  readonly books: Books;
  /** How often a promise came out otherwise than `onOutcome` told. */
  readonly contradictions: string[] = [];
  /** Frames that came twice, out of order, or after a gap. */
  readonly disorders: string[] = [];
  readonly warnings: Warning[] = [];
  /** Outcomes of what was ordered about reservations. */
  readonly changes: ReservationOutcome[] = [];
  inherited = 0;
  latencies = 0;
  readonly #options: PlayerOptions;
  #keys = 0;

  constructor(options: PlayerOptions) {
    this.#options = options;
    this.books = options.books;
    this.client = this.#live();
  }

  get playerId(): string {
    return this.client.session.get()?.playerId ?? "";
  }

  /** The page is gone with all that was in its memory, and another one opens on the same storage. */
  reload(): void {
    this.client.close();
    this.client = this.#live();
  }

  /** Orders something that can be done just now. */
  act(): void {
    const { chance } = this.#options;
    if (chance.next() < RAFFLE_SHARE) return this.#raffle();
    const lobbyId = chance.pick(this.#options.lobbyIds) ?? "";
    const { lobby } = this.client.lobby(lobbyId).get();
    if (lobby === null || this.client.unanswered.get().length >= MAX_UNANSWERED) return;
    const target = chance.between(1, lobby.runners.length);
    const raceId = lobby.race_id;
    const mine = [...this.books.told.values()].flatMap(([outcome]) =>
      outcome?.ok === true && outcome.frame.type === "BET_PLACED" ? [outcome.frame] : [],
    );
    const bet = chance.pick(mine.filter((placed) => placed.race_id === raceId));
    if (lobby.phase === "racing")
      return this.#order(
        this.client.castPower({ lobbyId, raceId, power: chance.pick(POWERS) ?? "", target }),
      );
    if (bet !== undefined && chance.next() < 0.5)
      return this.#order(this.client.cancelBet(bet.bet_id));
    const stake = chance.between(1, 10) * 100;
    this.#order(
      this.client.placeBet({ lobbyId, raceId, market: "win", selection: [target], stake }),
    );
  }

  #raffle(): void {
    const { chance, raffleId } = this.#options;
    const { client } = this;
    const total = client.raffle(raffleId).get().grid?.total;
    if (total === undefined || client.unanswered.get().length >= MAX_UNANSWERED) return;
    const mine = client.reservation(raffleId).get();
    const number = (): number => chance.between(0, total - 1);
    if (!isLive(mine))
      return this.#reserve(
        client.reserve({ raffleId, numbers: [...new Set([number(), number()])] }),
      );
    const { id: reservationId, numbers } = mine;
    const acts = [
      () => client.addNumber({ reservationId, number: number() }),
      () => client.removeNumber({ reservationId, number: chance.pick(numbers) ?? 0 }),
      () => client.moveToCheckout(reservationId),
      () => client.cancelReservation(reservationId),
    ];
    void chance
      .pick(acts)?.()
      .then((outcome) => this.changes.push(outcome));
  }

  #reserve(outcome: Promise<ReservationOutcome>): void {
    void outcome.then((settled) => {
      const [told] = this.books.told.get(settled.key) ?? [];
      const heard =
        told?.ok === true && told.frame.type === "NUMBERS_RESERVED"
          ? told.frame.reservation
          : told?.ok === false && told.refusal;
      const given = settled.ok ? settled.reservation : settled.refusal;
      if (JSON.stringify(heard) !== JSON.stringify(given)) this.contradictions.push(settled.key);
    });
  }

  #order(outcome: Promise<Outcome>): void {
    void outcome.then((settled) => {
      const [told] = this.books.told.get(settled.key) ?? [];
      if (JSON.stringify(told) !== JSON.stringify(settled)) this.contradictions.push(settled.key);
    });
  }

  #live(): Croupier {
    this.lives += 1;
    const { chance, lobbyIds, name, openSocket, raffleId, storage, url } = this.#options;
    const client = createCroupier({
      url,
      storage,
      openSocket,
      timing: TIMING,
      random: chance.next,
      makeKey: () => `${name}-${(this.#keys += 1)}`,
    });
    client.unanswered.subscribe(() => {
      for (const { command, key } of client.unanswered.get()) this.books.ordered.set(key, command);
    });
    client.onOutcome(({ isInherited, kept, outcome }) => {
      if (isInherited) this.inherited += 1;
      this.books.told.set(kept.key, [...(this.books.told.get(kept.key) ?? []), outcome]);
    });
    client.onLatency(() => (this.latencies += 1));
    client.onWarning((warning) => this.warnings.push(warning));
    client.wallet.subscribe(() => undefined);
    for (const lobbyId of lobbyIds) {
      client.lobby(lobbyId).subscribe(() => undefined);
      this.#watchOrder(client, lobbyTopic(lobbyId));
    }
    client.raffle(raffleId).subscribe(() => undefined);
    client.reservation(raffleId).subscribe(() => undefined);
    this.#watchOrder(client, raffleTopic(raffleId));
    return client;
  }

  /** Of one life: every version is the next one, or a later one in a snapshot. */
  #watchOrder(client: Croupier, topic: string): void {
    let version: number | undefined;
    client.watch(topic, (frame) => {
      if (!("state_version" in frame) || frame.state_version === undefined) return;
      const next = frame.state_version;
      const isRight =
        frame.type === "STATE_SYNC"
          ? next === version
          : frame.type === "STATE_SNAPSHOT" || frame.type === "RAFFLE_SNAPSHOT"
            ? next >= (version ?? 0)
            : next === (version ?? -1) + 1;
      if (!isRight) this.disorders.push(`${frame.type} ${next} after ${version}`);
      version = next;
    });
  }
}
