/** Raffles over REST: who sees them, who runs them, and what is left for anyone to check. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyDraw } from "../../entities/raffle/draw/proof.ts";
import { ticketText } from "../../entities/raffle/draw/tickets.ts";
import type { ActsBody } from "../../rpc/http/admin/acts.ts";
import type {
  DrawProofBody,
  NumbersBody,
  RaffleBooksBody,
  RafflesBody,
  RaffleSocketStatsBody,
} from "../../rpc/http/raffle.ts";
import type { ReservationAnswer } from "../../rpc/http/reservation.ts";
import type { DrawBody, RaffleBody } from "../../rpc/raffleBody.ts";
import { openRaffleDesk, type RaffleDesk } from "./support/RaffleDesk.ts";
import { connect } from "./support/SocketClient.ts";

const PATH = "/api/v1/raffles";

let desk: RaffleDesk;
beforeAll(async () => {
  desk = await openRaffleDesk();
});
afterAll(() => desk.close());

const NOT_FOUND = { status: 404, body: { code: "not_found" } };
const at = (raffleId: string, rest = "") => `${PATH}/${raffleId}${rest}`;
const reserve = (token: string, raffleId: string, numbers: ReadonlyArray<number>) =>
  desk.call<ReservationAnswer>("POST", "/api/v1/reservations", {
    token,
    body: { raffle_id: raffleId, number_ids: numbers.map(String) },
  });
/** Reserves numbers and buys them with the player's wallet. */
const buy = async (token: string, raffleId: string, numbers: ReadonlyArray<number>) => {
  const { id } = (await reserve(token, raffleId, numbers)).body.reservation;
  await desk.call("POST", `/api/v1/reservations/${id}/move-to-checkout`, { token });
  const paid = await desk.call("POST", `/api/v1/reservations/${id}/pay`, {
    token,
    key: `pay-${id}`,
    body: { provider: "wallet" },
  });
  expect(paid.status).toBe(200);
  return id;
};
const listed = async (query = "", token?: string) => {
  const answer = await desk.call<RafflesBody>("GET", PATH + query, {
    ...(token === undefined ? {} : { token }),
  });
  return answer.body.raffles.map(({ id }) => id);
};
const newestActs = async (count: number) => {
  const { body } = await desk.call<ActsBody>("GET", `/admin/acts?limit=${count}`, {
    token: desk.admin,
  });
  return body.acts.map(({ act, code, outcome, reason, target }) => ({
    act,
    raffle: target.raffle_id,
    outcome: code ?? outcome,
    ...(reason === null ? {} : { reason }),
  }));
};

