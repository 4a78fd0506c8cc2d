/** What a cancelled raffle owes, step by step: the money leaves the escrow, then each reservation is told. */
import { describe, expect, it } from "vitest";
import { process } from "../../../entities/raffle/process.ts";
import type { Ask } from "../../../src/actor/Ask.ts";
import { DeciderRun } from "../../support/DeciderRun.ts";
import { PaperLedger } from "../../support/Ledger.ts";
import { AT, PRICE, raffleDesk, RULES, SEED, TERMS } from "./desk.ts";

const SALES = 230;
const OK = { ok: true };
const AWAY = { ok: false, error: { _tag: "Unavailable", message: "away" } };

/** A raffle that was cancelled after many sales, its process, and reservations that answer as they are told to. */
class Cancelled {
  readonly run = new DeciderRun(raffleDesk, "r");
  readonly told = new Map<string, number>();
  answer: (reservationId: string) => object = () => OK;
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

  get unanswered(): ReadonlyArray<string> {
    return this.run.state.unanswered.map(({ reservationId }) => reservationId);
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
      return Promise.resolve(entityId).then(this.answer);
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

  it("lets no sale wait for a reservation that does not answer, and asks that one again", async () => {
    const raffle = new Cancelled();
    raffle.answer = (id) => (id === "r.50" || id === "r.150" ? AWAY : OK);
    await raffle.work();
    expect([raffle.run.state.returned, raffle.run.state.handedOver]).toEqual([SALES, SALES]);
    expect(raffle.unanswered).toEqual(["r.50", "r.150"]);
    expect(raffle.isOutstanding).toBe(true);
    raffle.answer = (id) => (id === "r.150" ? AWAY : OK);
    await expect(raffle.work()).rejects.toThrow(
      "reservations that do not answer: 1, such as r.150: away",
    );
    expect(raffle.unanswered).toEqual(["r.150"]);
    raffle.answer = () => OK;
    await raffle.work();
    expect(raffle.isOutstanding).toBe(false);
    expect([...raffle.told].filter(([, times]) => times > 1)).toEqual([
      ["r.50", 2],
      ["r.150", 3],
    ]);
    const ledger = new PaperLedger();
    for (const { rows } of raffle.run.steps) ledger.post(rows);
    expect(ledger.balance("raffle:r:escrow")).toBe(-SALES * PRICE);
  });

  it("shows the house which do not answer, since when and why", async () => {
    const raffle = new Cancelled();
    raffle.answer = (id) => (id === "r.50" ? AWAY : OK);
    await raffle.work();
    expect(raffle.run.query("GetBooks", AT)).toMatchObject({
      isSettled: false,
      unanswered: [{ reservationId: "r.50", since: AT, why: "away" }],
    });
    raffle.answer = () => OK;
    await raffle.work();
    expect(raffle.run.query("GetBooks", AT)).toMatchObject({ isSettled: true, unanswered: [] });
  });

  it("lets a reservation that cannot even be asked wait like one that does not answer", async () => {
    const raffle = new Cancelled();
    raffle.answer = (id) => {
      if (id === "r.0") throw new Error("no way there");
      return OK;
    };
    await raffle.work();
    expect(raffle.run.query("GetBooks", AT)).toMatchObject({
      unanswered: [{ reservationId: "r.0", why: "no way there" }],
    });
  });

  it("waits where a hundred do not answer: no more money leaves the escrow", async () => {
    const raffle = new Cancelled();
    raffle.answer = () => AWAY;
    await raffle.work();
    await expect(raffle.work()).rejects.toThrow("reservations that do not answer: 100");
    expect([raffle.run.state.returned, raffle.run.state.handedOver]).toEqual([100, 100]);
    raffle.answer = () => OK;
    await raffle.work();
    await raffle.work();
    expect(raffle.isOutstanding).toBe(false);
    expect(raffle.run.state.returned).toBe(SALES);
  });

  it("waits for no reservation that there is not", async () => {
    const raffle = new Cancelled();
    const error = { _tag: "ReservationNotFound", message: "none" };
    raffle.answer = (id) => (id === "r.7" ? { ok: false, error } : OK);
    await raffle.work();
    expect(raffle.isOutstanding).toBe(false);
  });
});
