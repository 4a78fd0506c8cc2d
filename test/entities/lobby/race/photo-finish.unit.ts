import { describe, expect, it } from "vitest";
import {
  cameraLine,
  finishingOrder,
  isPhotoFinish,
} from "../../../../entities/lobby/race/photo-finish.ts";
import type { Finish } from "../../../../entities/lobby/race/photo-finish.ts";

const home = (number: number, line: number): Finish => ({ number, line, distanceMm: 1_000 });
const short = (number: number, distanceMm: number): Finish => ({ number, line: null, distanceMm });

const at = (remainingUm: number) => cameraLine({ tick: 640, remainingUm, movedUm: 2_000_000 }, 800);

describe("cameraLine", () => {
  it("takes fifty lines a tick in a race of 800 ticks", () => {
    expect(at(0)).toBe(32_000);
    expect(at(39_999)).toBe(32_000);
    expect(at(40_000)).toBe(32_001);
    expect(at(2_000_000)).toBe(32_050);
  });

  it("is exact at its largest operands", () => {
    const movedUm = 3_999_999;
    const line = cameraLine({ tick: 1_199, remainingUm: movedUm - 1, movedUm }, 1_200);
    const exact = (BigInt(1_199 * movedUm + movedUm - 1) * 40_000n) / BigInt(movedUm * 1_200);
    expect(BigInt(line)).toBe(exact);
  });
});

describe("finishingOrder", () => {
  it("ranks by line; equal lines are a dead heat, in ascending number", () => {
    expect(finishingOrder([home(4, 90), home(7, 80), home(2, 90), home(1, 91)])).toEqual([
      [7],
      [2, 4],
      [1],
    ]);
  });

  it("ranks who is not home behind all who are, by distance", () => {
    expect(finishingOrder([short(1, 900), short(2, 950), home(3, 99), short(4, 900)])).toEqual([
      [3],
      [2],
      [1, 4],
    ]);
  });
});

describe("isPhotoFinish", () => {
  it("asks for the picture when the two best are within fifty lines", () => {
    expect(isPhotoFinish([home(1, 900), home(2, 100), home(3, 150)])).toBe(true);
    expect(isPhotoFinish([home(1, 100), home(2, 151)])).toBe(false);
    expect(isPhotoFinish([home(1, 100), short(2, 999)])).toBe(false);
    expect(isPhotoFinish([])).toBe(false);
  });
});
