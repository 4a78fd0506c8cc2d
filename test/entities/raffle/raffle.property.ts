/** Any sequence of what players, payments, the house and the clock may say to a raffle, against arrays. */
import { Schema } from "effect";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dueAt } from "../../../entities/raffle/decider.ts";
import { QUICKNET } from "../../../entities/raffle/draw/round.ts";
import { topic } from "../../../entities/raffle/frames.ts";
import { broken } from "../../../entities/raffle/invariants.ts";
import type { RaffleState } from "../../../entities/raffle/state.ts";
import { ServerFrame } from "../../../rpc/frames.ts";
import { RaffleStatus } from "../../../rpc/raffle.ts";
import { DeciderRun } from "../../support/DeciderRun.ts";
import { PaperLedger } from "../../support/Ledger.ts";
import { AT, CHECKOUT, DRAW_AT, raffleDesk, RULES, SEED, SELECTION, TERMS } from "./desk.ts";

const NUMBERS = 6;
/** Of six numbers three have to be sold. */
const MIN_SOLD_PERCENT = 34;
const LIMIT = 10;

/** Few of each, so that they meet. */
const player: fc.Arbitrary<string> = fc.constantFrom("ada", "bob", "cyd");
const id: fc.Arbitrary<string> = fc.integer({ min: 1, max: 12 }).map((n) => `r.${n}`);
/** Mostly it is about a reservation that there is, and by its own player. */
const aim = {
  isLive: fc.integer({ min: 0, max: 4 }).map(Boolean),
  isOwner: fc.integer({ min: 0, max: 4 }).map(Boolean),
};
/** Now and then one that there is not. */
const number = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 0, max: NUMBERS - 1 }) },
  { weight: 1, arbitrary: fc.constant(NUMBERS) },
);
const numbers = fc.array(number, { minLength: 1, maxLength: 3 });
const one = <const Is extends string>(...is: ReadonlyArray<Is>) => fc.constantFrom(...is);

const intent = fc.oneof(
  { weight: 10, arbitrary: fc.record({ is: one("reserve"), id, player, numbers }) },
  { weight: 8, arbitrary: fc.record({ is: one("add", "remove"), id, player, number, ...aim }) },
  { weight: 5, arbitrary: fc.record({ is: one("checkout"), id, player, ...aim }) },
  { weight: 2, arbitrary: fc.record({ is: one("free"), id, player, ...aim }) },
  {
    weight: 8,
    arbitrary: fc.record({
      is: one("sell"),
      id,
      // Late ones are as interesting.
      isLive: fc.boolean(),
      payment: fc.constantFrom("p1", "p2"),
      // Now and then what was paid is not the price.
      short: fc.integer({ min: 0, max: 5 }).map((chance) => chance === 0),
    }),
  },
  { weight: 1, arbitrary: fc.record({ is: one("edit"), price: fc.integer({ min: 1, max: 9 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.oneof(
        { weight: 3, arbitrary: one("Suspend", "Resume", "Resume") },
        { weight: 1, arbitrary: one("Close", "Cancel", "Draw") },
      ),
    }),
  },
  { weight: 8, arbitrary: fc.record({ is: one("tick") }) },
  {
    weight: 4,
    arbitrary: fc.record({ is: one("round", "payout", "refuse", "return", "handOver") }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      is: one("wait"),
      ms: fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom(1, 1, CHECKOUT / 2, CHECKOUT, SELECTION, -1_000) },
        { weight: 1, arbitrary: fc.constant(DRAW_AT - AT - SELECTION) },
      ),
    }),
  },
);
type Intent = typeof intent extends fc.Arbitrary<infer A> ? A : never;

interface Claim {
  player: string;
  numbers: Array<number>;
  phase: "selection" | "checkout";
  until: number;
}
interface Sale {
  readonly player: string;
  readonly numbers: ReadonlyArray<number>;
  readonly payment: string;
}

/** The naive raffle: who has what, in plain maps, walked from end to end whenever something is to be known. */
class Model {
  status: RaffleStatus = "active";
  price = TERMS.ticketPriceMinor;
  readonly claims = new Map<string, Claim>();
  readonly sales = new Map<string, Sale>();
  readonly ended = new Map<string, "cancelled" | "expired">();
  /** What each reservation had last. */
  readonly known = new Map<string, { player: string; numbers: ReadonlyArray<number> }>();
  awaiting: "no" | "round" | "due" = "no";
  closed = false;
  returned = 0;
  handedOver = 0;
  payout: "none" | "owed" | "paid" | "unclaimed" = "none";

