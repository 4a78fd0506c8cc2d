import { expect, test } from "vitest";
import {
  curvesOf,
  isFiltered,
  NO_FILTER,
  questionOf,
  statsFilterIn,
  statsQueryOf,
} from "../../../web/src/handPlayers/statsView.ts";
import type { StatsFilter } from "../../../web/src/handPlayers/statsView.ts";

const filter: StatsFilter = {
  game: "omaha",
  stakes: "EUR 0.02/0.05",
  position: "BTN",
  players: 6,
  from: "2015-09-01",
  to: "2015-09-30",
};

test("tab and filters stand in the address, and are read back as they were", () => {
  const query = new URLSearchParams(statsQueryOf("sessions", filter));
  expect(query.get("tab")).toBe("sessions");
  expect(statsFilterIn(query)).toEqual(filter);
  expect(statsQueryOf("statistics", NO_FILTER)).toBe("");
  const odd = new URLSearchParams("players=99&position=DEALER&from=yesterday");
  expect(isFiltered(statsFilterIn(odd))).toBe(false);
});

test("stakes are asked for with their currency", () => {
  expect(questionOf(filter)).toMatchObject({ currency: "EUR", stake: "0.02/0.05", players: 6 });
  expect(questionOf(NO_FILTER).stake).toBeUndefined();
});

test("each currency has a curve of its own, summed up from nothing, the most played first", () => {
  const day = (day: string, currency: "EUR" | "chips", hands: number, net: number) => ({
    day,
    currency,
    hands,
    net,
    ev_net: net * 2,
  });
  const curves = curvesOf([
    day("2015-09-01", "EUR", 10, 120),
    day("2015-09-01", "chips", 50, -700),
    day("2015-09-03", "EUR", 5, -20),
  ]);
  expect(curves).toEqual([
    {
      currency: "chips",
      days: [null, "2015-09-01"],
      hands: [0, 50],
      net: [0, -700],
      evNet: [0, -1_400],
    },
    {
      currency: "EUR",
      days: [null, "2015-09-01", "2015-09-03"],
      hands: [0, 10, 15],
      net: [0, 120, 100],
      evNet: [0, 240, 200],
    },
  ]);
});
