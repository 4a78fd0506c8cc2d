/** A cancelled raffle of which one reservation cannot be read: the others have their money back, and the house hears of that one. */
import { beforeEach, describe, expect, it } from "vitest";
import { raffle } from "../../entities/raffle/entity.ts";
import { reservation } from "../../entities/reservation/entity.ts";
import { MemoryJournal } from "../../src/actor/MemoryJournal.ts";
import { audit } from "../../src/audit/Audit.ts";
import { Life } from "../support/Life.ts";
import { ManualClock } from "../support/ManualClock.ts";
import { memoryBooks } from "../support/MemoryBooks.ts";
import { Card } from "./Card.ts";
import { paymentOf, PRICE, reservationOf, Stall } from "./Stall.ts";

const RAFFLE = "r1";
/** The first has bought first: its turn to be refunded comes before the others'. */
const PLAYERS = ["ada", "bob", "cyd"] as const;
/** Longer than the longest pause between two attempts. */
const MINUTE_MS = 60_000;

class House {
  readonly clock = new ManualClock();
  readonly journal = new MemoryJournal();
  readonly card = new Card();
  readonly stall = new Stall(() => this.#life.system.ask);
  /** Its journal comes back as something that no release has ever written. */
  unreadable: string | undefined;
  #life: Life;

  constructor() {
    const load = this.journal.load.bind(this.journal);
    this.journal.load = async (requests) =>
      (await load(requests)).map((loaded) =>
        loaded.entityId === this.unreadable
          ? { ...loaded, entries: loaded.entries.map((one) => ({ ...one, events: [{}] })) }
          : loaded,
      );
    this.#life = this.#begin();
  }

  #begin(): Life {
    const providers = { of: () => this.card };
    return new Life({
      actors: [raffle({ round: () => Promise.resolve(undefined) }), reservation(providers)],
      journal: this.journal,
      clock: this.clock,
      hex: () => "00",
    });
  }

  /** In a new process nothing has been read yet. */
  restart(): void {
    this.#life.isOver = true;
    this.#life = this.#begin();
  }

  async settle<A>(promise: Promise<A>): Promise<A> {
    await this.clock.settled();
    return promise;
  }

  async sell(): Promise<void> {
    await this.settle(this.stall.open(RAFFLE, this.clock.now() + 3_600_000));
    for (const [number, player] of PLAYERS.entries()) {
      await this.settle(this.stall.choose(RAFFLE, player, number));
      await this.settle(this.stall.pay(RAFFLE, player, "sandbox_card"));
      this.card.pay(paymentOf(RAFFLE, player));
      await this.settle(this.stall.hear(RAFFLE, player, "succeeded"));
    }
  }

  /** What the audit finds in the journal as it is stored. */
  async findings() {
    const { unreadable } = this;
    this.unreadable = undefined;
    const raffles = [RAFFLE, "r2"].map((entityId) => ({ kind: "raffle", entityId }));
    const keys = [
      ...raffles,
      ...PLAYERS.map((player) => ({
        kind: "reservation",
        entityId: reservationOf(RAFFLE, player),
      })),
    ];
    const { findings } = await audit(memoryBooks(this.journal, keys));
    this.unreadable = unreadable;
    return findings;
  }

  /** What is on the reservations' accounts. */
  get accounts(): ReadonlyArray<number> {
    const lines = [...(this.journal.tables.get("ledger")?.values() ?? [])];
    return PLAYERS.map((player) => {
      const account = `reservation:${reservationOf(RAFFLE, player)}`;
      return lines.reduce(
        (sum, { amount, credit, debit }) =>
          sum + Number(amount) * ((credit === account ? 1 : 0) - (debit === account ? 1 : 0)),
        0,
      );
    });
  }
}

describe("a reservation that cannot be read when its raffle is cancelled", () => {
  let house: House;
  beforeEach(async () => {
    house = new House();
    await house.sell();
    house.unreadable = reservationOf(RAFFLE, "ada");
    house.restart();
    await house.settle(house.stall.cancel(RAFFLE));
    await house.settle(house.clock.advance(MINUTE_MS));
  });

  it("keeps nobody else waiting, and the raffle says which it is", async () => {
    expect(house.accounts).toEqual([PRICE, 0, 0]);
    const books = await house.settle(house.stall.raffle(RAFFLE));
    expect(books).toMatchObject({ isSettled: false, returnedMinor: 3 * PRICE });
    expect(books.unanswered).toEqual([
      {
        reservationId: house.unreadable,
        since: expect.any(Number),
        why: expect.stringMatching(/./),
      },
    ]);
  });

  it("is a finding once it has lasted", async () => {
    expect(await house.findings()).toEqual([]);
    await house.settle(house.clock.advance(3 * MINUTE_MS));
    await house.settle(house.stall.open("r2", house.clock.now() + 3_600_000));
    const [finding, ...others] = await house.findings();
    expect(others).toEqual([]);
    expect(finding?.entity).toBe("raffle r1");
    expect(finding?.sentence).toMatch(/r1\.ada has been told since \d+ .* and does not answer/);
  });

  it("is told again until it answers, and then all is settled", async () => {
    house.unreadable = undefined;
    await house.settle(house.clock.advance(MINUTE_MS));
    expect(house.accounts).toEqual([0, 0, 0]);
    const books = await house.settle(house.stall.raffle(RAFFLE));
    expect(books).toMatchObject({ isSettled: true, unanswered: [] });
    expect(await house.findings()).toEqual([]);
  });
});
