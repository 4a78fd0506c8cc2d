/** What a cancelled raffle owes, step by step: the money leaves the escrow, then each reservation is told. */
import { describe, expect, it } from "vitest";
import { process } from "../../../entities/raffle/process.ts";
import type { Ask } from "../../../src/actor/Ask.ts";
import { DeciderRun } from "../../support/DeciderRun.ts";
import { PaperLedger } from "../../support/Ledger.ts";
import { AT, PRICE, raffleDesk, RULES, SEED, TERMS } from "./desk.ts";

const SALES = 230;

/** A raffle that was cancelled after many sales, its process, and reservations that answer as they are told to. */
class Cancelled {
  readonly run = new DeciderRun(raffleDesk, "r");
  readonly told = new Map<string, number>();
  answer: (reservationId: string) => object = () => ({ ok: true });
  readonly #process = process({ round: () => Promise.resolve(undefined) });

  constructor() {
    const events = [
      { _tag: "RaffleCreated", terms: { ...TERMS, totalNumbers: SALES }, rules: RULES, at: AT },
      { _tag: "RafflePublished", serverSeed: SEED, commitment: "", at: AT },
      ...Array.from({ length: SALES }, (_, i) => ({
        _tag: "NumbersSold",
        reservationId: `r.${i}`,
        playerId: `p${i}`,
        numbers: [i],
        paymentId: `pay${i}`,
        amountMinor: PRICE,
        at: AT,
      })),
    ];
    const { decider, event } = raffleDesk;
    this.run.state = events
      .map((encoded) => event.decode(encoded))
      .reduce(decider.evolve, this.run.state);
    expect(this.run.command("Cancel", { reason: "rain" }, AT).ok).toBe(true);
  }

  get isOutstanding(): boolean {
    return this.#process.outstanding(this.run.state);
  }

  work(): Promise<void> {
    const { run } = this;
    const ask = (_: unknown, tag: string, payload: { entityId: string; commandId: string }) => {
      const { commandId, entityId } = payload;
      expect([tag, commandId]).toEqual(["Refund", `refund:${entityId}`]);
      this.told.set(entityId, (this.told.get(entityId) ?? 0) + 1);
      return Promise.resolve(this.answer(entityId));
    };
    return this.#process.run({
      entityId: "r",
      state: () => run.state,
      ask: ask as unknown as Ask,
      now: () => AT,
      tell: (command) => {
        run.itself(command, AT);
        return Promise.resolve(true);
      },
    });
  }
}

describe("a cancelled raffle", () => {
  it("returns every sale to its reservation, some at a time, and owes nothing then", async () => {
    const raffle = new Cancelled();
    expect(raffle.isOutstanding).toBe(true);
    await raffle.work();
    expect(raffle.isOutstanding).toBe(false);
    expect([...raffle.told.values()]).toEqual(Array(SALES).fill(1));
    const counts = raffle.run.events.flatMap((event) =>
      event._tag === "SalesReturned" ? [event.count] : [],
    );
    expect(counts).toEqual([100, 100, 30]);
    const ledger = new PaperLedger();
    for (const { rows } of raffle.run.steps) ledger.post(rows);
    expect(ledger.balance("raffle:r:escrow")).toBe(-SALES * PRICE);
    for (let i = 0; i < SALES; i++) expect(ledger.balance(`reservation:r.${i}`)).toBe(PRICE);
    expect(raffle.run.query("GetBooks", AT)).toMatchObject({
      isSettled: true,
      returnedMinor: SALES * PRICE,
    });
  });

  it("asks again those that could not answer, and returns no money twice", async () => {
    const raffle = new Cancelled();
    const away = { ok: false, error: { _tag: "Unavailable", message: "away" } };
    raffle.answer = (id) => (id === "r.150" ? away : { ok: true });
    await expect(raffle.work()).rejects.toThrow("refund of r.150: away");
    expect([raffle.run.state.returned, raffle.run.state.handedOver]).toEqual([200, 100]);
    expect(raffle.isOutstanding).toBe(true);
    raffle.answer = () => ({ ok: true });
    await raffle.work();
    expect([raffle.run.state.returned, raffle.run.state.handedOver]).toEqual([SALES, SALES]);
    expect([raffle.told.get("r.99"), raffle.told.get("r.150")]).toEqual([1, 2]);
  });

  it("waits for no reservation that there is not", async () => {
    const raffle = new Cancelled();
    const error = { _tag: "ReservationNotFound", message: "none" };
    raffle.answer = (id) => (id === "r.7" ? { ok: false, error } : { ok: true });
    await raffle.work();
    expect(raffle.isOutstanding).toBe(false);
  });
});
