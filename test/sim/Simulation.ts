/**
 * One run from one seed: players play races on a cluster in a storm; then the storm ends, and all that was begun has to come
 * to its end; then everything that is written is audited. What must hold at every moment is looked at on the way (`Bookkeeper`,
 * `Witness`, `Onlooker`, `Client`); here is what must hold in the end.
 */
import { HashMap } from "effect";
import { OFFER_STANDS_MS } from "../../entities/favor/decider.ts";
import type { FavorState } from "../../entities/favor/state.ts";
import type { LobbyState } from "../../entities/lobby/state.ts";
import { clearing } from "../../entities/ledger.ts";
import { isAllReturned, type RaffleState } from "../../entities/raffle/state.ts";
import type { ReservationState } from "../../entities/reservation/state.ts";
import { CHECK_HOLD_AFTER_MS } from "../../entities/wallet/decider.ts";
import type { WalletState } from "../../entities/wallet/state.ts";
import type { AnyDurableActor } from "../../src/actor/DurableActor.ts";
import type { Journal } from "../../src/actor/Journal.ts";
import type { MemoryJournal } from "../../src/actor/MemoryJournal.ts";
import { audit } from "../../src/audit/Audit.ts";
import { checkTickets } from "../chaos/Tickets.ts";
import { memoryBooks } from "../support/MemoryBooks.ts";
import { PROMISED, tuned } from "./Actors.ts";
import { Chance } from "./Chance.ts";
import { Client, type Offers } from "./Client.ts";
import { createLobby, openRaffle, rule, type RaffleAct, stopLobby } from "./Operator.ts";
import { LOBBIES, PLAYERS, RAFFLES } from "./Players.ts";
import { Storm } from "./Storm.ts";
import type { Wish } from "./Wish.ts";
import { World } from "./World.ts";

/** From the opening of a raffle to its draw: in the storm, or after it. */
const DRAW_FROM_MS = 3_500;
const DRAW_TO_MS = 14_000;
/** Some races. */
const STORM_FROM_MS = 6_000;
const STORM_TO_MS = 11_000;
/** Of runs: those that live through the minutes after which a hold is asked about; the others leap over them. */
const WAITING = 0.2;
/** After the storm: until every client has its answer and every lobby has begun another race. */
const RECOVERS_WITHIN_MS = 40_000;
/** From the time that something is due to the time that it is done, when nothing is in the way. */
const DONE_WITHIN_MS = 20_000;
/**
 * Until what is owed is paid: an attempt that began in the storm may take an ask's time, and its process then pauses for
 * half a minute. Less than the minute after which an idle copy is forgotten: nothing may hang on that.
 */
const PAID_WITHIN_MS = 45_000;
/** The longest that an ask may take by default, and the sweep that ends it. */
const ANSWERED_WITHIN_MS = 10_000 + 1_000;

/** Puts a fault into what runs, to see whether it is found. */
export interface Sabotage {
  readonly actors?: (actors: ReadonlyArray<AnyDurableActor>) => ReadonlyArray<AnyDurableActor>;
  readonly journal?: () => MemoryJournal;
  readonly session?: (session: Journal) => Journal;
}

export interface Verdict {
  readonly seed: number;
  /** Undefined when all was well. */
  readonly violation: string | undefined;
  /** Two runs of one seed have the same. */
  readonly hash: string;
  readonly steps: number;
  readonly entries: number;
  readonly answers: number;
  /** What the run met, counted by name. */
  readonly met: ReadonlyMap<string, number>;
  readonly lastSteps: ReadonlyArray<string>;
}

export const simulate = async (
  seed: number,
  sabotage: Sabotage = {},
  onNote?: (step: string) => void,
): Promise<Verdict> => {
  const run = new Simulation(seed, sabotage, onNote);
  try {
    await run.run();
  } catch (cause) {
    if (cause !== FOUND) throw cause;
  }
  return run.verdict();
};

const FOUND = Symbol("a violation was found");

class Simulation {
  readonly #seed: number;
  readonly #chance: Chance;
  readonly #world: World;
  readonly #clients: ReadonlyArray<Client>;
  /** The house: opens and ends lobbies and raffles. */
  readonly #operator: Client;

