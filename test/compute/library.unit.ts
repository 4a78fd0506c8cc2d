import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_STD_ERROR, type EquityProgress } from "../../rpc/equity.ts";
import { EquityError, loadEquity, type EquityEngine } from "../../src/compute/library.ts";

let engine: EquityEngine;
beforeAll(async () => {
  const file = await readFile(new URL("../../dist/compute/kernel.wasm", import.meta.url));
  engine = await loadEquity(new Uint8Array(file));
});

describe("the engine without the server", () => {
  it("evaluates a hand", () => {
    expect(engine.evaluate("AhAd", { board: "7s7c2h" })).toMatchObject({
      category: "two_pairs",
      words: "Two pairs : Aces and 7",
    });
    expect(engine.evaluate("AsKd2c3d", { board: "4h5h8cKsKh", game: "omaha_hilo" }).low).toEqual({
      best: ["8c", "5h", "4h", "2c", "As"],
      words: "High card : 8",
    });
  });

  it("answers a small question exactly", async () => {
    const { method, players, samples } = await engine.equity({ players: ["AhKd", "QsQc"] });
    expect(method).toBe("exact");
    expect(samples).toBe(1_712_304);
    expect(players[0]!.equity).toBeCloseTo(0.42835, 4);
  });

  it("answers a large one step by step, to the usual precision", async () => {
    const steps: Array<EquityProgress> = [];
    const { method, players } = await engine.equity(
      { players: ["AhKd", "random", "random"] },
      { onProgress: (progress) => steps.push(progress) },
    );
    expect(method).toBe("monte_carlo");
    for (const { stdError } of players) expect(stdError).toBeLessThanOrEqual(DEFAULT_STD_ERROR);
    expect(steps.map(({ done }) => done)).toEqual(steps.map((_, step) => step + 1));
    expect(steps.length).toBeGreaterThan(0);
  });

  it("stops when it is told to", async () => {
    const controller = new AbortController();
    const asked = engine.equity(
      { players: ["AhKd", "random", "random"], targetStdError: 0.00005 },
      { signal: controller.signal, onProgress: () => controller.abort(new Error("enough")) },
    );
    await expect(asked).rejects.toThrow("enough");
  });

  it("says what is wrong with a question", async () => {
    const refused = engine.equity({ players: ["AhKd", "AhQd"] });
    await expect(refused).rejects.toThrow(EquityError);
    await expect(refused).rejects.toMatchObject({ code: "InvalidCards", where: "players.1" });
    await expect(engine.equity({ players: ["AA", "AA", "AA"] })).rejects.toMatchObject({
      code: "NoCombination",
    });
    expect(() => engine.evaluate("AhAh")).toThrow("cards: Ah is there twice");
  });

  it("credits an all-in", () => {
    const hands = [
      ["Ah", "Kd"],
      ["Qs", "Qc"],
    ];
    const shares = engine.allIn({ game: "holdem", hands, board: [], dead: [] });
    expect(shares?.[0]).toBeCloseTo(0.42835, 4);
  });

  it("reads ranges", () => {
    const read = engine.parseRange("QQ+,AKs");
    expect(read.ok && read.range.weights.filter((weight) => weight > 0)).toHaveLength(22);
  });
});
