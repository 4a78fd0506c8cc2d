import { expect, it } from "vitest";
import { Turns } from "../../../src/compute/pool/Turns.ts";

const takeAllInTurn = (turns: Turns<string>): string => {
  const taken: Array<string> = [];
  for (let work = turns.take(); work !== undefined; work = turns.take()) taken.push(work);
  return taken.join(" ");
};

const open = (...works: ReadonlyArray<string>) => {
  const turns = new Turns<string>();
  for (const work of works) turns.add(work[0]!, work);
  return turns;
};

it("takes from one owner after the other, each owner's own in order", () => {
  expect(takeAllInTurn(open("a1", "a2", "a3", "b1", "c1", "c2"))).toBe("a1 b1 c1 a2 c2 a3");
});

it("gives a newcomer a turn before an owner's second", () => {
  const turns = open("a1", "a2", "a3");
  expect(turns.take()).toBe("a1");
  turns.add("b", "b1");
  expect(takeAllInTurn(turns)).toBe("a2 b1 a3");
});

it("takes first what has to be done again", () => {
  const turns = open("a1", "b1", "a2");
  turns.addFirst("b", "b0");
  expect(takeAllInTurn(turns)).toBe("b0 a1 b1 a2");
});

it("counts what waits, and gives up an owner's or all", () => {
  const turns = open("a1", "a2", "b1", "c1");
  expect(turns.length).toBe(4);
  expect(turns.takeAllOf("a")).toEqual(["a1", "a2"]);
  expect(turns.takeAllOf("nobody")).toEqual([]);
  expect(turns.length).toBe(2);
  expect(turns.takeAll()).toEqual(["b1", "c1"]);
  expect([turns.length, turns.take()]).toEqual([0, undefined]);
});

it("lets go of single works, and keeps the turns of the others", () => {
  const turns = open("a1", "b1", "a2", "c1", "b2");
  expect(turns.takeOut((work) => work === "a1" || work === "c1")).toEqual(["a1", "c1"]);
  expect(turns.takeOut(() => false)).toEqual([]);
  expect(turns.length).toBe(3);
  expect(takeAllInTurn(turns)).toBe("a2 b1 b2");
});