  constructor(
    seed: number,
    { actors, journal, session }: Sabotage,
    onNote: ((step: string) => void) | undefined,
  ) {
    this.#seed = seed;
    this.#chance = new Chance(seed, "run");
    const running = tuned(this.#chance);
    this.#world = new World({
      seed,
      actors: (providers) => actors?.(running(providers)) ?? running(providers),
      promised: PROMISED,
      ...(journal === undefined ? {} : { journal: journal() }),
      ...(session === undefined ? {} : { session }),
    });
    this.#world.trace.onNote = onNote;
    const offers: Offers = { ids: [] };
    const client = (playerId: (typeof PLAYERS)[number]) =>
      new Client(this.#world, playerId, new Chance(seed, `client ${playerId}`), offers);
    this.#clients = PLAYERS.map(client);
    this.#operator = client(PLAYERS[0] as (typeof PLAYERS)[number]);
    this.#world.bank.deliver = (wish) => void this.#operator.insist(wish);
  }

  async run(): Promise<void> {
    const world = this.#world;
    for (let i = this.#chance.int(2, 3); i > 0; i--) world.start();
    await this.#storm();
    world.heal();
    await this.#recover();
    await this.#conclude();
    await this.#audit();
  }

  verdict(): Verdict {
    const { books, met, trace, violation, witness } = this.#world;
    return {
      seed: this.#seed,
      violation,
      hash: trace.hash,
      steps: trace.count,
      entries: books.journal.length,
      answers: witness.answers,
      met,
      lastSteps: trace.lastSteps(),
    };
  }

  async #storm(): Promise<void> {
    const world = this.#world;
    const endsAt = this.#chance.between(STORM_FROM_MS, STORM_TO_MS);
    const goesOn = () => world.scheduler.now < endsAt;
    this.#playing = Promise.all([
      this.#inTurn(LOBBIES.map((lobbyId) => createLobby(lobbyId))),
      ...RAFFLES.map((raffleId) => this.#inTurn(this.#opening(raffleId))),
      this.#meddle(endsAt),
      ...this.#clients.map((client) => client.play(goesOn)),
    ]);
    for (const client of this.#clients) void client.look(() => !this.#isConcluded);
    void new Storm(world, new Chance(this.#seed, "storm")).rage(goesOn);
    await this.#until(() => false, endsAt);
  }

  #inTurn(wishes: ReadonlyArray<Wish>): Promise<unknown> {
    return wishes.reduce<Promise<unknown>>(
      (before, wish) => before.then(() => this.#operator.insist(wish)),
      Promise.resolve(),
    );
  }

  #opening(raffleId: (typeof RAFFLES)[number]): ReadonlyArray<Wish> {
    const chance = this.#chance;
    const drawAt = this.#world.wall + Math.floor(chance.between(DRAW_FROM_MS, DRAW_TO_MS));
    return openRaffle(raffleId, chance.pick([null, ...PLAYERS]), drawAt, chance);
  }

  /** In most runs the house does something about a raffle, in the middle of it all. */
  async #meddle(until: number): Promise<void> {
    const { clientLane, scheduler } = this.#world;
    const acts = this.#chance.pick<ReadonlyArray<RaffleAct>>([
      [],
      [],
      ["Suspend", "Resume"],
      ["Close"],
      ["Cancel"],
      ["Cancel"],
    ]);
    for (const act of acts) {
      await scheduler.sleep(clientLane, this.#chance.between(1000, until));
      await this.#operator.insist(rule(this.#chance.pick(RAFFLES), act, "meddling"));
    }
  }

  #playing: Promise<unknown> = Promise.resolve();
  /** Nobody looks any more. */
  #isConcluded = false;

  /** Every client gets its answer, and races go on. */
  async #recover(): Promise<void> {
    const { books, scheduler } = this.#world;
    let everyoneIsDone = false;
    void this.#playing.then(() => (everyoneIsDone = true));
    const racesBefore = new Map(LOBBIES.map((lobbyId) => [lobbyId, this.#raceOf(lobbyId)]));
    const isRecovered = () =>
      everyoneIsDone &&
      LOBBIES.every((lobbyId) => {
        const created = books.stateOf<LobbyState>("lobby", lobbyId)?.created ?? null;
        return created === null || this.#raceOf(lobbyId) > (racesBefore.get(lobbyId) ?? 0);
      });
    if (await this.#until(isRecovered, scheduler.now + RECOVERS_WITHIN_MS)) return this.#expire();
    for (const { playerId, waitsFor } of this.#clients)
      if (waitsFor !== undefined) this.#fail(`${playerId} still waits for ${waitsFor}`);
    this.#fail("after the storm a lobby begins no race");
  }

  /** Numbers that nobody has paid for in time are free again. */
  async #expire(): Promise<void> {
    const { books, scheduler } = this.#world;
    const overdue = () =>
      RAFFLES.flatMap((raffleId) => books.overdueClaims(raffleId, Number.POSITIVE_INFINITY));
    await this.#until(() => overdue().length === 0, scheduler.now + DONE_WITHIN_MS);
    for (const reservationId of overdue()) this.#fail(`${reservationId} never expires`);
  }

  #raceOf(lobbyId: string): number {
    return this.#world.books.stateOf<LobbyState>("lobby", lobbyId)?.race?.number ?? 0;
  }

  /** All that waits for a time gets it, and all that is owed is done. */
  async #conclude(): Promise<void> {
    const world = this.#world;
    const { scheduler } = world;
    let isStopped = false;
    void Promise.all([
      ...LOBBIES.map((lobbyId) => this.#operator.insist(stopLobby(lobbyId))),
      // What can be drawn is drawn now, or is not to be; what cannot be is called off.
      ...RAFFLES.map((raffleId) => {
        const acts: ReadonlyArray<RaffleAct> = this.#chance.pick([["Draw", "Cancel"], ["Cancel"]]);
        return this.#inTurn(acts.map((act) => rule(raffleId, act, "end")));
      }),
    ]).then(() => (isStopped = true));
    await this.#until(() => isStopped, scheduler.now + DONE_WITHIN_MS);
    if (!isStopped) this.#fail("a lobby or a raffle cannot be ended");
    // What is owed is paid, by whoever finds it owed: nobody waits for a copy to be forgotten.
    await this.#until(() => this.#owed() === undefined, scheduler.now + PAID_WITHIN_MS);
    const owed = this.#owed();
    if (owed !== undefined) this.#fail(`still owed: ${owed}`);
    this.#isConcluded = true;
    // Holds that nobody stands behind are asked about.
    if (this.#chance.happens(WAITING))
      await this.#until(() => false, scheduler.now + CHECK_HOLD_AFTER_MS);
    else world.leap(CHECK_HOLD_AFTER_MS);
    await this.#until(() => this.#unsettled(false) === undefined, scheduler.now + DONE_WITHIN_MS);
    const unsettled = this.#unsettled(false);
    if (unsettled !== undefined) this.#fail(`still not done: ${unsettled}`);
    // Offers that nobody has answered lapse.
    world.leap(OFFER_STANDS_MS);
    await this.#until(() => this.#unsettled(true) === undefined, scheduler.now + DONE_WITHIN_MS);
    const open = this.#unsettled(true);
    if (open !== undefined) this.#fail(`still not done: ${open}`);
    const answeredBy = scheduler.now + ANSWERED_WITHIN_MS;
    await this.#until(() => world.witness.unanswered(0).length === 0, answeredBy);
    for (const what of world.witness.unanswered(0)) this.#fail(`never answered: ${what}`);
    await this.#touchAll();
    const isShown = () => world.living.every((runner) => runner.onlooker.behind().length === 0);
    await this.#until(isShown, scheduler.now + DONE_WITHIN_MS);
    for (const { onlooker } of world.living)
      for (const sentence of onlooker.behind()) this.#fail(sentence);
  }

  /**
   * Gives each entity that is watched one more command. A copy that another wrote behind, in its last moments as the owner,
   * does not know it and shows what it has read, until its own next commit meets the fence.
   */
  async #touchAll(): Promise<void> {
    const { scheduler } = this.#world;
    let isDone = false;
    const wishes = [
      ...this.#clients.map((client) => client.deposit()),
      ...LOBBIES.map((lobbyId) => stopLobby(lobbyId, "stop-again")),
      ...RAFFLES.map((raffleId) => rule(raffleId, "Draw", "again")),
    ];
    void Promise.all(wishes.map((wish) => this.#operator.insist(wish))).then(() => (isDone = true));
    await this.#until(() => isDone, scheduler.now + DONE_WITHIN_MS);
    if (!isDone) this.#fail("a last command has no answer");
  }

  /** Work that an entity has to do for others; undefined when there is none. */
  #owed(): string | undefined {
    const { books } = this.#world;
    for (const [favorId, { favor: offered }] of books.statesOf<FavorState>("favor"))
      if (offered !== null && offered.work !== null)
        return `${offered.work.step} of favor ${favorId}`;
    for (const [lobbyId, { debts, phase }] of books.statesOf<LobbyState>("lobby"))
      if (phase !== "lobby" || !HashMap.isEmpty(debts)) return `lobby ${lobbyId}, ${phase}`;
    for (const [playerId, { transfers }] of books.statesOf<WalletState>("wallet"))
      if (!HashMap.isEmpty(transfers)) return `a transfer of ${playerId}`;
    for (const [raffleId, state] of books.statesOf<RaffleState>("raffle")) {
      const { about } = state;
      if (about === null) continue;
      const isDone =
        about.status === "completed"
          ? about.drawn?.isPaidOut === true
          : about.status === "cancelled" && isAllReturned(state);
      if (!isDone) return `raffle ${raffleId}, ${about.status}`;
    }
    for (const [id, state] of books.statesOf<ReservationState>("reservation")) {
      const { checkout, isFreeing, payments, phase } = state;
      for (const { isDue, lookAt, paymentId, status } of payments)
        if (isDue || lookAt !== null) return `payment ${paymentId} of ${id}, ${status}`;
      if (isFreeing || (checkout !== null && phase === "checkout")) return `reservation ${id}`;
    }
    return undefined;
  }

  /** Something that has not come to its end; undefined when all has. */
  #unsettled(offersLapse: boolean): string | undefined {
    const { books } = this.#world;
    const owed = this.#owed();
    if (owed !== undefined) return owed;
    const standing = new Set<string>();
    for (const [favorId, { favor: offered }] of books.statesOf<FavorState>("favor")) {
      if (offered?.view.status !== "offered") continue;
      if (offersLapse) return `the offer ${favorId}`;
      standing.add(favorId);
    }
    for (const [playerId, { doubted, holds }] of books.statesOf<WalletState>("wallet")) {
      for (const holdId of HashMap.keys(holds))
        if (!standing.has(holdId)) return `hold ${holdId} of ${playerId}`;
      if (doubted > 0) return `a doubt of ${playerId}`;
    }
    return undefined;
  }

  async #audit(): Promise<void> {
    const { bank, books, store } = this.#world;
    checkTickets(books.journal, ({ promise, sentence, subject }) =>
      this.#fail(`${promise}: ${subject}: ${sentence}`),
    );
    const owed = books.balanceOf(clearing("sandbox_card")) + bank.netMinor;
    if (owed !== 0) this.#fail(`the bank's books and the house's differ by ${owed}`);
    const { findings } = await audit(memoryBooks(store.journal, books.keys));
    for (const { entity, sentence } of findings) this.#fail(`audit: ${entity}: ${sentence}`);
  }

  /** Lets things happen until `isDone` or the time has come, and answers which. */
  async #until(isDone: () => boolean, limitMs: number): Promise<boolean> {
    const world = this.#world;
    const done = await world.scheduler.run(
      () => world.violation !== undefined || isDone(),
      limitMs,
    );
    if (world.violation !== undefined) throw FOUND;
    return done;
  }

  #fail(sentence: string): never {
    this.#world.fail(sentence);
    throw FOUND;
  }
}
