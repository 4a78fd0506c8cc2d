/** Sales that share their list never see each other's; snapshots bring all of them back. */
import { describe, expect, it } from "vitest";
import { NumberSet } from "../../../entities/raffle/NumberSet.ts";
import { type Sale, Sales } from "../../../entities/raffle/Sales.ts";
import { branded, type PaymentId, type PlayerId, type ReservationId } from "../../../rpc/id.ts";
import { AT, raffleDesk, RULES, SEED, TERMS } from "./desk.ts";

const idOf = (id: string) => branded<ReservationId>(id);
const sale = (id: string, ...numbers: Array<number>): Sale => ({
  reservationId: idOf(id),
  playerId: branded<PlayerId>(`player of ${id}`),
  paymentId: branded<PaymentId>(`pay-${id}`),
  numbers,
  at: AT,
});
const idsOf = (sales: Sales) => [...sales].map(({ reservationId }) => reservationId);

describe("sales", () => {
  it("are found by reservation, number and place", () => {
    const sales = Sales.none(10)
      .add(sale("a", 1, 3))
      .add(sale("b", 2));
    expect(idsOf(sales)).toEqual(["a", "b"]);
    expect(sales.find(idOf("b"))).toEqual(sale("b", 2));
    expect(sales.holding(3)).toEqual(sale("a", 1, 3));
    expect([sales.holding(0), sales.holding(99), sales.find(idOf("c"))]).toEqual(
      Array(3).fill(undefined),
    );
    expect([sales.at(-1), sales.at(1), sales.at(2)]).toEqual([undefined, sale("b", 2), undefined]);
    expect(sales.slice(1, 9)).toEqual([sale("b", 2)]);
    expect([...sales.numbers]).toEqual([1, 2, 3]);
    expect(Sales.none(10).slice(0, 1)).toEqual([]);
  });

  it("stay what they were when more are sold after them", () => {
    const one = Sales.none(10).add(sale("a", 1));
    const two = one.add(sale("b", 2));
    expect([one.count, two.count]).toEqual([1, 2]);
    expect([one.find(idOf("b")), one.holding(2), one.at(1)]).toEqual(Array(3).fill(undefined));
    expect(idsOf(one)).toEqual(["a"]);
    expect(one.slice(0, 5)).toEqual([sale("a", 1)]);
  });

  it("go on in two ways without seeing each other", () => {
    const start = Sales.none(10).add(sale("a", 1));
    const left = start.add(sale("b", 2)).add(sale("c", 3));
    const right = start.add(sale("c", 2, 4));
    const further = left.add(sale("d", 4));
    expect([idsOf(left), idsOf(right), idsOf(further)]).toEqual([
      ["a", "b", "c"],
      ["a", "c"],
      ["a", "b", "c", "d"],
    ]);
    expect(right.holding(2)).toEqual(sale("c", 2, 4));
    expect(left.holding(2)).toEqual(sale("b", 2));
    expect(right.holding(3)).toBeUndefined();
    expect(left.find(idOf("c"))).toEqual(sale("c", 3));
    expect(right.find(idOf("c"))).toEqual(sale("c", 2, 4));
  });

  it("happen once", () => {
    const sales = Sales.none(10).add(sale("a", 1));
    expect(() => sales.add(sale("a", 2))).toThrow("a is sold already");
    expect(() => sales.add(sale("b", 1))).toThrow("sold already");
    expect(() => sales.add(sale("b", 10))).toThrow(RangeError);
  });
});

describe("a snapshot", () => {
  const { decider, event, state: codec } = raffleDesk;
  const opened = [
    { _tag: "RaffleCreated", terms: { ...TERMS, totalNumbers: 2_000 }, rules: RULES, at: AT },
    { _tag: "RafflePublished", serverSeed: SEED, commitment: "", at: AT },
  ];
  const soldTo = (ids: ReadonlyArray<string>) =>
    [
      ...opened,
      ...ids.map((reservationId, i) => ({
        _tag: "NumbersSold",
        ...sale(reservationId, i),
        playerId: "ada",
        amountMinor: 1,
      })),
    ]
      .map((encoded) => event.decode(encoded))
      .reduce(decider.evolve, decider.initial("r.x"));
  const again = (state: ReturnType<typeof soldTo>) =>
    codec.decode(JSON.parse(JSON.stringify(codec.encode(state))));

  it("brings every reservation id back, whatever it begins with", () => {
    const ids = [
      "r.x.own",
      "r.x..dotted",
      "r.x.",
      "another.1",
      ".first",
      "..",
      "r.xown",
      "r.x.r.x.1",
    ];
    expect(idsOf(again(soldTo(ids)).sales)).toEqual(ids);
  });

  it("brings sales back across its blocks of text, once and again", () => {
    const ids = Array.from({ length: 1_030 }, (_, i) => `r.x.${i}`);
    const state = soldTo(ids);
    const back = again(state);
    expect(idsOf(back.sales)).toEqual(ids);
    expect(back.sales.numbers.toBase64()).toBe(state.sales.numbers.toBase64());
    expect(back.sales.holding(700)?.reservationId).toBe("r.x.700");
    const more = {
      ...sale("r.x.more", 1_500),
      _tag: "NumbersSold",
      playerId: "bob",
      amountMinor: 1,
    };
    for (const one of [state, back]) {
      const later = again(decider.evolve(one, event.decode(more)));
      expect(idsOf(later.sales)).toEqual([...ids, "r.x.more"]);
    }
  });

  it("is not held up by an empty raffle", () => {
    expect(again(soldTo([])).sales.count).toBe(0);
    expect(again(decider.initial("r.x")).about).toBeNull();
    expect(NumberSet.fromBase64("", 0).count).toBe(0);
  });
});
