/** A database in which games were played: races settled and open, bets of every fate, a transfer, the house's acts, snapshots. */
import { setImmediate as turn } from "node:timers/promises";
import pg from "pg";
import { cancelBet, placeBet } from "../../entities/lobby/bet.ts";
import { castPower } from "../../entities/lobby/castPower.ts";
import { favor } from "../../entities/favor/entity.ts";
import { lobby } from "../../entities/lobby/entity.ts";
import { raffle } from "../../entities/raffle/entity.ts";
import { reservation } from "../../entities/reservation/entity.ts";
import { wallet } from "../../entities/wallet/entity.ts";
import type { PlaceBetBody } from "../../rpc/frames.ts";
import { Account, BetId, CommandId, HoldId, LobbyId, PlayerId } from "../../rpc/id.ts";
import { Favor } from "../../rpc/favor.ts";
import { Lobby, type LobbySettings } from "../../rpc/lobby.ts";
import { minor } from "../../rpc/money.ts";
import type { ProviderName } from "../../rpc/payment.ts";
import { Wallet } from "../../rpc/wallet.ts";
import { ActorSystem } from "../../src/actor/ActorSystem.ts";
import { systemClock, systemEntropy } from "../../src/actor/Clock.ts";
import { PgJournal } from "../../src/actor/PgJournal.ts";
import { audit, type Report } from "../../src/audit/Audit.ts";
import { withBooks } from "../../src/audit/PgBooks.ts";
import { WalletProvider } from "../../src/payments/WalletProvider.ts";
import { SETTINGS } from "../entities/lobby/desk.ts";
import { onFrame } from "../support/onFrame.ts";
import { quietMetrics } from "../support/quietMetrics.ts";
import { signal } from "../support/Signal.ts";
import { Card } from "./Card.ts";
import { paymentOf, Stall } from "./Stall.ts";
import { PATIENCE_MS } from "../support/patience.ts";

const HOUR_MS = 3_600_000;
const GRANT = 100_000;
/** More than the entries after which a wallet is snapshotted. */
const DEPOSITS = 210;
const QUICK: LobbySettings = {
  ...SETTINGS,
  bettingMs: 2_000,
  racingMs: 2_000,
  resultsMs: 3_600_000,
};
const SLOW: LobbySettings = { ...SETTINGS, bettingMs: 3_600_000 };

/** One audit, on a connection of its own. */
export const auditOf = async (url: string): Promise<Report> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await withBooks(client, audit);
  } finally {
    await client.end();
  }
};

/** A process that plays on the database at `url`. */
export class Played {
  readonly system: ActorSystem;
  readonly card = new Card();
  readonly stall = new Stall(() => this.system.ask);
  readonly #journal: PgJournal;
  readonly #pool: pg.Pool;
  #keys = 0;

  constructor(url: string) {
    this.#pool = new pg.Pool({ connectionString: url });
    const inWallet = new WalletProvider((...said) => this.system.ask(...said));
    const providers = {
      of: (name: ProviderName) => (name === "wallet" ? inWallet : this.card),
    };
    const noBeacon = { round: () => Promise.resolve(undefined) };
    const actors = [wallet, lobby, favor, raffle(noBeacon), reservation(providers)];
    const projections = [...new Set(actors.flatMap((actor) => actor.projections))];
    this.#journal = new PgJournal({ url, pool: this.#pool, projections, log: () => {} });
    this.system = new ActorSystem({
      actors,
      journal: this.#journal,
      clock: systemClock,
      entropy: systemEntropy,
      metrics: quietMetrics,
      log: () => {},
    });
  }

  async close(): Promise<void> {
    await this.system.shutdown();
    await this.#journal.close();
    await this.#pool.end();
  }

  async join(...players: ReadonlyArray<string>): Promise<void> {
    for (const player of players)
      await must(
        this.system.ask(Wallet, "Open", {
          entityId: player,
          commandId: CommandId.make("open"),
          grantMinor: minor(GRANT),
        }),
      );
  }

  async create(lobbyId: string, settings: LobbySettings): Promise<void> {
    const opened = this.#frame(lobbyId, "RACE_STATE_CHANGED");
    await must(
      this.system.ask(Lobby, "Create", {
        entityId: lobbyId,
        commandId: CommandId.make("create"),
        name: lobbyId,
        settings,
      }),
    );
    await opened;
  }

