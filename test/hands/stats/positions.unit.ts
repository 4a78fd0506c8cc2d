import { describe, expect, it } from "vitest";
import { positionsOf } from "../../../src/hands/stats/positions.ts";
import { playHand, type Script } from "./playHand.ts";

/** Everyone folds to the big blind, whoever that is; what matters is who sits where. */
const positions = (script: Partial<Script> & Pick<Script, "players">, preflop = "") =>
  Object.fromEntries(
    positionsOf(playHand({ rounds: { preflop }, wins: { c: potOf(script) }, ...script })),
  );
const potOf = ({ ante = 0, players }: Partial<Script>) => 3 + ante * (players ?? 0);

describe("positions", () => {
  it.each([
    [2, { a: "SB", b: "BB" }],
    [3, { a: "BTN", b: "SB", c: "BB" }],
    [4, { a: "BTN", b: "SB", c: "BB", d: "CO" }],
    [5, { a: "BTN", b: "SB", c: "BB", d: "MP", e: "CO" }],
    [6, { a: "BTN", b: "SB", c: "BB", d: "UTG", e: "MP", f: "CO" }],
    [7, { d: "UTG", e: "MP", f: "MP", g: "CO" }],
    [8, { d: "UTG", e: "UTG", f: "MP", g: "MP", h: "CO" }],
    [9, { d: "UTG", e: "UTG", f: "MP", g: "MP", h: "MP", i: "CO" }],
    [10, { a: "BTN", d: "UTG", e: "UTG", f: "UTG", g: "MP", h: "MP", i: "MP", j: "CO" }],
  ])("of %i players", (players, expected) => {
    const wins = players === 2 ? { a: 3 } : { c: 3 };
    const found = positions({ players, wins });
    expect(found).toMatchObject(expected);
    expect(Object.keys(found)).toHaveLength(players);
  });

  it("turn with the button", () => {
    expect(positions({ players: 6, button: 5 })).toEqual({
      e: "BTN",
      f: "SB",
      a: "BB",
      b: "UTG",
      c: "MP",
      d: "CO",
    });
  });

  it("pass over those who are not dealt in", () => {
    expect(positions({ players: 6, button: 3, out: "df", posts: "e sb1, a bb2" })).toEqual({
      c: "BTN",
      e: "SB",
      a: "BB",
      b: "CO",
    });
  });

  it("make the last to act the button when the button is dead", () => {
    expect(positions({ players: 6, button: 1, out: "a" })).toEqual({
      b: "SB",
      c: "BB",
      d: "MP",
      e: "CO",
      f: "BTN",
    });
  });

  it("leave the small blind's place empty when nobody is to post it", () => {
    expect(positions({ players: 5, button: 1, posts: "b bb3" })).toEqual({
      a: "BTN",
      b: "BB",
      c: "UTG",
      d: "MP",
      e: "CO",
    });
  });

  it("are theirs, whom the ante puts all in before they can post", () => {
    const stacks = { b: 1, c: 1 };
    const posts = (text: string) => `a ante1!, b ante1!, c ante1!, d ante1${text}`;
    const seated = { a: "BTN", b: "SB", c: "BB", d: "CO" };
    const small = positions({ players: 4, stacks, posts: posts(", c bb0"), wins: { a: 4 } }, "d x");
    expect(small).toEqual(seated);
    const big = positions({ players: 4, stacks, posts: posts(", b sb0"), wins: { a: 4 } }, "d x");
    expect(big).toEqual(seated);
    const both = positions({ players: 4, stacks, posts: posts(""), wins: { a: 4 } }, "d x");
    expect(both).toEqual(seated);
  });

  it("have no big blind when it is denied and the next acts first", () => {
    const script = { players: 5, out: "c", posts: "b sb3" } as const;
    expect(positions({ ...script, wins: { b: 3 } }, "d f, e f, a f")).toEqual({
      b: "SB",
      d: "MP",
      e: "CO",
      a: "BTN",
    });
  });

  it("do not come from blinds that are posted late", () => {
    const found = positions({ players: 6, posts: "b sb1, c bb2, e lbb2, f lsb1", wins: { c: 6 } });
    expect(found).toMatchObject({ b: "SB", c: "BB", d: "UTG", e: "MP", f: "CO", a: "BTN" });
  });

  it("are told by the blinds where the file has no button", () => {
    expect(positions({ players: 4, button: null, posts: "b sb1, c bb2" })).toEqual({
      a: "BTN",
      b: "SB",
      c: "BB",
      d: "CO",
    });
    expect(positions({ players: 2, button: null, posts: "a bb2, b sb1", wins: { a: 3 } })).toEqual({
      a: "BB",
      b: "SB",
    });
  });

  it("are unknown where there is nothing to tell them by, and in stud", () => {
    const none = { a: null, b: null, c: null };
    expect(positions({ players: 3, button: null, posts: "a ante1, c ante2" })).toEqual(none);
    expect(
      positions({ players: 3, game: "razz", posts: "a ante1, c in2", rounds: { third: "" } }),
    ).toEqual(none);
  });
});
