/** Raffles against the real server: two players, each with all that the client shows of it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCroupier, gridOf } from "../../../sdk/src/index.ts";
import type { Croupier, NumberStatus, ReservationOutcome } from "../../../sdk/src/index.ts";
import { openNodeSocket } from "../../../sdk/src/node.ts";
import { type Server, startServer } from "../../support/server.ts";
import { until } from "../support/until.ts";
import { PATIENCE_MS } from "../../support/patience.ts";
import { slowdown } from "../../support/slowdown.ts";

const SELECTION_S = 3;
const DAY_MS = 24 * 3_600_000;

let folder: string;
let server: Server;
let admin: Croupier;
let ada: Croupier;
let bob: Croupier;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "croupier-raffles-"));
  server = await startServer({
    env: { DATA_DIR: folder, BETTING_SECONDS: "3600", SELECTION_SECONDS: String(SELECTION_S) },
  });
  admin = open();
  await admin.login({ username: "admin", password: "admin" });
  ada = await joined("Ada");
  bob = await joined("Bob");
});
afterAll(async () => {
  for (const client of [admin, ada, bob]) client.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const open = (): Croupier => createCroupier({ url: server.url, openSocket: openNodeSocket });
const joined = async (displayName: string): Promise<Croupier> => {
  const client = open();
  expect(await client.join({ displayName })).toMatchObject({ ok: true });
  return client;
};
/** Opens a raffle, watched with their reservations by both. */
const raffled = async (raffleId: string, totalNumbers = 600): Promise<void> => {
  const created = await admin.post("/api/v1/raffles", {
    body: {
      raffle_id: raffleId,
      title: "A bicycle",
      ticket_price: 250,
      total_numbers: totalNumbers,
      draw_at: new Date(Date.now() + DAY_MS).toISOString(),
      prizes: [{ name: "The bicycle" }, { name: "A bell" }],
    },
  });
  expect(created).toMatchObject({ ok: true });
  for (const client of [ada, bob]) {
    client.raffle(raffleId).subscribe(() => undefined);
    client.reservation(raffleId).subscribe(() => undefined);
    await shows(client, raffleId, () => client.raffle(raffleId).get().raffle !== null);
  }
};
const shows = (client: Croupier, raffleId: string, isSo: () => boolean): Promise<void> =>
  until(
    `the client shows it of ${raffleId}`,
    (check) => [
      client.raffle(raffleId).subscribe(check),
      client.reservation(raffleId).subscribe(check),
    ],
    isSo,
    PATIENCE_MS,
  );
const statuses = (client: Croupier, raffleId: string, numbers: readonly number[]) =>
  numbers.map((number) => client.raffle(raffleId).get().grid?.status(number));
const sees = (
  client: Croupier,
  raffleId: string,
  number: number,
  status: NumberStatus,
): Promise<void> =>
  shows(client, raffleId, () => client.raffle(raffleId).get().grid?.status(number) === status);
const idOf = (outcome: ReservationOutcome): string => {
  if (!outcome.ok) throw new Error(outcome.refusal.detail);
  return outcome.reservation.id;
};
/** The grid that the client has folded is the one that the server reads out. */
const agrees = async (client: Croupier, raffleId: string): Promise<void> => {
  const answer = await client.get("/api/v1/raffles/{raffle_id}/numbers", {
    path: { raffle_id: raffleId },
    query: { format: "bitmap" },
  });
  if (!answer.ok || answer.body.bitmap === undefined) throw new Error("no bitmap");
  const { bitmap, state_version: version, total_numbers: total } = answer.body;
  await shows(
    client,
    raffleId,
    () => client.raffle(raffleId).get().raffle?.state_version === version,
  );
  const { grid, raffle } = client.raffle(raffleId).get();
  expect(gridOf(total, bitmap.reserved, bitmap.sold).changedSince(grid)).toEqual([]);
  const told = await client.get("/api/v1/raffles/{raffle_id}", { path: { raffle_id: raffleId } });
  expect(told).toMatchObject({ ok: true, body: raffle ?? {} });
};

test("two want the same numbers: one has them, the other is told which are taken, and both see it", async () => {
  await raffled("fight");
  const mine = await ada.reserve({ raffleId: "fight", numbers: [7, 3, 511] });
  expect(ada.reservation("fight").get()).toMatchObject({
    id: idOf(mine),
    phase: "selection",
    numbers: [3, 7, 511],
    totalMinor: 750,
  });
  await sees(bob, "fight", 511, "reserved");
  expect(await bob.reserve({ raffleId: "fight", numbers: [3, 4, 511] })).toMatchObject({
    ok: false,
    refusal: { code: "number_taken", fields: { numbers: [3, 511] } },
  });
  expect(bob.reservation("fight").get()).toBeNull();
  expect(await ada.reserve({ raffleId: "fight", numbers: [9] })).toMatchObject({
    ok: false,
    refusal: { code: "reservation_exists", fields: { reservation_id: idOf(mine) } },
  });
  for (const client of [ada, bob]) await agrees(client, "fight");
});