describe("a raffle that is made", () => {
  test("is on sale at once, with the house's rules and a commitment", async () => {
    const made = await desk.raffle("made", {
      description: "For the lifeboat",
      min_sold_percent: 5,
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      id: "made",
      title: "Raffle made",
      description: "For the lifeboat",
      status: "active",
      ticket_price: 250,
      total_numbers: 20,
      available_count: 20,
      organiser_id: null,
      min_sold_percent: 5,
      fee_per_mille: 100,
      selection_seconds: 600,
      checkout_seconds: 300,
      max_numbers_per_reservation: 10,
      commitment: expect.stringMatching(/^[0-9a-f]{64}$/),
      beacon: null,
      state_version: 2,
    });
    expect((await desk.call("GET", at("made"))).body).toEqual(made.body);
    expect(await listed()).toContain("made");
    expect(await newestActs(1)).toEqual([
      { act: "create_raffle", raffle: "made", outcome: "done" },
    ]);
  });

  test("without an id gets one", async () => {
    const made = await desk.raffle("x", { raffle_id: undefined });
    expect(made.body.id).toMatch(/^r_[0-9a-f]{16}$/);
  });

  test("is refused when there is one, and leaves nothing behind when it cannot go on sale", async () => {
    await desk.raffle("twice");
    expect(await desk.raffle("twice")).toMatchObject({
      status: 409,
      body: { code: "raffle_exists" },
    });
    expect(await desk.raffle("late", { draw_at: "2020-01-01T00:00:00Z" })).toMatchObject({
      status: 422,
      body: { code: "draw_date_past", draw_at: "2020-01-01T00:00:00.000Z" },
    });
    expect((await desk.call("GET", at("late"), { token: desk.admin })).status).toBe(404);
    expect(await desk.raffle("many", { total_numbers: 1 })).toMatchObject({
      status: 422,
      body: { code: "too_many_prizes", limit: 1 },
    });
    expect(await newestActs(2)).toEqual([
      { act: "create_raffle", raffle: "many", outcome: "too_many_prizes" },
      { act: "create_raffle", raffle: "late", outcome: "draw_date_past" },
    ]);
  });

  test.each([
    ["total_numbers", { total_numbers: 100_001 }],
    ["total_numbers", { total_numbers: 0 }],
    ["ticket_price", { ticket_price: 2.5 }],
    ["title", { title: "Oh" }],
    ["prizes", { prizes: [] }],
    ["draw_at", { draw_at: "tomorrow" }],
    ["raffle_id", { raffle_id: "with space" }],
  ])("is refused for its %s", async (field, overrides) => {
    const { body, status } = await desk.raffle("bad", overrides);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: "validation_failed", errors: [{ path: field }] });
  });

  test("is the administrator's to make", async () => {
    const token = await desk.player("maker");
    const body = { title: "Mine alone" };
    expect((await desk.call("POST", PATH, { token, body })).status).toBe(403);
    expect((await desk.call("POST", PATH, { body })).status).toBe(401);
  });
});

describe("a draft", () => {
  test("is known to the administrator and its organiser alone, until it is published", async () => {
    const olga = await desk.player("olga");
    const other = await desk.player("other");
    await desk.raffle("draft", { publish: false, organiser_id: "olga" });
    const statuses = async (path: string) => {
      const answers = [];
      for (const token of [undefined, other, olga, desk.admin])
        answers.push(await desk.call("GET", path, token === undefined ? {} : { token }));
      return answers.map(({ status }) => status);
    };
    expect(await statuses(at("draft"))).toEqual([404, 404, 200, 200]);
    expect(await statuses(at("draft", "/numbers"))).toEqual([404, 404, 200, 200]);
    expect(await statuses(at("draft", "/draw"))).toEqual([404, 404, 200, 200]);
    expect(await statuses(at("draft", "/verify"))).toEqual([404, 404, 404, 404]);
    expect(await listed()).not.toContain("draft");
    expect(await listed("", other)).not.toContain("draft");
    expect(await listed("?status=draft", other)).toEqual([]);
    expect(await listed("?organiser=me", other)).toEqual([]);
    expect(await listed("?organiser=me", olga)).toEqual(["draft"]);
    expect(await listed("?status=draft", desk.admin)).toEqual(["draft"]);
    expect((await desk.call("GET", `${PATH}?organiser=me`)).status).toBe(401);
    // Nor does trying to reserve in it tell that there is one.
    expect(await reserve(other, "draft", [1])).toMatchObject(NOT_FOUND);
    expect(await reserve(olga, "draft", [1])).toMatchObject({ body: { code: "raffle_not_open" } });
    const socket = connect(`${desk.server.wsUrl}?token=${other}`);
    await socket.nextOf("CONNECTION_ACK");
    const wish = { type: "RESERVE_NUMBERS", idempotency_key: "k", number_ids: ["1"] };
    socket.send({ ...wish, raffle_id: "draft" });
    expect(await socket.nextOf("ERROR")).toMatchObject({ code: "not_found" });
    socket.close();

    const published = await desk.call("POST", at("draft", "/publish"), { token: desk.admin });
    expect(published).toMatchObject({ status: 200, body: { status: "active" } });
    expect(await statuses(at("draft"))).toEqual([200, 200, 200, 200]);
    expect(await desk.call("POST", at("draft", "/publish"), { token: desk.admin })).toMatchObject({
      status: 409,
      body: { code: "raffle_status_conflict", raffle_status: "active" },
    });
    expect(await newestActs(2)).toEqual([
      { act: "publish_raffle", raffle: "draft", outcome: "raffle_status_conflict" },
      { act: "publish_raffle", raffle: "draft", outcome: "done" },
    ]);
  });
});

