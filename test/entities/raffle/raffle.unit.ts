/** Raffles in a process, with wallets, a beacon and a clock that the test moves. */
import { describe, expect, it } from "vitest";
import type { Beacon } from "../../../entities/raffle/beacon.ts";
import { awaitedRound, publishedAt, QUICKNET } from "../../../entities/raffle/draw/round.ts";
import { raffle } from "../../../entities/raffle/entity.ts";
import { wallet } from "../../../entities/wallet/entity.ts";
import { CommandId } from "../../../rpc/id.ts";
import { minor } from "../../../rpc/money.ts";
import { type BeaconRound, type DrawView, Raffle } from "../../../rpc/raffle.ts";
import { Wallet } from "../../../rpc/wallet.ts";
import { MemoryJournal } from "../../../src/actor/MemoryJournal.ts";
import type { TopicFrame } from "../../../src/actor/Topics.ts";
import { Life } from "../../support/Life.ts";
import { ManualClock } from "../../support/ManualClock.ts";
import { PRICE, RULES, SEED, SELECTION, TERMS } from "./desk.ts";

const ROUND = { randomness: "ab".repeat(32), signature: "cd".repeat(48) };
const SALE_MS = 3_600_000;
/** What a process takes to wake an entity that slept, and to do what it owes. */
const SOON_MS = 4_000;

/** A beacon that has a round from its time on, and not at the first time of asking. */
class SlowBeacon implements Beacon {
  readonly asked: Array<number> = [];
  readonly #now: () => number;
  constructor(now: () => number) {
    this.#now = now;
  }
  readonly round = (chain: typeof QUICKNET, round: number): Promise<BeaconRound | undefined> => {
    this.asked.push(this.#now());
    if (this.asked.length === 1) return Promise.reject(new Error("the beacon is away"));
    const isOut = this.#now() >= publishedAt(chain, round) && this.asked.length > 2;
    return Promise.resolve(isOut ? { round, ...ROUND } : undefined);
  };
}

class Fair {
  readonly journal = new MemoryJournal();
  readonly clock = new ManualClock();
  readonly beacon = new SlowBeacon(this.clock.now);
  readonly drawAt = this.clock.now() + SALE_MS;
  #life = this.#begin();
  #commands = 0;

  #begin(): Life {
    const { beacon, clock, journal } = this;
    return new Life({ actors: [raffle(beacon), wallet], journal, clock, hex: () => "00" });
  }

  static async open(rules: object = {}, terms: object = {}): Promise<Fair> {
    const fair = new Fair();
    await fair.say("Create", {
      terms: { ...TERMS, drawAt: fair.drawAt, ...terms },
      rules: { ...RULES, ...rules },
    });
    await fair.say("Publish", { serverSeed: SEED });
    return fair;
  }

  get system() {
    return this.#life.system;
  }

  restart(): void {
    this.#life.isOver = true;
    this.#life = this.#begin();
  }

  async #settle<A>(promise: Promise<A>): Promise<A> {
    await this.clock.settled();
    return promise;
  }

  async say(tag: "Create" | "Publish" | "Reserve" | "Sell" | "Draw" | "Cancel", fields: object) {
    const commandId = CommandId.make(`c${++this.#commands}`);
    const said = this.system.ask(Raffle, tag, { entityId: "r", commandId, ...fields } as never);
    const answered = await this.#settle(said);
    expect(answered, tag).toMatchObject({ ok: true });
    return answered;
  }

  reserve(player: string, ...numbers: Array<number>) {
    return this.say("Reserve", { reservationId: `r.${player}`, playerId: player, numbers });
  }

  sell(player: string, ...numbers: Array<number>) {
    return this.say("Sell", {
      reservationId: `r.${player}`,
      playerId: player,
      numbers,
      paymentId: `pay-${player}`,
      amountMinor: numbers.length * PRICE,
    });
  }

  async read<Answer>(query: "GetRaffle" | "GetDraw" | "GetBooks" | "GetGrid"): Promise<Answer> {
    const answered = await this.#settle(this.system.ask(Raffle, query, { entityId: "r" }));
    if (!answered.ok) throw answered.error;
    return answered.value as Answer;
  }

  async openWallet(player: string): Promise<void> {
    const grant = { entityId: player, commandId: CommandId.make("open"), grantMinor: minor(0) };
    await this.#settle(this.system.ask(Wallet, "Open", grant));
  }

  async balance(player: string): Promise<number> {
    const read = await this.#settle(this.system.ask(Wallet, "GetWallet", { entityId: player }));
    if (!read.ok) throw read.error;
    return read.value.balance.totalMinor;
  }

  account(name: string): number {
    return [...(this.journal.tables.get("ledger")?.values() ?? [])].reduce(
      (sum, { amount, credit, debit }) =>
        sum + (credit === name ? Number(amount) : 0) - (debit === name ? Number(amount) : 0),
      0,
    );
  }

  ends(outcome: string): number {
    const rows = [...(this.journal.tables.get("reservation_end")?.values() ?? [])];
    return rows.filter((row) => row["outcome"] === outcome).length;
  }
}

