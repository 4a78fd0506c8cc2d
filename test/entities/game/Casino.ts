/**
 * A whole game in memory: wallets and a lobby on one journal, on a clock that the test moves. `crash` is kill -9: of the
 * process that was, nothing happens any more, and another begins with what the journal has.
 */
import { expect } from "vitest";
import { cancelBet, placeBet } from "../../../entities/lobby/bet.ts";
import { castPower } from "../../../entities/lobby/castPower.ts";
import { lobby } from "../../../entities/lobby/entity.ts";
import { wallet } from "../../../entities/wallet/entity.ts";
import type { CastPowerBody, PlaceBetBody } from "../../../rpc/frames.ts";
import { BetId, CommandId, LobbyId, PlayerId } from "../../../rpc/id.ts";
import { Lobby, type LobbySettings, type LobbyView } from "../../../rpc/lobby.ts";
import { minor } from "../../../rpc/money.ts";
import { Wallet } from "../../../rpc/wallet.ts";
import type { Ask } from "../../../src/actor/Ask.ts";
import type { EntityKey } from "../../../src/actor/Journal.ts";
import type { TopicHub } from "../../../src/actor/TopicHub.ts";
import { MemoryJournal } from "../../../src/actor/MemoryJournal.ts";
import { audit } from "../../../src/audit/Audit.ts";
import { ManualClock } from "../../support/ManualClock.ts";
import { memoryBooks } from "../../support/MemoryBooks.ts";
import { type Death, Life } from "../../support/Life.ts";
import { seed, SETTINGS } from "../lobby/desk.ts";

export const LOBBY = LobbyId.make("derby");
export const GRANT = 100_000;
/** Waiting for a phase: at least so long at a time, at most so often. */
const WAIT_MS = 100;
const MAX_WAITS = 100;

export class Casino {
  readonly journal = new MemoryJournal();
  readonly clock = new ManualClock();
  readonly players: ReadonlyArray<PlayerId>;
  #life: Life;
  #random = 0;
  #acts = 0;

  private constructor(players: ReadonlyArray<string>) {
    this.players = players.map((player) => PlayerId.make(player));
    this.#life = this.#begin();
  }

  /** Players with their joining grant, and a lobby whose first race takes bets. */
  static async open(
    players: ReadonlyArray<string>,
    settings: Partial<LobbySettings> = {},
  ): Promise<Casino> {
    const casino = new Casino(players);
    for (const player of casino.players)
      void casino.ask(Wallet, "Open", {
        entityId: player,
        commandId: CommandId.make("open"),
        grantMinor: minor(GRANT),
      });
    void casino.ask(Lobby, "Create", {
      entityId: LOBBY,
      commandId: CommandId.make("create"),
      name: "Derby",
      settings: { ...SETTINGS, racingMs: 2_000, resultsMs: 3_600_000, ...settings },
    });
    await casino.pass(1);
    expect((await casino.view()).phase).toBe("betting");
    return casino;
  }

  get ask(): Ask {
    return this.#life.system.ask;
  }

  /** What the entities of the process that lives show. */
  get topics(): TopicHub {
    return this.#life.system.topics;
  }

  get isDead(): boolean {
    return this.#life.isOver;
  }

  /** From now on, the n-th commit is the process's last moment. */
  dieAt({ commit, written }: Death): void {
    this.#life.death = { commit: this.#life.commits + commit, written };
  }

  /** Whether it died. If so another process begins; if not, it is spared from now on. */
  goOn(): boolean {
    const died = this.#life.isOver;
    if (died) this.restart();
    this.#life.death = undefined;
    return died;
  }

  /** Kills the process if it lives, and starts another. */
  restart(): void {
    this.#life.isOver = true;
    this.#life = this.#begin();
  }

  #begin(): Life {
    return new Life({
      actors: [wallet, lobby],
      journal: this.journal,
      clock: this.clock,
      hex: () => seed(++this.#random),
    });
  }

  async pass(ms: number): Promise<void> {
    await this.clock.advance(ms);
    await this.clock.settled();
  }

  bet(player: string, key: string, body: PlaceBetBody) {
    return this.settle(placeBet(this.ask, this.#intent(player, key), LOBBY, body));
  }

  cancel(player: string, key: string, betId: string) {
    return this.settle(cancelBet(this.ask, this.#intent(player, key), BetId.make(betId)));
  }

  cast(player: string, key: string, body: CastPowerBody) {
    return this.settle(castPower(this.ask, this.#intent(player, key), LOBBY, body));
  }

  /** What a promise comes to without time passing; undefined when its process died first. */
  async settle<A>(promise: Promise<A>): Promise<A | undefined> {
    let value: A | undefined;
    void promise.then((settled) => (value = settled));
    await this.clock.settled();
    return value;
  }

  /** The house freezes a player's wallet, or thaws it. */
  async setFrozen(player: string, tag: "Freeze" | "Unfreeze"): Promise<void> {
    const commandId = CommandId.make(`${tag}:${++this.#acts}`);
    const done = await this.settle(
      this.ask(Wallet, tag, { entityId: player, commandId, reason: "a test" }),
    );
    expect(done?.ok).toBe(true);
  }

  async stop(): Promise<void> {
    const stop = { entityId: LOBBY, commandId: CommandId.make("stop") };
    await this.settle(this.ask(Lobby, "Stop", stop));
  }

  #intent(player: string, key: string) {
    return { playerId: PlayerId.make(player), key, requestId: "r" };
  }

  async wallet(player: string) {
    const read = await this.settle(this.ask(Wallet, "GetWallet", { entityId: player }));
    if (read?.ok !== true) throw new Error(`the wallet of ${player} does not answer`);
    return read.value;
  }

  async view(): Promise<LobbyView> {
    const read = await this.settle(this.ask(Lobby, "GetLobby", { entityId: LOBBY }));
    if (read?.ok !== true) throw new Error("the lobby does not answer");
    return read.value;
  }

  /** Lets time pass until the lobby is in this phase. */
  async until(phase: LobbyView["phase"]): Promise<void> {
    for (let i = 0; i < MAX_WAITS; i++) {
      const view = await this.view();
      if (view.phase === phase) return;
      await this.pass(Math.max(WAIT_MS, (view.phaseEndsAt ?? 0) - this.clock.now()));
    }
    throw new Error(`the lobby does not come to phase ${phase}`);
  }

  async expectClean(): Promise<void> {
    const keys: ReadonlyArray<EntityKey> = [
      { kind: "lobby", entityId: LOBBY },
      ...this.players.map((entityId) => ({ kind: "wallet", entityId })),
    ];
    const report = await audit(memoryBooks(this.journal, keys));
    expect(report.findings).toEqual([]);
  }

  /** After the race: the books agree and nobody's money is held. */
  async expectNothingHeld(): Promise<void> {
    await this.expectClean();
    for (const player of this.players) {
      const { balance, openHolds } = await this.wallet(player);
      expect(openHolds).toEqual([]);
      expect(balance.lockedMinor).toBe(0);
    }
  }

  betsOf(status: string): ReadonlyArray<unknown> {
    return [...(this.journal.tables.get("bet")?.values() ?? [])].filter(
      (row) => row["status"] === status,
    );
  }
}