test("a draft that is cancelled stays unknown to everyone else", async () => {
  const olga = await desk.player("olga2");
  await desk.raffle("scrapped", { publish: false, organiser_id: "olga2" });
  await desk.call("POST", at("scrapped", "/cancel"), {
    token: desk.admin,
    body: { reason: "Thought better of it" },
  });
  for (const path of [at("scrapped"), at("scrapped", "/draw"), at("scrapped", "/verify")])
    expect(await desk.call("GET", path)).toMatchObject(NOT_FOUND);
  for (const token of [olga, desk.admin])
    expect(await desk.call("GET", at("scrapped"), { token })).toMatchObject({
      body: { status: "cancelled" },
    });
  expect(await listed()).not.toContain("scrapped");
  expect(await listed("", desk.admin)).toContain("scrapped");
});

describe("text that cannot be stored", () => {
  test.each([
    ["title", { title: "Spring\u0000raffle" }],
    ["description", { description: "\ud800" }],
    ["prizes.0.name", { prizes: [{ name: "A boat\u0000" }] }],
  ])("is refused in a body's %s", async (path, overrides) => {
    expect(await desk.raffle("unkept", overrides)).toMatchObject({
      status: 400,
      body: { code: "validation_failed", errors: [{ path }] },
    });
  });

  test("is refused in an address", async () => {
    const token = desk.admin;
    for (const path of [
      `${PATH}?before=1.%00`,
      "/api/v1/reservations?before=1.%00",
      "/admin/payments?raffle_id=%00",
      "/api/v1/stats/player/%00",
      "/api/v1/stats/player/%E0",
    ])
      expect(await desk.call("GET", path, { token })).toMatchObject({ status: 400 });
  });
});

test("a token is optional, and a bad one is refused", async () => {
  await desk.raffle("open");
  expect((await desk.call("GET", at("open", "/numbers"))).status).toBe(200);
  for (const path of [PATH, at("open"), at("open", "/numbers"), at("open", "/draw")])
    expect(await desk.call("GET", path, { token: "nonsense" })).toMatchObject({
      status: 401,
      body: { code: "unauthorized" },
    });
});

test("the list knows how many numbers are reserved now", async () => {
  await desk.raffle("counted");
  await reserve(await desk.player("counter"), "counted", [1, 2, 3]);
  const { body } = await desk.call<RafflesBody>("GET", PATH);
  expect(body.raffles.find(({ id }) => id === "counted")).toMatchObject({
    reserved_count: 3,
    available_count: 17,
  });
});

test("the list comes in pages, newest first", async () => {
  const all = await listed();
  const first = await desk.call<RafflesBody>("GET", `${PATH}?limit=2`);
  expect(first.body.raffles.map(({ id }) => id)).toEqual(all.slice(0, 2));
  expect(await listed(`?limit=2&before=${first.body.next_before}`)).toEqual(all.slice(2, 4));
});

