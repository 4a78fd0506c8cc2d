/**
 * One player, as a game would play: on the SDK, joined as a guest. Bets while betting, casts powers while racing, changes
 * its mind. A bot without money goes home, and another guest takes its place.
 */
import type { Croupier, LobbyState, Outcome } from "../../sdk/src/index.ts";
import { createCroupier } from "../../sdk/src/index.ts";
import { openNodeSocket } from "../../sdk/src/node.ts";
import type { Tally } from "./Tally.ts";
import {
  chooseBet,
  choosePower,
  pauseMs,
  type Card,
  type Random,
  type Temperament,
} from "./Temperament.ts";

/** Below the least stake: nothing left to play with. */
const BROKE_MINOR = 100;
/** A patient person's: more unanswered requests and it waits. */
const MAX_WAITING = 4;
const JOIN_AGAIN_MS = 2_000;

export interface BotOptions {
  readonly url: string;
  readonly name: string;
  readonly temperament: Temperament;
  readonly random: Random;
  readonly tally: Tally;
}

export class Bot {
  readonly #options: BotOptions;
  readonly #croupier: Croupier;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  #raceId = "";
  /** Bets of this race that could be cancelled, and the runners it is for. */
  #bets: Array<string> = [];
  readonly #backed = new Set<number>();
  #ends: ReadonlyArray<() => void> = [];

  constructor(options: BotOptions) {
    this.#options = options;
    const { random, url } = options;
    this.#croupier = createCroupier({ url, random, storage: null, openSocket: openNodeSocket });
  }

  get connected() {
    return this.#croupier.connection.get().kind === "online";
  }

  /** Requests without an answer. */
  get waiting() {
    return this.#croupier.unanswered.get().length;
  }

  get balanceMinor() {
    return this.#croupier.wallet.get()?.total ?? 0;
  }

  start(): void {
    void this.#enter();
  }

  stop(): void {
    this.#isStopped = true;
    this.#goHome();
    this.#croupier.close();
  }

  async #enter() {
    const { name, tally } = this.#options;
    const joined = await this.#croupier.join({ displayName: name });
    if (this.#isStopped) return;
    if (!joined.ok) {
      tally.refused(joined.problem.code);
      this.#timer = setTimeout(() => this.start(), JOIN_AGAIN_MS);
      return;
    }
    const { connection, wallet } = this.#croupier;
    this.#ends = [
      // Followed as long as someone listens.
      this.#lobby().subscribe(() => undefined),
      wallet.subscribe(() => {
        if ((wallet.get()?.total ?? BROKE_MINOR) < BROKE_MINOR) this.#becomeAnother();
      }),
      connection.subscribe(() => {
        if (connection.get().kind === "waiting") tally.refused("offline");
      }),
    ];
    this.#schedule();
  }

  #lobby() {
    return this.#croupier.lobby(this.#croupier.session.get()?.lobbyId ?? "");
  }

  #goHome() {
    clearTimeout(this.#timer);
    for (const end of this.#ends) end();
    this.#ends = [];
  }

  #becomeAnother() {
    this.#goHome();
    this.#croupier.leave({ abandon: true });
    this.#enterRace("");
    this.start();
  }

  #schedule() {
    const { temperament, random } = this.#options;
    this.#timer = setTimeout(
      () => {
        this.#act();
        this.#schedule();
      },
      pauseMs(temperament, random),
    );
  }

  #act() {
    const state = this.#lobby().get();
    if (!this.connected || state.lobby === null || this.waiting >= MAX_WAITING) return;
    this.#enterRace(state.lobby.race_id);
    if (state.lobby.phase === "betting") this.#betOrCancel(cardOf(state));
    else if (state.lobby.phase === "racing") this.#cast(cardOf(state));
  }

  #enterRace(raceId: string) {
    if (raceId === this.#raceId) return;
    this.#raceId = raceId;
    this.#bets = [];
    this.#backed.clear();
  }

  #betOrCancel(card: Card) {
    const { temperament, random } = this.#options;
    const betId = random() < temperament.fickleness ? this.#bets.pop() : undefined;
    if (betId !== undefined) return void this.#tell("cancels", this.#croupier.cancelBet(betId));
    const bet = chooseBet(temperament, card, this.#available(), random);
    if (bet !== undefined) void this.#bet({ raceId: this.#raceId, ...bet });
  }

  async #bet(bet: Parameters<Croupier["placeBet"]>[0]) {
    const outcome = await this.#tell("bets", this.#croupier.placeBet(bet));
    if (!outcome.ok || bet.raceId !== this.#raceId) return;
    this.#bets.push(outcome.frame.bet_id);
    for (const runner of bet.selection) this.#backed.add(runner);
  }

  #cast(card: Card) {
    const { temperament, random } = this.#options;
    const means = { backed: this.#backed, availableMinor: this.#available() };
    const cast = choosePower(temperament, card, means, random);
    if (cast === undefined) return;
    void this.#tell("casts", this.#croupier.castPower({ raceId: this.#raceId, ...cast }));
  }

  #available() {
    return this.#croupier.wallet.get()?.available ?? 0;
  }

  async #tell<Answer>(what: "bets" | "cancels" | "casts", command: Promise<Outcome<Answer>>) {
    const askedAt = performance.now();
    const outcome = await command;
    const latencyMs = performance.now() - askedAt;
    if (outcome.ok) this.#options.tally.done(what, latencyMs);
    else this.#options.tally.refused(outcome.refusal.code, latencyMs);
    return outcome;
  }
}

const cardOf = ({ lobby }: LobbyState): Card => ({
  runners: (lobby?.runners ?? [])
    .filter(({ scratched }) => !scratched)
    .map(({ number }) => ({ number, odds: Number(lobby?.odds[number] ?? 0) })),
});