test("a reservation is changed, paid for from the wallet, drawn, and won", async () => {
  await raffled("sold");
  const reservationId = idOf(await ada.reserve({ raffleId: "sold", numbers: [1, 2] }));
  // Not waiting for each other: they are carried out in this order.
  const acts = [
    ada.addNumber({ reservationId, number: 3 }),
    ada.addNumber({ reservationId, number: 4 }),
    ada.removeNumber({ reservationId, number: 1 }),
    ada.moveToCheckout(reservationId),
  ];
  for (const outcome of await Promise.all(acts)) expect(outcome).toMatchObject({ ok: true });
  expect(ada.reservation("sold").get()).toMatchObject({ phase: "checkout", numbers: [2, 3, 4] });
  const expiresInMs = (ada.reservation("sold").get()?.expiresAtMs ?? 0) - ada.serverNowMs();
  expect(expiresInMs).toBeGreaterThan(SELECTION_S * 1_000);
  expect(await ada.addNumber({ reservationId, number: 5 })).toMatchObject({
    ok: false,
    refusal: { code: "not_in_selection" },
  });
  const paid = await ada.pay({ reservationId, provider: "wallet" });
  expect(paid).toMatchObject({
    ok: true,
    isSold: true,
    nextStep: null,
    payment: { status: "succeeded", amount: 750 },
  });
  await sees(bob, "sold", 2, "sold");
  expect(statuses(bob, "sold", [1, 2, 3, 4])).toEqual(["available", "sold", "sold", "sold"]);
  await shows(ada, "sold", () => ada.reservation("sold").get()?.phase === "sold");
  expect(ada.reservation("sold").get()?.payment?.status).toBe("succeeded");
  for (const client of [ada, bob]) await agrees(client, "sold");

  const drawn = await admin.post("/api/v1/raffles/{raffle_id}/draw", {
    path: { raffle_id: "sold" },
  });
  expect(drawn).toMatchObject({ ok: true });
  const late = await joined("Cyd");
  late.raffle("sold").subscribe(() => undefined);
  for (const client of [ada, bob, late]) {
    await shows(client, "sold", () => client.raffle("sold").get().draw?.status === "completed");
    const { draw, raffle } = client.raffle("sold").get();
    expect(raffle?.status).toBe("completed");
    expect(draw?.winners.map(({ player_id: playerId }) => playerId)).toEqual(
      Array(2).fill(ada.session.get()?.playerId),
    );
    expect(draw).toEqual(ada.raffle("sold").get().draw);
  }
  late.close();
});

test("who lets the time run out has it expired, and everybody sees the numbers free", async () => {
  await raffled("late");
  idOf(await bob.reserve({ raffleId: "late", numbers: [10, 11] }));
  await sees(ada, "late", 10, "reserved");
  await shows(bob, "late", () => bob.reservation("late").get()?.phase === "expired");
  const lateMs = bob.serverNowMs() - (bob.reservation("late").get()?.expiresAtMs ?? 0);
  expect(lateMs).toBeLessThan(1_500 * slowdown());
  await sees(ada, "late", 10, "available");
  for (const client of [ada, bob]) await agrees(client, "late");
  const again = await bob.reserve({ raffleId: "late", numbers: [10] });
  expect(await bob.cancelReservation(idOf(again))).toMatchObject({
    ok: true,
    reservation: { phase: "cancelled" },
  });
  expect(bob.reservation("late").get()?.phase).toBe("cancelled");
  await agrees(ada, "late");
});

test("a second device finds the reservation, and follows it", async () => {
  await raffled("shared");
  const account = { username: "grace", password: "a long password" };
  const desk = open();
  expect(await desk.register(account)).toMatchObject({ ok: true });
  const phone = open();
  expect(await phone.login(account)).toMatchObject({ ok: true });
  const reservationId = idOf(await desk.reserve({ raffleId: "shared", numbers: [1] }));
  const followed = phone.reservation("shared");
  followed.subscribe(() => undefined);
  await shows(phone, "shared", () => followed.get()?.id === reservationId);
  await desk.addNumber({ reservationId, number: 2 });
  await shows(phone, "shared", () => followed.get()?.numbers.length === 2);
  expect(followed.get()?.totalMinor).toBe(500);
  await desk.cancelReservation(reservationId);
  await shows(phone, "shared", () => followed.get()?.phase === "cancelled");
  for (const client of [desk, phone]) client.close();
});

test("a raffle that there is not is missing", async () => {
  ada.raffle("nowhere").subscribe(() => undefined);
  await shows(ada, "nowhere", () => ada.raffle("nowhere").get().isMissing);
});