describe("running a raffle", () => {
  const post = (raffleId: string, act: string, body?: unknown) =>
    desk.call<RaffleBody>("POST", at(raffleId, `/${act}`), {
      token: desk.admin,
      ...(body === undefined ? {} : { body }),
    });

  test("is suspending, resuming, closing and cancelling, each written down", async () => {
    await desk.raffle("run");
    const suspended = await post("run", "suspend", { reason: "The boat leaks" });
    expect(suspended.body).toMatchObject({ status: "suspended", reason: "The boat leaks" });
    const token = await desk.player("hasty");
    expect(await reserve(token, "run", [1])).toMatchObject({
      status: 409,
      body: { code: "raffle_not_open" },
    });
    expect((await post("run", "resume")).body.status).toBe("active");
    expect((await post("run", "close")).body.status).toBe("closed");
    expect((await post("run", "suspend", { reason: "Too late" })).status).toBe(409);
    expect((await post("run", "cancel", { reason: "It sank" })).body).toMatchObject({
      status: "cancelled",
      reason: "It sank",
    });
    expect((await post("run", "cancel", {})).status).toBe(400);
    expect((await post("nowhere", "close")).status).toBe(404);
    expect(await newestActs(6)).toEqual([
      { act: "close_raffle", raffle: "nowhere", outcome: "not_found" },
      { act: "cancel_raffle", raffle: "run", outcome: "done", reason: "It sank" },
      {
        act: "suspend_raffle",
        raffle: "run",
        outcome: "raffle_status_conflict",
        reason: "Too late",
      },
      { act: "close_raffle", raffle: "run", outcome: "done" },
      { act: "resume_raffle", raffle: "run", outcome: "done" },
      { act: "suspend_raffle", raffle: "run", outcome: "done", reason: "The boat leaks" },
    ]);
  });

  test("is changing it as long as nobody has a number", async () => {
    const { body } = await desk.raffle("edited");
    const terms = {
      title: "Another title",
      ticket_price: 300,
      total_numbers: 30,
      draw_at: body.draw_at,
      prizes: body.prizes,
    };
    const edit = (token = desk.admin) => desk.call("PUT", at("edited"), { token, body: terms });
    expect(await edit()).toMatchObject({
      status: 200,
      body: { title: "Another title", ticket_price: 300, available_count: 30 },
    });
    const token = await desk.player("early");
    await reserve(token, "edited", [29]);
    expect((await edit()).status).toBe(409);
    expect((await edit(token)).status).toBe(403);
    expect(await newestActs(2)).toEqual([
      { act: "edit_raffle", raffle: "edited", outcome: "raffle_status_conflict" },
      { act: "edit_raffle", raffle: "edited", outcome: "done" },
    ]);
  });
});

describe("its numbers", () => {
  test("come in pages, or all at once as bitmaps, with the caller's marked", async () => {
    await desk.raffle("grid");
    const [ann, ben] = [await desk.player("grid-ann"), await desk.player("grid-ben")];
    await buy(ann, "grid", [0, 9]);
    await reserve(ann, "grid", [3]);
    await reserve(ben, "grid", [19]);
    const numbers = async (query: string, token?: string) =>
      (
        await desk.call<NumbersBody>("GET", at("grid", `/numbers${query}`), {
          ...(token === undefined ? {} : { token }),
        })
      ).body;
    expect(await numbers("?offset=2&limit=2")).toEqual({
      numbers: [
        { id: "2", number: 2, status: "available" },
        { id: "3", number: 3, status: "reserved" },
      ],
      total_numbers: 20,
      state_version: 6,
    });
    const mine = (await numbers("", ann)).numbers.filter((one) => one.mine);
    expect(mine.map(({ number, status }) => [number, status])).toEqual([
      [0, "sold"],
      [3, "reserved"],
      [9, "sold"],
    ]);
    const bits = (...set: ReadonlyArray<number>) => {
      const bytes = Buffer.alloc(3);
      for (const number of set) bytes[number >> 3]! |= 1 << (number & 7);
      return bytes.toString("base64");
    };
    const bitmap = { reserved: bits(3, 19), sold: bits(0, 9) };
    expect(await numbers("?format=bitmap")).toMatchObject({ numbers: [], bitmap });
    expect(await numbers("?format=bitmap", ann)).toEqual({
      numbers: mine,
      total_numbers: 20,
      state_version: 6,
      bitmap,
    });
    expect((await desk.call("GET", at("grid", "/numbers?format=jpeg"))).status).toBe(400);
    expect((await desk.call("GET", at("nowhere", "/numbers"))).status).toBe(404);
  });
});