describe("the alarm", () => {
  it("frees what is due on time, once, and tells those who watch", async () => {
    const fair = await Fair.open();
    const frames: Array<TopicFrame> = [];
    const watcher = {
      frame: (frame: TopicFrame) => void frames.push(frame),
      gap: () => {},
      opened: () => {},
    };
    fair.system.topics.watch("raffle:r", watcher);
    await fair.reserve("ada", 1, 2);
    await fair.reserve("bob", 3);
    await fair.clock.advance(SELECTION - 1);
    expect(await fair.read("GetRaffle")).toMatchObject({ reservedCount: 3 });
    await fair.clock.advance(1);
    expect(await fair.read("GetRaffle")).toMatchObject({ reservedCount: 0, stateVersion: 5 });
    expect(fair.ends("expired")).toBe(2);
    expect(frames.map(({ version }) => version)).toEqual([3, 4, 5]);
    expect(JSON.parse(frames.at(-1)?.text ?? "")).toMatchObject({
      type: "NUMBERS_CHANGED",
      changes: [
        { status: "available", expired: true },
        { status: "available", expired: true },
      ],
    });
  });

  it("frees it also when the process was killed before, once", async () => {
    const fair = await Fair.open();
    await fair.reserve("ada", 1, 2);
    await fair.clock.advance(SELECTION - 10);
    fair.restart();
    await fair.clock.advance(1_000);
    expect(fair.ends("expired")).toBe(1);
    await fair.clock.advance(SELECTION);
    expect(await fair.read("GetRaffle")).toMatchObject({ reservedCount: 0, stateVersion: 4 });
  });
});

describe("a draw", () => {
  const sold = async (rules: object = {}, terms: object = {}) => {
    const fair = await Fair.open(rules, terms);
    await fair.openWallet("olga");
    await fair.sell("ada", 1, 2);
    await fair.sell("bob", 3);
    expect(fair.account("raffle:r:escrow")).toBe(3 * PRICE);
    return fair;
  };

  it("takes place at its date and pays the organiser, though the process dies meanwhile", async () => {
    const fair = await sold();
    await fair.clock.advance(SALE_MS - 1);
    expect(await fair.read("GetRaffle")).toMatchObject({ status: "active" });
    fair.restart();
    await fair.clock.advance(SOON_MS);
    expect(await fair.read("GetRaffle")).toMatchObject({ status: "completed" });
    expect(await fair.read("GetBooks")).toMatchObject({ feeMinor: 75, isSettled: true });
    expect(await fair.balance("olga")).toBe(675);
    expect([fair.account("raffle:r:escrow"), fair.account("house:raffles")]).toEqual([0, 75]);
    expect(fair.journal.tables.get("raffle_winner")?.size).toBe(2);
  });

  it("keeps the payout for an organiser without a wallet", async () => {
    const fair = await sold({}, { organiserId: "nobody" });
    await fair.say("Draw", {});
    await fair.clock.advance(SOON_MS);
    expect(fair.account("raffle:r:escrow")).toBe(0);
    expect(fair.account("house:unclaimed")).toBe(675);
  });

  it("with a beacon asks for the round when it is published, until it is there", async () => {
    const fair = await sold({ beacon: QUICKNET });
    await fair.say("Draw", {});
    const closedAt = fair.clock.now();
    const round = awaitedRound(QUICKNET, closedAt);
    const waits = publishedAt(QUICKNET, round) - closedAt;
    await fair.clock.advance(waits - 1);
    expect(await fair.read("GetDraw")).toMatchObject({ status: "closed", awaitedRound: round });
    expect(fair.beacon.asked).toEqual([]);
    await fair.clock.advance(SOON_MS);
    expect(fair.beacon.asked.length).toBe(3);
    expect(await fair.read<DrawView>("GetDraw")).toMatchObject({
      status: "completed",
      round: { round, ...ROUND },
      serverSeed: SEED,
    });
    expect(await fair.balance("olga")).toBe(675);
  });
});
