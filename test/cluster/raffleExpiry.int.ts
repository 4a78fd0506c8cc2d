/**
 * Numbers whose time is up are free within a second, once, also when the process that had their raffle was killed before
 * the deadline: a peer has it by then, with its alarm.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "../crash/deadline.ts";
import { type Json, Player } from "../crash/Player.ts";
import { numbersOf, openRaffle, reservationOf, reserve } from "../crash/Raffles.ts";
import { LocalCluster, type Member } from "./support/LocalCluster.ts";
import { slowdown } from "../support/slowdown.ts";

const SELECTION_MS = 6_000;
/** Killed so long before: the fail-over itself has a second, and the machine is busy. */
const KILLED_BEFORE_MS = 3_000;
const PROMISED_MS = 1_000;
const RESERVATIONS = 20;

let cluster: LocalCluster;
let lobbyId: string;

beforeAll(async () => {
  cluster = await LocalCluster.open({
    processes: 2,
    env: { SELECTION_SECONDS: String(SELECTION_MS / 1000) },
  });
  lobbyId = await cluster.bettingLobby("door");
});

afterAll(async () => {
  await cluster.close();
});

/** A raffle that `owner` has. */
const raffleOf = async (owner: Member): Promise<string> => {
  const admin = await Player.admin(owner.url);
  for (let n = 1; ; n += 1) {
    const raffleId = `raffle_${n}`;
    await openRaffle(admin, raffleId);
    if ((await cluster.ownerOf("raffle", raffleId, owner)) === owner) return raffleId;
  }
};

it("frees them on time after their process was killed, each reservation once", async () => {
  const victim = cluster.other();
  const survivor = cluster.other(victim);
  const raffleId = await raffleOf(victim);
  const players = await Promise.all(
    Array.from({ length: RESERVATIONS }, () => Player.join(survivor.url, lobbyId)),
  );
  const made = await Promise.all(
    players.map((player, n) => player.ask(reserve("first", raffleId, [n * 2, n * 2 + 1]))),
  );
  const deadlines = made.map((answer) => Date.parse(String(reservationOf(answer)["expires_at"])));
  const last = Math.max(...deadlines);
  await until(
    "the moment of the kill",
    () => Date.now(),
    (now) => now >= Math.min(...deadlines) - KILLED_BEFORE_MS,
  );
  await victim.kill();

  const witness = players[0]!;
  const freeAt = await until(
    "all numbers to be free",
    async () => ({ numbers: await numbersOf(witness, raffleId), at: Date.now() }),
    ({ numbers }) => numbers.every((status) => status === "available"),
  );
  expect(freeAt.at - last).toBeLessThan(PROMISED_MS * slowdown());
  // Not before their time, either: the look before still saw the last of them.
  const ended = await cluster.query(
    `SELECT reservation_id, outcome, at FROM reservation_end WHERE raffle_id = '${raffleId}'`,
  );
  expect(ended.map(({ outcome }) => outcome)).toEqual(made.map(() => "expired"));
  for (const answer of made) {
    const { expires_at, id } = reservationOf(answer);
    const end = ended.find(({ reservation_id }) => reservation_id === id) as Json;
    expect(Number(end["at"])).toBeGreaterThanOrEqual(Date.parse(String(expires_at)));
  }
  const [{ times } = { times: 0 }] = await cluster.query(
    `SELECT count(*)::int AS times FROM journal, json_array_elements(events) AS event,
       json_array_elements(event->'claims') AS claim
     WHERE kind = 'raffle' AND entity_id = '${raffleId}' AND event->>'_tag' = 'ClaimsExpired'`,
  );
  expect(times).toBe(RESERVATIONS);
  // Whoever comes now gets them.
  const next = await players[1]!.ask(reserve("second", raffleId, [0, 1]));
  expect(next.status).toBe(201);
  expect((await cluster.audit()).findings).toEqual([]);
});
