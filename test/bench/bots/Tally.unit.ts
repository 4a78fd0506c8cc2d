import { expect, test } from "vitest";
import { Tally } from "../../../bench/bots/Tally.ts";

const standing = { connected: 2, players: 3, waiting: 1, balanceMinor: 123_450 };

test("a line tells what happened since the line before, and the summary everything", () => {
  const tally = new Tally();
  tally.done("bets", 4);
  tally.done("bets", 6);
  tally.done("cancels", 5);
  tally.refused("betting_closed", 3);
  tally.refused("offline");
  tally.refused("betting_closed", 3);
  const line = tally.line(standing, 2);
  expect(line).toContain("2/3 players");
  expect(line).toContain("1 bets/s");
  expect(line).toContain("p50 4.0 ms");
  expect(line).toContain("p99 6.0 ms");
  expect(line).toContain("waiting 1");
  expect(line).toContain("money 1234.50");
  expect(line).toContain("refused: betting_closed 2, offline 1");

  const next = tally.line(standing, 1);
  expect(next).toContain("0 bets/s  p50 – ms  p99 – ms");
  expect(next).toContain("refused: none");
  expect(tally.summary()).toBe(
    "2 bets, 1 cancelled, 0 powers cast; refused: betting_closed 2, offline 1",
  );
});