  ownerOf(wanted: number): { readonly id: string; readonly isSold: boolean } | undefined {
    for (const [id, claim] of this.claims)
      if (claim.numbers.includes(wanted)) return { id, isSold: false };
    for (const [id, sale] of this.sales)
      if (sale.numbers.includes(wanted)) return { id, isSold: true };
    return undefined;
  }

  get sold(): number {
    return [...this.sales.values()].reduce((sum, sale) => sum + sale.numbers.length, 0);
  }

  get isOnSale(): boolean {
    return this.status === "active" || this.status === "suspended";
  }

  end(id: string, outcome: "cancelled" | "expired"): void {
    this.claims.delete(id);
    this.ended.set(id, outcome);
  }

  endAll(): void {
    for (const id of [...this.claims.keys()]) this.end(id, "expired");
  }

  close(): void {
    this.endAll();
    this.closed = true;
    this.status = "closed";
  }

  draw(withBeacon: boolean): void {
    if (this.awaiting !== "no") return;
    if (this.sold === 0 || this.sold * 100 < MIN_SOLD_PERCENT * NUMBERS) {
      this.endAll();
      this.status = "cancelled";
      return;
    }
    if (!this.closed) this.close();
    if (withBeacon) this.awaiting = "round";
    else this.drawn();
  }

  drawn(): void {
    this.awaiting = "no";
    this.status = "completed";
    this.payout = "owed";
  }
}

const round = (state: RaffleState) => ({
  round: state.about?.awaiting?.round ?? 0,
  randomness: "ab".repeat(32),
  signature: "cd".repeat(48),
});

class Trial {
  readonly run = new DeciderRun(raffleDesk, "r");
  readonly model = new Model();
  readonly ledger = new PaperLedger();
  /** What was said and what came of it. */
  readonly verdicts = new Set<string>();
  readonly withBeacon: boolean;
  at = AT;
  #posted = 0;

  constructor(withBeacon: boolean) {
    this.withBeacon = withBeacon;
    const terms = { ...TERMS, totalNumbers: NUMBERS, minSoldPercent: MIN_SOLD_PERCENT };
    const rules = { ...RULES, beacon: withBeacon ? QUICKNET : null };
    this.#expect("Create", { terms, rules }, "ok");
    this.#expect("Publish", { serverSeed: SEED }, "ok");
  }

