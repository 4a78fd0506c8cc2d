import { expect, test } from "vitest";
import { keepLastBet, lastBet } from "../../../web/src/bets/lastBet.ts";

function memory(): Storage {
  const entries = new Map<string, string>();
  return {
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
    clear: () => entries.clear(),
    key: () => null,
    length: 0,
  };
}

test("the last bet is remembered, and nothing that is none", () => {
  const storage = memory();
  expect(lastBet(storage)).toBeNull();
  const bet = { market: "exacta", selection: [3, 1], stakeMinor: 500 } as const;
  keepLastBet(storage, bet);
  expect(lastBet(storage)).toEqual(bet);
  for (const text of ["{", "null", `{"market":"exacta","selection":[1],"stakeMinor":5}`]) {
    storage.setItem("croupier.last-bet", text);
    expect(lastBet(storage)).toBeNull();
  }
});