describe("the draw", () => {
  test("can be made again by anyone from what is published, and not before it has been made", async () => {
    await desk.raffle("drawn", { organiser_id: "olga" });
    const [eve, fay] = [await desk.player("eve"), await desk.player("fay")];
    const bought = await buy(eve, "drawn", [4, 5]);
    await buy(fay, "drawn", [1]);
    expect((await desk.call("GET", at("drawn", "/draw"))).body).toMatchObject({
      server_seed: null,
      winners: [],
    });
    expect(await desk.call("GET", at("drawn", "/verify"))).toMatchObject({
      status: 409,
      body: { code: "not_drawn" },
    });
    expect((await desk.call("POST", at("drawn", "/draw"), { token: eve })).status).toBe(403);
    const drawn = await desk.call<DrawBody>("POST", at("drawn", "/draw"), { token: desk.admin });
    expect(drawn).toMatchObject({ status: 200, body: { status: "completed", ticket_count: 3 } });
    expect((await desk.call("GET", at("drawn", "/draw"))).body).toEqual(drawn.body);
    const { body: proof } = await desk.call<DrawProofBody>("GET", at("drawn", "/verify"));
    expect(proof.tickets).toContain(ticketText(4, bought));
    expect(
      verifyDraw({
        commitment: proof.commitment!,
        serverSeed: proof.server_seed!,
        ticketsDigest: proof.tickets_digest!,
        tickets: proof.tickets,
        closedAt: Date.parse(proof.closed_at!),
        chain: null,
        round: null,
        prizes: proof.prizes.length,
        winners: proof.winners.map(({ number, reservation_id }) =>
          ticketText(number, reservation_id),
        ),
      }),
    ).toEqual({ commitment: true, tickets: true, beacon: true, winners: true });
    expect(proof.winners.map(({ prize, prize_name }) => [prize, prize_name])).toEqual([
      [1, "A boat"],
      [2, "An oar"],
    ]);
    expect(await newestActs(1)).toEqual([{ act: "draw_raffle", raffle: "drawn", outcome: "done" }]);
  });

  test("leaves books that its organiser and the administrator may read", async () => {
    const olga = (await desk.server.player({ playerId: "olga" })).token;
    const eve = (await desk.server.player({ playerId: "eve" })).token;
    const path = at("drawn", "/books");
    expect((await desk.call("GET", path)).status).toBe(401);
    expect(await desk.call("GET", path, { token: eve })).toMatchObject({
      status: 403,
      body: { code: "forbidden" },
    });
    const { body } = await desk.call<RaffleBooksBody>("GET", path, { token: olga });
    expect(body).toMatchObject({ sales: 2, gross: 750, fee: 75, payout: 675, returned: 0 });
    expect(body.sold_by_hour.map(({ numbers }) => numbers)).toEqual([3]);
    expect((await desk.call("GET", path, { token: desk.admin })).body).toMatchObject({
      gross: 750,
    });
  });
});

test("who watches is counted over the whole cluster, for the administrator", async () => {
  await desk.raffle("watched");
  const path = at("watched", "/ws/stats");
  const watcher = connect(`${desk.server.url.replace("http", "ws")}${at("watched", "/ws")}`);
  await watcher.nextOf("snapshot");
  const { body } = await desk.call<RaffleSocketStatsBody>("GET", path, { token: desk.admin });
  // The other process of the cluster has three.
  expect(body).toEqual({
    total_connections: 4,
    connections_by_raffle: { harbour: 2, other: 1, watched: 1 },
  });
  watcher.close();
  expect((await desk.call("GET", path, { token: await desk.player("nosy") })).status).toBe(403);
});