  do(meant: Intent): void {
    const { model, run } = this;
    const one = this.#aimed(meant);
    switch (one.is) {
      case "wait":
        this.at += one.ms;
        return;
      case "reserve":
        return this.#reserve(one);
      case "add":
      case "remove":
        return this.#change(one);
      case "checkout": {
        const fields = { reservationId: one.id, playerId: one.player };
        if (!this.#expect("CheckOut", fields, this.#ofClaim(one))) return;
        const claim = this.#claim(one.id);
        if (claim.phase === "checkout") return;
        claim.phase = "checkout";
        claim.until = Math.min(this.at + CHECKOUT, DRAW_AT);
        return;
      }
      case "free": {
        const claim = model.claims.get(one.id);
        const sale = model.sales.get(one.id);
        const owner = (claim ?? sale)?.player ?? one.player;
        const verdict = owner !== one.player ? "NotYours" : sale ? "ReservationClosed" : "ok";
        const fields = { reservationId: one.id, playerId: one.player };
        if (this.#expect("Free", fields, verdict) && claim) model.end(one.id, "cancelled");
        return;
      }
      case "sell":
        return this.#sell(one);
      case "edit": {
        const isUntouched = model.claims.size === 0 && model.sales.size === 0;
        const verdict = !(model.isOnSale && isUntouched)
          ? "RaffleStatusConflict"
          : this.at >= DRAW_AT
            ? "DrawDatePast"
            : "ok";
        const about = run.state.about;
        const terms = { ...about?.terms, ticketPriceMinor: one.price };
        if (this.#expect("Edit", { terms }, verdict)) model.price = one.price;
        return;
      }
      case "Suspend":
        if (this.#expect(one.is, { reason: "why" }, model.status === "active" ? "ok" : CONFLICT))
          model.status = "suspended";
        return;
      case "Resume": {
        const date = this.at < DRAW_AT ? "ok" : "DrawDatePast";
        if (this.#expect(one.is, {}, model.status === "suspended" ? date : CONFLICT))
          model.status = "active";
        return;
      }
      case "Close":
        if (this.#expect(one.is, {}, model.isOnSale ? "ok" : CONFLICT)) model.close();
        return;
      case "Cancel": {
        const may = model.isOnSale || model.status === "closed";
        if (!this.#expect(one.is, { reason: "why" }, may ? "ok" : CONFLICT)) return;
        model.endAll();
        model.status = "cancelled";
        model.awaiting = "no";
        return;
      }
      case "Draw": {
        const may = model.isOnSale || model.status === "closed";
        if (this.#expect(one.is, {}, may ? "ok" : CONFLICT)) this.#draw();
        return;
      }
      case "tick":
        return this.#tick();
      case "round": {
        const events = run.itself({ _tag: "TakeRound", round: round(run.state) }, this.at);
        expect(events).toHaveLength(model.awaiting === "due" ? 1 : 0);
        if (model.awaiting === "due") model.drawn();
        return;
      }
      case "payout":
      case "refuse": {
        const refused = one.is === "refuse";
        const events = run.itself({ _tag: "FinishPayout", refused }, this.at);
        expect(events).toHaveLength(model.payout === "owed" ? 1 : 0);
        if (model.payout === "owed") model.payout = refused ? "unclaimed" : "paid";
        return;
      }
      case "return": {
        run.itself({ _tag: "ReturnSales", count: 2 }, this.at);
        if (model.status === "cancelled" && model.returned === model.handedOver)
          model.returned = Math.min(model.returned + 2, model.sales.size);
        return;
      }
      case "handOver":
        run.itself({ _tag: "RefundsHandedOver", upTo: run.state.returned }, this.at);
        model.handedOver = model.returned;
        return;
    }
  }

  /** Of an intent about a reservation: the one that it meets here. */
  #aimed(one: Intent): Intent {
    if (!("isLive" in one)) return one;
    const live = [...this.model.claims.keys()];
    const index = Number(one.id.slice(2)) % live.length;
    const id = one.isLive && live.length > 0 ? live[index]! : one.id;
    const owner = this.model.known.get(id)?.player;
    return "isOwner" in one && one.isOwner && owner !== undefined
      ? { ...one, id, player: owner }
      : { ...one, id };
  }

  #reserve({ id, numbers, player }: Extract<Intent, { is: "reserve" }>): void {
    const { model } = this;
    const wanted = [...new Set(numbers)].toSorted((a, b) => a - b);
    const mine = [...model.claims].find(([, claim]) => claim.player === player);
    const isOver = mine !== undefined && this.at >= mine[1].until;
    const verdict = (): string => {
      if (model.status !== "active" || this.at >= DRAW_AT) return "RaffleNotOpen";
      if (wanted.includes(NUMBERS)) return "UnknownNumber";
      if (mine !== undefined && !isOver) return "ReservationExists";
      if (model.claims.has(id) || model.sales.has(id) || model.ended.has(id))
        return "ReservationExists";
      const isFree = (one: number) => {
        const owner = model.ownerOf(one);
        return owner === undefined || (isOver && owner.id === mine[0]);
      };
      return wanted.every(isFree) ? "ok" : "NumberTaken";
    };
    if (!this.#expect("Reserve", { reservationId: id, playerId: player, numbers }, verdict()))
      return;
    if (mine !== undefined) model.end(mine[0], "expired");
    const until = Math.min(this.at + SELECTION, DRAW_AT);
    model.claims.set(id, { player, numbers: wanted, phase: "selection", until });
  }

  #change({ id, is, number, player }: Extract<Intent, { is: "add" | "remove" }>): void {
    const { model } = this;
    const verdict = (): string => {
      const first = this.#ofClaim({ id, player });
      if (first !== "ok") return first;
      const { numbers, phase } = this.#claim(id);
      if (phase !== "selection") return "NotInSelection";
      if (is === "remove") {
        if (!numbers.includes(number)) return "NumberNotReserved";
        return numbers.length === 1 ? "LastNumber" : "ok";
      }
      if (numbers.includes(number)) return "ok";
      if (numbers.length >= LIMIT) return "ReservationFull";
      if (model.status !== "active" || this.at >= DRAW_AT) return "RaffleNotOpen";
      if (number === NUMBERS) return "UnknownNumber";
      return model.ownerOf(number) === undefined ? "ok" : "NumberTaken";
    };
    const tag = is === "add" ? "AddNumber" : "RemoveNumber";
    if (!this.#expect(tag, { reservationId: id, playerId: player, number }, verdict())) return;
    const claim = this.#claim(id);
    const others = claim.numbers.filter((one) => one !== number);
    claim.numbers = (is === "add" ? [...others, number] : others).toSorted((a, b) => a - b);
  }

  #sell({ id, payment, short }: Extract<Intent, { is: "sell" }>): void {
    const { model } = this;
    const was = model.known.get(id);
    if (was === undefined) return;
    const amountMinor = was.numbers.length * model.price + (short ? 1 : 0);
    const sale = model.sales.get(id);
    const verdict = (): string => {
      if (sale !== undefined) return sale.payment === payment ? "ok" : "ReservationClosed";
      if (!model.isOnSale) return "RaffleNotOpen";
      if (model.ended.get(id) === "cancelled" || short) return "ReservationClosed";
      if (model.claims.has(id)) return "ok";
      return was.numbers.every((one) => model.ownerOf(one) === undefined) ? "ok" : "NumberTaken";
    };
    const fields = {
      reservationId: id,
      playerId: was.player,
      numbers: was.numbers,
      paymentId: payment,
      amountMinor,
    };
    if (!this.#expect("Sell", fields, verdict()) || sale !== undefined) return;
    model.claims.delete(id);
    model.ended.delete(id);
    model.sales.set(id, { ...was, payment });
  }

  #draw(): void {
    this.model.draw(this.withBeacon);
    if (this.model.awaiting !== "no" && this.run.state.about?.awaiting?.isDue === true)
      this.model.awaiting = "due";
  }

  #tick(): void {
    const { at, model, run } = this;
    const due = dueAt(run.state);
    const roundAt = run.state.about?.awaiting?.roundAt ?? Infinity;
    const events = run.itself({ _tag: "Tick" }, at);
    // Whatever is to happen by the clock, the alarm is not set later.
    if (due === undefined || at < due) expect(events).toEqual([]);
    if (model.awaiting === "round" && at >= roundAt) model.awaiting = "due";
    const isDrawDate = at >= DRAW_AT && (model.status === "active" || model.status === "closed");
    if (model.awaiting === "no" && isDrawDate) this.#draw();
    for (const [id, { until }] of [...model.claims]) if (until <= at) model.end(id, "expired");
  }

  #claim(id: string): Claim {
    const claim = this.model.claims.get(id);
    if (claim === undefined) throw new Error(`the model has no claim ${id}`);
    return claim;
  }

  #ofClaim({ id, player }: { readonly id: string; readonly player: string }): string {
    const { claims, ended, sales } = this.model;
    const claim = claims.get(id);
    const owner = claim?.player ?? sales.get(id)?.player;
    if (owner === undefined) return ended.has(id) ? "ReservationClosed" : "ReservationNotFound";
    if (owner !== player) return "NotYours";
    return claim === undefined || this.at >= claim.until ? "ReservationClosed" : "ok";
  }

  #expect(tag: Parameters<typeof this.run.command>[0], fields: object, verdict: string): boolean {
    const decided = this.run.command(tag, fields, this.at);
    this.verdicts.add(`${tag} ${verdict}`);
    expect(decided.ok ? "ok" : decided.rejection._tag, `${tag} ${JSON.stringify(fields)}`).toBe(
      verdict,
    );
    return decided.ok;
  }

  agree(): void {
    const { at, model, run } = this;
    expect(broken(run.state)).toEqual([]);
    for (const [id, { numbers, player }] of model.claims) model.known.set(id, { numbers, player });
    const told = run.query("GetNumbers", at, { offset: 0, limit: NUMBERS, playerId: "ada" });
    const expected = Array.from({ length: NUMBERS }, (_, one) => {
      const owner = model.ownerOf(one);
      const ofAda =
        (model.claims.get(owner?.id ?? "") ?? model.sales.get(owner?.id ?? ""))?.player === "ada";
      const status = owner === undefined ? "available" : owner.isSold ? "sold" : "reserved";
      return { number: one, status, mine: ofAda };
    });
    expect(told).toMatchObject({ numbers: expected });
    for (const [id, claim] of model.claims) {
      expect(run.query("GetClaim", at, { reservationId: id })).toMatchObject({
        playerId: claim.player,
        numbers: claim.numbers,
        phase: claim.phase,
        expiresAt: claim.until,
        amountMinor: claim.numbers.length * model.price,
      });
    }
    expect(run.query("GetRaffle", at)).toMatchObject({
      status: model.status,
      soldCount: model.sold,
    });
    this.#agreeOnMoney();
  }

  /** At every event, not only at every command, the escrow is the price of what is sold and neither returned nor drawn. */
  #agreeOnMoney(): void {
    const { ledger, model, run } = this;
    for (const { after, rows } of run.steps.slice(this.#posted)) {
      ledger.post(rows);
      const { about, returned, sales } = after;
      const drawn = about?.drawn ?? null;
      const kept = sales
        .slice(returned, sales.count)
        .reduce((sum, { numbers }) => sum + numbers.length, 0);
      // The organiser's wallet takes the payout out itself, with its own event.
      const isOut = drawn?.isPaidOut === true && ledger.balance("house:unclaimed") > 0;
      const expected =
        drawn === null
          ? kept * (about?.terms.ticketPriceMinor ?? 0)
          : isOut
            ? 0
            : drawn.payoutMinor;
      expect(ledger.balance("raffle:r:escrow")).toBe(expected);
    }
    this.#posted = run.steps.length;
    for (const [id, { numbers }] of model.sales) {
      const index = [...model.sales.keys()].indexOf(id);
      const paid = index < model.returned ? 0 : numbers.length * model.price;
      expect(ledger.balance(`reservation:${id}`) + paid).toBe(0);
    }
  }
}

const CONFLICT = "RaffleStatusConflict";

const decodeFrame = Schema.decodeUnknownSync(ServerFrame, { onExcessProperty: "error" });

/** The states of all numbers as one who watches knows them: those at the beginning, and what each frame says since. */
const watch = (run: Trial["run"], from: number): void => {
  const first = run.steps[from];
  if (first === undefined) return;
  const gridOf = ({ claims, sales }: RaffleState) =>
    Array.from({ length: NUMBERS }, (_, one) =>
      sales.numbers.has(one) ? "sold" : claims.numbers.has(one) ? "reserved" : "available",
    );
  const grid = gridOf(first.before);
  let version = first.before.stateVersion;
  for (const { after, event, meta } of run.steps.slice(from)) {
    const frames = topic.frames(event, after, meta);
    expect(frames).toHaveLength(after.stateVersion - version);
    for (const { frame, version: next } of frames) {
      const told = decodeFrame(JSON.parse(JSON.stringify(frame)));
      expect(next).toBe(++version);
      expect(told).toMatchObject({ raffle_id: "r", state_version: version });
      if (told.type !== "RAFFLE_DRAWN") expect(JSON.stringify(frame)).not.toContain(SEED);
      if (told.type !== "NUMBERS_CHANGED") continue;
      for (const { numbers, status } of told.changes) for (const one of numbers) grid[one] = status;
      expect(told.sold_count).toBe(after.sales.numbers.count);
      expect(told.reserved_count).toBe(after.claims.numbers.count);
    }
    if (after.stateVersion > 0) expect(grid).toEqual(gridOf(after));
  }
};

const reserve = (id: string, player: string, ...numbers: Array<number>): Intent => ({
  is: "reserve",
  id,
  player,
  numbers,
});
const sell = (id: string): Intent => ({
  is: "sell",
  id,
  isLive: false,
  payment: "p1",
  short: false,
});
const SOLD: ReadonlyArray<Intent> = [
  reserve("r.1", "ada", 0, 1),
  reserve("r.2", "bob", 2, 3),
  sell("r.1"),
  sell("r.2"),
];

type Act = Exclude<Extract<Intent, { readonly isOwner: boolean }>["is"], "add" | "remove">;
const exactly = { isLive: false, isOwner: false };
const change = (is: "add" | "remove", id: string, player: string, number: number): Intent => ({
  is,
  id,
  player,
  number,
  ...exactly,
});
const act = (is: Act, id: string, player: string): Intent => ({ is, id, player, ...exactly });

/** Refusals, one after another. */
const REFUSED: ReadonlyArray<Intent> = [
  reserve("r.1", "ada", 0, 1),
  reserve("r.2", "bob", 2),
  reserve("r.3", "cyd", 2),
  reserve("r.3", "cyd", NUMBERS),
  change("add", "r.1", "ada", 2),
  change("add", "r.1", "bob", 3),
  change("remove", "r.1", "ada", 5),
  change("remove", "r.1", "ada", 1),
  change("remove", "r.1", "ada", 0),
  act("checkout", "r.1", "ada"),
  change("add", "r.1", "ada", 3),
  change("remove", "r.1", "ada", 0),
  sell("r.1"),
  act("free", "r.1", "ada"),
  act("free", "r.1", "bob"),
  change("add", "r.1", "ada", 3),
  { is: "Close" },
  sell("r.2"),
];

/** The ways that chance may take too long to find. */
const WAYS: Array<[Array<Intent>, boolean, number]> = [
  [[...REFUSED], false, 4],
  [[...SOLD, { is: "Draw" }, { is: "payout" }], false, 3],
  [[...SOLD, { is: "Draw" }, { is: "refuse" }], false, 0],
  [
    [...SOLD, { is: "Draw" }, { is: "wait", ms: SELECTION }, { is: "tick" }, { is: "round" }],
    true,
    5,
  ],
  [[...SOLD, { is: "Cancel" }, { is: "return" }, { is: "handOver" }, { is: "return" }], true, 1],
  [
    [reserve("r.1", "ada", 0), { is: "wait", ms: SELECTION }, { is: "tick" }, sell("r.1")],
    false,
    2,
  ],
  [
    [
      reserve("r.1", "ada", 0),
      { is: "wait", ms: SELECTION },
      { is: "tick" },
      reserve("r.2", "bob", 0),
      sell("r.1"),
    ],
    false,
    2,
  ],
  [[reserve("r.1", "ada", 0), { is: "wait", ms: DRAW_AT - AT }, { is: "tick" }], false, 2],
  [[{ is: "Suspend" }, { is: "Resume" }, { is: "Close" }], false, 2],
];

/** What has to come up for the agreement to mean something. */
const MEETS = Object.entries({
  Reserve: ["ok", "RaffleNotOpen", "UnknownNumber", "ReservationExists", "NumberTaken"],
  AddNumber: ["ok", "NotYours", "ReservationClosed", "NotInSelection", "NumberTaken"],
  RemoveNumber: ["ok", "NumberNotReserved", "LastNumber", "NotInSelection"],
  CheckOut: ["ok", "ReservationNotFound", "ReservationClosed"],
  Free: ["ok", "NotYours", "ReservationClosed"],
  Sell: ["ok", "NumberTaken", "RaffleNotOpen", "ReservationClosed"],
  Edit: ["ok", CONFLICT],
  Draw: ["ok"],
  Cancel: ["ok"],
}).flatMap(([tag, verdicts]) => verdicts.map((verdict) => `${tag} ${verdict}`));

describe("a raffle, whatever is asked of it", () => {
  it("agrees with a naive model, its invariants, its ledger and those who watch, after every step", () => {
    const seen = new Set<RaffleStatus>(["draft"]);
    const verdicts = new Set<string>();
    fc.assert(
      fc.property(
        fc.array(intent, { maxLength: 60, size: "max" }),
        fc.boolean(),
        fc.nat({ max: 20 }),
        (intents, withBeacon, joins) => {
          const trial = new Trial(withBeacon);
          for (const each of intents) {
            trial.do(each);
            trial.agree();
            seen.add(trial.model.status);
          }
          for (const verdict of trial.verdicts) verdicts.add(verdict);
          trial.run.expectReplayToAgree();
          watch(trial.run, joins);
        },
      ),
      { numRuns: 150, examples: WAYS },
    );
    // It has been everywhere: no status agrees by not being reached.
    expect([...RaffleStatus.literals].filter((status) => !seen.has(status))).toEqual([]);
    expect(MEETS.filter((verdict) => !verdicts.has(verdict))).toEqual([]);
  });
});
