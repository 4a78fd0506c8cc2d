/**
 * The server is killed at every write that a new hand in a watched file leads to, while the file goes on growing: the hand
 * with the file's mark, the announcement, the plan of what is counted, the count, and what is marked as done. Each time it is
 * started again, and in the end each hand must be stored once, told once and counted once.
 */
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handId, handText } from "../hands/Scribe.ts";
import { until } from "./deadline.ts";
import { House, type Moment } from "./House.ts";
import { send } from "./Player.ts";

let house: House;
let folder: string;
let written = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hands-"));
  house = await House.open({ HANDS_DIR: folder });
});

afterAll(async () => {
  expect(await house.close()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

const FILE = "20240501_Nice 01_real_holdem_no-limit.txt";
const append = (text: string) => appendFile(join(folder, FILE), text);

const ids = () => Array.from({ length: written }, (_, n) => handId(n + 1));

interface Seen {
  readonly stored: ReadonlyArray<string>;
  readonly announced: number;
  readonly counted: number;
}

/** What is stored, told and counted by now. */
const look = async (): Promise<Seen> => {
  const rows = await house.query("SELECT hand_id FROM hand ORDER BY seq");
  const told = await house.query(
    `SELECT COALESCE(sum((event ->> 'hands')::int), 0)::int AS hands
     FROM journal, jsonb_array_elements(events::jsonb) AS event WHERE kind = 'hand_feed'`,
  );
  const ada = await send(house.url, { path: "/api/v1/stats/player/ada" });
  return {
    stored: rows.map((row) => String(row["hand_id"])),
    announced: Number(told[0]?.["hands"]),
    counted: Number(ada.body["hands"] ?? 0),
  };
};

const expectOnce = async () => {
  const seen = await until(
    `${written} hands stored, announced and counted`,
    look,
    ({ announced, counted, stored }) =>
      Math.min(announced, counted, stored.length) >= written || stored.length > written,
  );
  expect(seen).toEqual({ stored: ids(), announced: written, counted: written });
};

/** In the order in which a hand leads to them, each at the moment that leaves the most behind. */
const WRITES: ReadonlyArray<readonly [string, string, Moment]> = [
  ["the mark of the file", "INSERT INTO hand_file", "before"],
  ["the commit of the hand", "COMMIT", "after"],
  ["the announcement", "announce:", "after"],
  ["the note that it was announced", "UPDATE hand_batch", "before"],
  ["the plan of what is counted", "SET planned_to", "after"],
  ["the count of a player", "count:", "after"],
  ["the note that it was counted", "SET counted_to", "before"],
];

/** A start from the sources takes seconds where the machine has other things to do. */
const TEST_MS = 120_000;

describe("killed", () => {
  it.each(WRITES)(
    "at %s (%s, %s): each hand counts once",
    async (_, marker, moment) => {
      await house.killAt(marker, moment, () => {
        // A hand that is whole, and one of which half is written when the server dies.
        const next = handText(written + 2);
        void append(handText(written + 1) + next.slice(0, 200));
      });
      await append(handText(written + 2).slice(200));
      written += 2;
      await expectOnce();
    },
    TEST_MS,
  );

  it(
    "in the middle of a long file: what is stored is whole, and the rest comes after",
    async () => {
      const before = written;
      written += 1500;
      const hands = Array.from({ length: 1500 }, (_, n) => handText(before + n + 1)).join("");
      await house.killAt("INSERT INTO hand_file", "before", () => void append(hands));
      await expectOnce();
    },
    TEST_MS,
  );
});
