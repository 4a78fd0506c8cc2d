/** The audit of raffles in the middle of everything: at whichever commit a process dies, the books agree. */
import { describe, expect, it } from "vitest";
import { raffle } from "../../entities/raffle/entity.ts";
import { reservation } from "../../entities/reservation/entity.ts";
import { wallet } from "../../entities/wallet/entity.ts";
import { Account, CommandId, PlayerId } from "../../rpc/id.ts";
import { minor } from "../../rpc/money.ts";
import type { ProviderName } from "../../rpc/payment.ts";
import { MAX_BALANCE_MINOR, Wallet } from "../../rpc/wallet.ts";
import type { Ask } from "../../src/actor/Ask.ts";
import { MemoryJournal } from "../../src/actor/MemoryJournal.ts";
import { audit } from "../../src/audit/Audit.ts";
import { WalletProvider } from "../../src/payments/WalletProvider.ts";
import { type Death, Life } from "../support/Life.ts";
import { ManualClock } from "../support/ManualClock.ts";
import { memoryBooks } from "../support/MemoryBooks.ts";
import { Card } from "./Card.ts";
import { paymentOf, reservationOf, Stall } from "./Stall.ts";

const GRANT = 100_000;
const PLAYERS = ["ada", "bob", "cyd", "dan", "org"] as const;
/** Longer than anything that is owed is put off. */
const ALL_DONE_MS = 900_000;

class World {
  readonly clock = new ManualClock();
  readonly journal = new MemoryJournal();
  readonly card = new Card();
  readonly stall = new Stall(() => this.ask);
  life = this.#begin();

  readonly ask: Ask = (...said) => this.life.system.ask(...said);

  #begin(): Life {
    const inWallet = new WalletProvider((...said) => this.life.system.ask(...said));
    const providers = {
      of: (name: ProviderName) => (name === "wallet" ? inWallet : this.card),
    };
    return new Life({
      actors: [wallet, raffle({ round: () => Promise.resolve(undefined) }), reservation(providers)],
      journal: this.journal,
      clock: this.clock,
      hex: () => "00",
    });
  }

  restart(): void {
    this.life = this.#begin();
  }

  /** What it comes to; undefined when the process dies first. */
  async settle<A>(promise: Promise<A>): Promise<A | undefined> {
    let value: A | undefined;
    let failed: unknown;
    promise.then(
      (settled) => (value = settled),
      (cause: unknown) => (failed = cause),
    );
    await this.clock.settled();
    if (failed !== undefined) throw failed;
    return value;
  }

  async openWallets(): Promise<void> {
    for (const player of PLAYERS) {
      const open = { entityId: player, commandId: CommandId.make("open") };
      await this.settle(this.ask(Wallet, "Open", { ...open, grantMinor: minor(GRANT) }));
    }
  }

  async findings(without: ReadonlyArray<string> = []) {
    const keys = [
      { kind: "raffle", entityId: "r1" },
      ...PLAYERS.map((player) => ({ kind: "reservation", entityId: reservationOf("r1", player) })),
      ...PLAYERS.map((entityId) => ({ kind: "wallet", entityId })),
    ].filter(({ entityId }) => !without.includes(entityId));
    return (await audit(memoryBooks(this.journal, keys))).findings;
  }

  account(name: string): number {
    let balance = 0;
    for (const { amount, credit, debit } of this.journal.tables.get("ledger")?.values() ?? [])
      balance += Number(amount) * ((credit === name ? 1 : 0) - (debit === name ? 1 : 0));
    return balance;
  }
}

type Step = (world: World) => Promise<unknown>;

/** Tickets bought in every way, one that is given back, one whose time runs out, one payment too many. */
const SALE: ReadonlyArray<Step> = [
  ({ clock, stall }) => stall.open("r1", clock.now() + 3_600_000),
  ({ stall }) => stall.choose("r1", "ada", 1, 2),
  ({ stall }) => stall.pay("r1", "ada", "wallet"),
  ({ stall }) => stall.choose("r1", "bob", 3),
  ({ stall }) => stall.pay("r1", "bob", "sandbox_card"),
  ({ card, stall }) => {
    card.pay(paymentOf("r1", "bob"));
    return stall.hear("r1", "bob", "succeeded");
  },
  ({ stall }) => stall.reserve("r1", "cyd", 4),
  ({ stall }) => stall.free("r1", "cyd"),
  ({ stall }) => stall.choose("r1", "dan", 5, 6),
  ({ stall }) => stall.pay("r1", "dan", "sandbox_card"),
  // Time runs out, and then the webhook of the card comes.
  ({ clock }) => clock.advance(300_500),
  ({ card }) => Promise.resolve(card.pay(paymentOf("r1", "dan"))),
  ({ stall }) => stall.hear("r1", "dan", "succeeded"),
];
const ENDS: Readonly<Record<string, Step>> = {
  "is drawn": ({ stall }) => stall.draw("r1"),
  "is cancelled": ({ stall }) => stall.cancel("r1"),
};