  async bet(player: string, lobbyId: string, body: PlaceBetBody): Promise<string> {
    const placed = await must(
      placeBet(this.system.ask, this.#intent(player), LobbyId.make(lobbyId), body),
    );
    return placed.bet_id;
  }

  cancel(player: string, betId: string) {
    return must(cancelBet(this.system.ask, this.#intent(player), BetId.make(betId)));
  }

  /** Plays a race to its end in lobby `derby`, leaves bets open in lobby `later`. */
  async everything(): Promise<void> {
    const win = (selection: number, stake: number) =>
      ({ market: "win", selection: [selection], stake }) as const;
    await this.join("ada", "bob", "cyd");
    await this.create("later", SLOW);
    await this.bet("ada", "later", win(3, 4_321));
    await this.cancel("bob", await this.bet("bob", "later", win(4, 1_010)));
    const deposits = Array.from({ length: DEPOSITS }, (_, i) =>
      must(
        this.system.ask(Wallet, "Deposit", {
          entityId: "cyd",
          commandId: CommandId.make(`d${i}`),
          amountMinor: minor(1),
          account: Account.make("provider:card:clearing"),
          ref: `d${i}`,
        }),
      ),
    );
    await Promise.all(deposits);
    await must(
      this.system.ask(Wallet, "Transfer", {
        entityId: "cyd",
        commandId: CommandId.make("t1"),
        to: PlayerId.make("bob"),
        amountMinor: minor(77),
        ref: "rent",
      }),
    );
    for (const [key, amountMinor] of [
      ["gift", 55],
      ["fine", -66],
    ] as const)
      await must(this.system.ask(Wallet, "Adjust", { ...houseAct("cyd", key), amountMinor }));
    await must(this.system.ask(Wallet, "Freeze", houseAct("bob", "doubt")));
    await must(this.system.ask(Wallet, "Unfreeze", houseAct("bob", "trust")));
    await this.#offer("standing");
    await this.#offer("lent");
    await must(
      this.system.ask(Favor, "Accept", {
        entityId: "lent",
        commandId: CommandId.make("accept"),
        playerId: PlayerId.make("ada"),
      }),
    );
    const settled = this.#frame("derby", "RACE_SETTLED");
    await this.create("derby", QUICK);
    const racing = this.#frame("derby", "RACE_STATE_CHANGED");
    // At once: betting ends when it ends.
    await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8].flatMap((runner) =>
        ["ada", "bob"].map((player) => this.bet(player, "derby", win(runner, 100 * runner))),
      ),
    );
    await racing;
    const boost = { power: "pwr_boost_01", target: 3 };
    await must(castPower(this.system.ask, this.#intent("cyd"), LobbyId.make("derby"), boost));
    await settled;
  }

  /** Raffles of every fate: `drawn`, called `off` and paid back, `slow` to be paid back, and still `on`. */
  async raffles(): Promise<void> {
    const { card, stall } = this;
    await this.join("ada", "bob", "cyd", "org");
    const drawAt = systemClock.now() + HOUR_MS;
    for (const raffleId of ["drawn", "off", "slow", "on"]) await stall.open(raffleId, drawAt);
    const buy = async (raffleId: string, player: string, ...numbers: ReadonlyArray<number>) => {
      await stall.choose(raffleId, player, ...numbers);
      const provider = player === "ada" ? "wallet" : "sandbox_card";
      await stall.pay(raffleId, player, provider);
      const sees = async () => (await stall.reservation(raffleId, player)).phase === "sold";
      if (provider === "sandbox_card") {
        const isPlaced = async () =>
          (await stall.reservation(raffleId, player)).payments[0]?.status === "pending";
        await until(`the payment of ${player} is placed`, isPlaced);
        card.pay(paymentOf(raffleId, player));
        await stall.hear(raffleId, player, "succeeded");
      }
      await until(`${player} has bought in ${raffleId}`, sees);
    };
    for (const raffleId of ["drawn", "off"]) {
      await buy(raffleId, "ada", 1, 2);
      await buy(raffleId, "bob", 3);
      await stall.reserve(raffleId, "cyd", 4);
    }
    await buy("slow", "bob", 7);
    await buy("on", "ada", 1, 2);
    await stall.choose("on", "bob", 4, 5);
    await stall.pay("on", "bob", "sandbox_card");
    await stall.reserve("on", "cyd", 9);
    await stall.free("off", "cyd");
    await stall.draw("drawn");
    await stall.cancel("off");
    const phaseOf = async (raffleId: string, player: string) => {
      const { payments, phase } = await stall.reservation(raffleId, player);
      return `${phase} ${payments.at(-1)?.status}`;
    };
    for (const player of ["ada", "bob"])
      await until(
        `${player} has the money back`,
        async () => (await phaseOf("off", player)) === "refunded refunded",
      );
    card.refunds = "pending";
    await stall.cancel("slow");
    await until(
      "bob waits for the money",
      async () => (await phaseOf("slow", "bob")) === "refunded refunding",
    );
    for (const raffleId of ["drawn", "off", "slow"])
      await until(`${raffleId} is settled`, async () => (await stall.raffle(raffleId)).isSettled);
  }

  /** A loan of 6.40 from bob to ada. */
  async #offer(favorId: string): Promise<void> {
    const [lenderId, borrowerId] = [PlayerId.make("bob"), PlayerId.make("ada")];
    const amountMinor = minor(640);
    await must(
      this.system.ask(Wallet, "Hold", {
        entityId: lenderId,
        commandId: CommandId.make(`hold:${favorId}`),
        holdId: HoldId.make(favorId),
        amountMinor,
        purpose: "favor",
        ref: favorId,
        owner: { kind: Favor.kind, entityId: favorId },
      }),
    );
    await must(
      this.system.ask(Favor, "Offer", {
        entityId: favorId,
        commandId: CommandId.make("offer"),
        lenderId,
        borrowerId,
        amountMinor,
        repayMinor: minor(700),
        dueInMs: 3_600_000,
      }),
    );
  }

  #intent(player: string) {
    return { playerId: PlayerId.make(player), key: `k${++this.#keys}`, requestId: "r" };
  }

  /** Resolves at the next frame of this type. */
  #frame(lobbyId: string, type: string): Promise<void> {
    const seen = signal(`${type} of lobby ${lobbyId}`);
    this.system.topics.watch(
      `lobby:${lobbyId}`,
      onFrame(({ text }) => {
        if (text.includes(`"${type}"`)) seen.fire();
      }),
    );
    return seen.fired();
  }
}

/** Asks again and again until it is so, leaving the entities their turns. */
const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not in time: ${what}`);
    await turn();
  }
};

const houseAct = (entityId: string, key: string) => ({
  entityId,
  commandId: CommandId.make(key),
  reason: `for ${key}`,
});

const must = async <A>(
  outcome: Promise<
    { readonly ok: true; readonly value: A } | { readonly ok: false; readonly error: unknown }
  >,
): Promise<A> => {
  const settled = await outcome;
  if (settled.ok) return settled.value;
  throw new Error(`refused: ${JSON.stringify(settled.error)}`);
};
