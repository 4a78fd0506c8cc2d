import { describe, expect, it } from "vitest";
import { MAX_PLAYERS, MIN_PLAYERS } from "../../../rpc/equity.ts";
import { startMerge } from "../../../src/compute/equity/Merge.ts";
import { planOf } from "../../../src/compute/equity/plan.ts";
import { runChunk } from "../../../src/compute/equity/runChunk.ts";
import { solve } from "../../../src/compute/equity/solve.ts";
import {
  MAX_PLAYERS as MAX_READ,
  MIN_PLAYERS as MIN_READ,
} from "../../../src/compute/equity/Table.ts";
import { kernel } from "../kernel/testKernel.ts";
import { plan, question, type Asked } from "./asking.ts";

describe("a question is answered", () => {
  it.each<[string, Asked, "exact" | "monte_carlo", "light" | "heavy"]>([
    ["two known hands", { players: ["AhKd", "QsQc"] }, "exact", "light"],
    ["known hands and dead cards", { players: ["AhKd", "QsQc"], dead: "2c2d" }, "exact", "light"],
    [
      "nine known hands",
      { players: ["AhKd", "QsQc", "7h6h", "2c2d", "AsTs", "Jc9c", "8d8s", "KcQd", "5s4s"] },
      "exact",
      "light",
    ],
    [
      "two ranges on a river",
      { players: ["random", "QQ+"], board: "2hTh9c4s4d" },
      "exact",
      "light",
    ],
    ["two ranges", { players: ["random", "random"] }, "exact", "heavy"],
    ["two ranges and a dead card", { players: ["random", "random"], dead: "Ah" }, "exact", "heavy"],
    ["two ranges on a flop", { players: ["random", "random"], board: "2hTh9c" }, "exact", "heavy"],
    [
      "three ranges on a flop",
      { players: ["random", "22+@50", "random"], board: "2hTh9c" },
      "exact",
      "heavy",
    ],
    ["three narrow ranges", { players: ["AA", "KK", "QQ"] }, "exact", "heavy"],
    ["three ranges", { players: ["random", "22+", "random"] }, "monte_carlo", "heavy"],
    [
      "four ranges on a flop",
      { players: ["random", "22+", "A2+", "random"], board: "2hTh9c" },
      "monte_carlo",
      "heavy",
    ],
    [
      "three ranges with odd weights",
      { players: ["22+@33.33,AK", "22+", "random"], board: "2hTh9c" },
      "monte_carlo",
      "heavy",
    ],
    [
      "two hands of Omaha on a flop",
      { game: "omaha", players: ["AhKd2c3c", "QsQcJdTd"], board: "2hTh9c" },
      "exact",
      "light",
    ],
    [
      "two hands of Omaha on a turn, even if sampling was asked for",
      {
        game: "omaha5_hilo",
        players: ["AhKd2c3c4d", "QsQcJdTd8s"],
        board: "2hTh9c4s",
        mode: "monte_carlo",
      },
      "exact",
      "light",
    ],
    [
      "two hands of Omaha",
      { game: "omaha5", players: ["AhKd2c3c4d", "QsQcJdTd8s"] },
      "exact",
      "heavy",
    ],
    [
      "some samples",
      { players: ["random", "22+"], mode: "monte_carlo", maxSamples: 5000 },
      "monte_carlo",
      "light",
    ],
  ])("%s", (_, asked, method, cost) => {
    expect(plan(asked)).toMatchObject({ method, cost });
  });

  it("by chunks that are the same whoever makes them, and add up to the whole", () => {
    for (const asked of [
      { players: ["random", "random"] },
      { players: ["22+,A2+", "random"], dead: "AhKd" },
      { players: ["22+,A2+@50", "random", "A2+,K2+"], board: "2hTh9c" },
      { players: ["KK+", "QQ+", "JJ+", "AKs"], board: "2hTh9c4c" },
    ]) {
      const one = plan(asked);
      const other = plan(asked);
      expect(one.chunks).toBeGreaterThan(1);
      const merge = startMerge(one);
      const backwards = Array.from({ length: one.chunks }, (_, i) => one.chunks - 1 - i);
      const tallies = new Map(backwards.map((chunk) => [chunk, runChunk(kernel, other, chunk)]));
      while (!merge.done) merge.add(tallies.get(merge.added)!);
      expect(merge.added).toBe(one.chunks);
      expect(merge.answer()).toEqual(solve(kernel, one));
    }
  });

  it("only when all chunks are there, if it is exact", () => {
    const wide = plan({ players: ["random", "random"] });
    const merge = startMerge(wide);
    expect(merge.answer()).toBeUndefined();
    merge.add(runChunk(kernel, wide, 0));
    expect(merge.done).toBe(false);
    expect(merge.answer()).toMatchObject({ method: "exact" });
  });
});