/** Plays until it is done or the process has died; audits what it leaves behind. */
const play = async (steps: ReadonlyArray<Step>, death?: Death) => {
  const world = new World();
  await world.openWallets();
  if (death !== undefined)
    world.life.death = { ...death, commit: world.life.commits + death.commit };
  for (const step of steps) {
    if (world.life.isOver) break;
    await world.settle(step(world));
  }
  const died = world.life.isOver;
  const found = await world.findings();
  if (died) world.restart();
  await world.settle(world.clock.advance(ALL_DONE_MS));
  return { died, found, later: await world.findings(), world };
};

describe.each(Object.entries(ENDS))("the books of a raffle that %s", (_, end) => {
  it("agree, whenever the process dies", async () => {
    let deaths = 0;
    for (let commit = 1; ; commit++) {
      const [before, after] = [
        await play([...SALE, end], { commit, written: false }),
        await play([...SALE, end], { commit, written: true }),
      ];
      for (const { found, later } of [before, after])
        expect({ commit, found, later }).toEqual({ commit, found: [], later: [] });
      if (!before.died) break;
      deaths++;
    }
    expect(deaths).toBeGreaterThan(25);
  });

  it("agree at its end: nothing is left on its accounts", async () => {
    const { later, world } = await play([...SALE, end]);
    expect(later).toEqual([]);
    expect(world.account("raffle:r1:escrow")).toBe(0);
    for (const player of PLAYERS) expect(world.account(`reservation:r1.${player}`)).toBe(0);
    const { grossMinor, isSettled } = await world.stall.raffle("r1");
    expect({ grossMinor, isSettled }).toEqual({ grossMinor: 5000, isSettled: true });
  });
});

describe("the audit of a raffle that was sold from", () => {
  const sold = () => play(SALE);

  it("has the price of what is sold in escrow", async () => {
    const { found, world } = await sold();
    expect(found).toEqual([]);
    expect(world.account("raffle:r1:escrow")).toBe(5000);
  });

  it("finds a sale to a reservation that there is not", async () => {
    const { world } = await sold();
    expect(await world.findings(["r1.ada"])).toContainEqual({
      entity: "raffle r1",
      sentence: "it has sold to r1.ada, and there is no such reservation",
    });
  });
});

describe("money that a wallet cannot take", () => {
  /** From now on not one unit more. */
  const fill = async (world: World, player: string) => {
    const entityId = PlayerId.make(player);
    const read = await world.ask(Wallet, "GetWallet", { entityId });
    if (!read.ok) throw new Error(read.error.message);
    const filled = await world.ask(Wallet, "Deposit", {
      entityId,
      commandId: CommandId.make("fill"),
      amountMinor: minor(MAX_BALANCE_MINOR - read.value.balance.totalMinor),
      account: Account.make("provider:card:clearing"),
      ref: "fill",
    });
    if (!filled.ok) throw new Error(filled.error.message);
  };

  it.each([
    ["a refund", "is cancelled", "ada", 2000],
    ["a payout", "is drawn", "org", 4500],
  ] as const)("is kept for them: %s", async (_, end, player, amount) => {
    const steps = [...SALE, (world: World) => fill(world, player), ENDS[end]!];
    const { found, later, world } = await play(steps);
    expect({ found, later }).toEqual({ found: [], later: [] });
    expect(world.account("house:unclaimed")).toBe(amount);
    expect(world.account("raffle:r1:escrow")).toBe(0);
    expect(world.account("reservation:r1.ada")).toBe(0);
  });
});

describe("a refund that the card company has not confirmed", () => {
  it("has its money on the reservation's account until it has", async () => {
    const world = new World();
    await world.openWallets();
    world.card.refunds = "pending";
    for (const step of [...SALE, ENDS["is cancelled"]!]) await world.settle(step(world));
    expect(await world.findings()).toEqual([]);
    expect(world.account("reservation:r1.bob")).toBe(1000);
    await world.settle(world.stall.hear("r1", "bob", "refunded"));
    expect(await world.findings()).toEqual([]);
    expect(world.account("reservation:r1.bob")).toBe(0);
  });
});