describe("a question is refused", () => {
  it.each<[Asked, object]>([
    [{ players: ["AhKd"] }, { _tag: "InvalidCards", where: "players" }],
    [
      { players: Array.from({ length: 10 }, () => "random") },
      { _tag: "InvalidCards", where: "players" },
    ],
    [{ players: ["AhKd", "AhQd"] }, { where: "players.1", reason: "Ah is with player 0" }],
    [{ players: ["AhKd", "KdAh"] }, { where: "players.1", reason: "AhKd is with player 0" }],
    [
      { players: ["AhKd", "QQ"], board: "Ah2c3d" },
      { where: "players.0", reason: "Ah is on the board or dead" },
    ],
    [
      { players: ["AhKd", "QQ"], dead: "KdAh" },
      { where: "players.0", reason: "AhKd is on the board or dead" },
    ],
    [
      { players: ["AhKd", "QQ"], board: "2c3d4h", dead: "5h3d" },
      { where: "dead", reason: "3d is on the board" },
    ],
    [
      { players: ["AhKd", "QQ"], board: "2c2c3d" },
      { where: "board", reason: "2c is there twice" },
    ],
    [
      { players: ["AhKd", "QQ"], board: "2c3d" },
      { where: "board", reason: "it has 2 cards; a board has none, 3, 4 or 5" },
    ],
    [{ players: ["AhKd", "QQ"], board: "2c3d4h5h6h7h" }, { where: "board" }],
    [{ players: ["AhKd", "Q"] }, { _tag: "InvalidCards", where: "players.1" }],
    [{ players: ["AhKd", "QQ@0"] }, { _tag: "InvalidCards", where: "players.1" }],
    [{ players: ["AhKd", "<script>"] }, { _tag: "InvalidCards", where: "players.1" }],
    [{ players: ["AhKd", "QQ"], board: "QhQd2c", dead: "Qs" }, { _tag: "NoCombination" }],
    [{ players: ["AhKd", "AhQd,AhQs"] }, { _tag: "NoCombination" }],
    [{ players: Array.from({ length: 9 }, () => "JJ+") }, { _tag: "NoCombination" }],
    [{ players: ["TT+,AQ+", "22+,A2s+,KTs+", "random"], mode: "exact" }, { _tag: "NotExact" }],
    [
      { game: "omaha", players: ["AhKdQc", "2s3s4s5s"] },
      { where: "players.0", reason: "a hand of this game has 4 cards, not 3" },
    ],
    [
      { game: "omaha5", players: ["AhKdQcJd2c", "2s3s4s5s"] },
      { where: "players.1", reason: "a hand of this game has 5 cards, not 4" },
    ],
    [{ game: "omaha", players: ["AhKdQcJd", "AA**"] }, { where: "players.1" }],
    [{ game: "omaha", players: ["AhKdQcJd", "random"] }, { where: "players.1" }],
    [
      { game: "omaha", players: ["AhKdQcJd", "2s3s4sAh"] },
      { where: "players.1", reason: "Ah is on the board, dead or another player's" },
    ],
    [{ game: "omaha", players: ["AhKdQcJd", "2s3s4s5s"], board: "5s6s7s" }, { where: "players.1" }],
    [{ game: "omaha", players: ["AhKdQcAh", "2s3s4s5s"] }, { reason: "Ah is there twice" }],
    [
      { game: "omaha5", players: Array.from({ length: 9 }, () => "AhKdQcJd2c"), dead: "2h3h4h" },
      { _tag: "NoCombination" },
    ],
  ])("%j", (asked, refusal) => {
    const planned = planOf(question(asked));
    expect(planned).toMatchObject({ ok: false, refusal });
  });

  it("when so many cards are dead that the board cannot be dealt", () => {
    const ranks = "23456789TJQ";
    const dead = [...ranks].flatMap((rank) => [...`shdc`].map((suit) => rank + suit)).join("");
    expect(planOf(question({ players: ["AA", "KK"], dead }))).toMatchObject({
      refusal: { _tag: "NoCombination" },
    });
  });

  it("without an answer when the ranges turn out to leave nothing", () => {
    expect(solve(kernel, plan({ players: ["AA", "AA", "AA"] }))).toBeUndefined();
    expect(solve(kernel, plan({ players: ["AsAh,AsAd", "AsKs,AsQs"] }))).toBeUndefined();
    expect(
      solve(kernel, plan({ players: ["AsAh,AsAd", "AsKs,AsQs"], board: "2h3h4h" })),
    ).toBeUndefined();
  });

  it("by the limits of the contract", () => {
    expect([MIN_READ, MAX_READ]).toEqual([MIN_PLAYERS, MAX_PLAYERS]);
  });
});
