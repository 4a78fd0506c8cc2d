/** What is read of raffles and reservations, out of the tables that their events have written: it is what the contract says. */
import { Schema } from "effect";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projections } from "../../../entities/raffle/projection.ts";
import { make } from "../../../entities/raffle/views.ts";
import { RafflesBody } from "../../../rpc/http/raffle.ts";
import { TicketsBody } from "../../../rpc/http/reservation.ts";
import { PlayerId, RaffleId } from "../../../rpc/id.ts";
import type { ProjectedRow } from "../../../src/actor/Projection.ts";
import { DeciderRun } from "../../support/DeciderRun.ts";
import { openPool } from "../../support/journals.ts";
import { type FreshDatabase, freshDatabase } from "../../support/postgres.ts";
import { AT, CHECKOUT, PRICE, raffleDesk, RULES, SEED, SELECTION, TERMS } from "./desk.ts";

const HOUR = 3_600_000;
const TOLD = new Set(projections.map(({ table }) => table));
const ada = PlayerId.make("ada");

let database: FreshDatabase;
let pool: pg.Pool;
let views: ReturnType<typeof make>;

/** Writes a row as the journal's statement does. */
const write = ({ projection, row }: ProjectedRow) => {
  const { columns, key, table } = projection;
  const names = Object.keys(columns);
  const set = names.map((name) => `${name} = excluded.${name}`).join();
  return pool.query(
    `INSERT INTO ${table} (${names.join()}) VALUES (${names.map((_, i) => `$${i + 1}`).join()})
     ON CONFLICT (${key.join()}) DO UPDATE SET ${set}`,
    names.map((name) => (columns[name] === "json" ? JSON.stringify(row[name]) : row[name])),
  );
};

/** A raffle that is brought to life command by command. */
class Played {
  readonly run;
  constructor(id: string, at: number, terms: object = {}) {
    this.run = new DeciderRun(raffleDesk, id);
    this.say("Create", { terms: { ...TERMS, ...terms }, rules: RULES }, at);
  }
  say(tag: Parameters<typeof this.run.command>[0], fields: object, at: number): this {
    expect(this.run.command(tag, fields, at), tag).toMatchObject({ ok: true });
    return this;
  }
  publish(at: number): this {
    return this.say("Publish", { serverSeed: SEED }, at);
  }
  reserve(id: string, player: string, at: number, ...numbers: Array<number>): this {
    const reservationId = `${this.run.entityId}.${id}`;
    return this.say("Reserve", { reservationId, playerId: player, numbers }, at);
  }
  sell(id: string, player: string, at: number, ...numbers: Array<number>): this {
    const reservationId = `${this.run.entityId}.${id}`;
    const amountMinor = PRICE * numbers.length;
    const fields = { reservationId, playerId: player, numbers, paymentId: `p-${id}`, amountMinor };
    return this.say("Sell", fields, at);
  }
}

beforeAll(async () => {
  database = await freshDatabase();
  pool = openPool(database.url);
  views = make(pool);

  const drawn = new Played("drawn", AT).publish(AT);
  drawn.reserve("a", "ada", AT + 1, 4, 2).sell("a", "ada", AT + HOUR, 2, 4);
  drawn.reserve("b", "bob", AT + 2, 1).sell("b", "bob", AT + HOUR + 1, 1);
  drawn.reserve("c", "ada", AT + 3, 7).sell("c", "ada", AT + 3 * HOUR, 7);
  drawn.say("Draw", {}, AT + 4 * HOUR);

  const open = new Played("open", AT + 10, { title: "Still open", totalNumbers: 20 });
  open.publish(AT + 11).reserve("a", "ada", AT + 100, 3);
  open.say("AddNumber", { reservationId: "open.a", playerId: "ada", number: 9 }, AT + 101);
  open.say("CheckOut", { reservationId: "open.a", playerId: "ada" }, AT + 102);
  open.reserve("b", "bob", AT + 100, 5);
  open.say("Free", { reservationId: "open.b", playerId: "bob" }, AT + 200);

  const gone = new Played("gone", AT + 10, { organiserId: "otto" }).publish(AT + 11);
  gone.reserve("a", "ada", AT + 50, 1).sell("a", "ada", AT + 60, 1);
  gone.reserve("b", "ada", AT + 70, 2).run.itself({ _tag: "Tick" }, AT + 70 + SELECTION);
  gone.reserve("c", "ada", AT + SELECTION + 80, 2);
  gone.say("Cancel", { reason: "rain" }, AT + SELECTION + 90);
  gone.run.itself({ _tag: "ReturnSales", count: 5 }, AT + SELECTION + 91);

  const draft = new Played("draft", AT + 20);
  for (const { run } of [drawn, open, gone, draft])
    for (const { rows } of run.steps)
      for (const row of rows) if (TOLD.has(row.projection.table)) await write(row);

  const payment = `INSERT INTO payment (payment_id, reservation_id, raffle_id, player_id, provider, ref, status, amount,
    failure_code, started_at, updated_at) VALUES ($1, 'open.a', 'open', 'ada', $2, NULL, $3, 500, $4, $5, $5)`;
  await pool.query(payment, ["p1", "wallet", "cancelled", null, AT + 110]);
  await pool.query(payment, ["p2", "sandbox_card", "failed", "card_declined", AT + 120]);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** The body as the wire has it, once it has been compared with the contract: no field is missing, wrong or unknown. */
const told = <A, I>(schema: Schema.Schema<A, I>, body: A): A =>
  Schema.decodeUnknownSync(schema, { onExcessProperty: "error" })(JSON.parse(JSON.stringify(body)));

describe("raffles", () => {
  const idsOf = ({ raffles }: RafflesBody) => raffles.map(({ id }) => id);
  const read = async (page: Partial<Parameters<typeof views.raffles>[0]>) =>
    told(RafflesBody, await views.raffles({ limit: 50, drafts: false, ...page }));

  it("are told newest first, drafts only to who may see them", async () => {
    expect(idsOf(await read({}))).toEqual(["open", "gone", "drawn"]);
    expect(idsOf(await read({ drafts: true }))).toEqual(["draft", "open", "gone", "drawn"]);
    expect(idsOf(await read({ drafts: false, status: "draft" }))).toEqual([]);
  });

  it("are told by status or organiser", async () => {
    expect(idsOf(await read({ status: "cancelled" }))).toEqual(["gone"]);
    expect(idsOf(await read({ organiserId: PlayerId.make("otto") }))).toEqual(["gone"]);
    expect(idsOf(await read({ organiserId: PlayerId.make("olga") }))).toEqual(["open", "drawn"]);
    const drawn = await read({ status: "completed", organiserId: PlayerId.make("olga") });
    expect(drawn.raffles).toMatchObject([
      { id: "drawn", sold_count: 4, available_count: 6, ended_at: expect.any(String) },
    ]);
  });

  it("are told page by page, each once", async () => {
    const pages: Array<string> = [];
    let before: string | undefined;
    for (let page = 0; page < 3; page++) {
      const body = await read({ limit: 1, before });
      pages.push(...idsOf(body));
      before = body.next_before ?? undefined;
      expect(before === undefined).toBe(page === 2);
    }
    expect(pages).toEqual(["open", "gone", "drawn"]);
    expect(idsOf(await read({ limit: 1, before: "gibberish" }))).toEqual(["open"]);
  });

  it("keep their seed to themselves", async () => {
    const { rows } = await pool.query("SELECT view FROM raffle WHERE status <> 'completed'");
    expect(rows).toHaveLength(3);
    expect(JSON.stringify(rows)).not.toContain(SEED);
  });

  it("have sold by the hour", async () => {
    const iso = (at: number) => new Date(Math.floor(at / HOUR) * HOUR).toISOString();
    expect(await views.soldByHour(RaffleId.make("drawn"))).toEqual([
      { hour: iso(AT + HOUR), numbers: 3 },
      { hour: iso(AT + 3 * HOUR), numbers: 1 },
    ]);
    expect(await views.soldByHour(RaffleId.make("open"))).toEqual([]);
  });
});

describe("a player's reservations", () => {
  const NOW = AT + 150;
  const read = async (page: Partial<Parameters<typeof views.reservations>[1]>, player = ada) =>
    told(TicketsBody, await views.reservations(player, { limit: 50, now: NOW, ...page }));
  const phasesOf = ({ reservations }: TicketsBody) =>
    reservations.map(({ id, phase }) => `${id} ${phase}`);

  it("are told newest first, each with how it stands", async () => {
    expect(phasesOf(await read({}))).toEqual([
      "gone.c expired",
      "open.a checkout",
      "gone.b expired",
      "gone.a refunded",
      "drawn.c sold",
      "drawn.a sold",
    ]);
    expect(phasesOf(await read({}, PlayerId.make("bob")))).toEqual([
      "open.b cancelled",
      "drawn.b sold",
    ]);
    expect(phasesOf(await read({}, PlayerId.make("cyd")))).toEqual([]);
  });

  it("are live until their time is up, whether or not that has been written", async () => {
    expect(phasesOf(await read({ phase: "live" }))).toEqual(["open.a checkout"]);
    const late = AT + 102 + CHECKOUT;
    expect(phasesOf(await read({ phase: "live", now: late - 1 }))).toEqual(["open.a checkout"]);
    expect(phasesOf(await read({ phase: "live", now: late }))).toEqual([]);
    expect(phasesOf(await read({ now: late }))).toContain("open.a expired");
  });

  it("are told of one raffle, or only what is sold", async () => {
    const drawn = RaffleId.make("drawn");
    expect(phasesOf(await read({ raffleId: drawn }))).toEqual(["drawn.c sold", "drawn.a sold"]);
    expect(phasesOf(await read({ phase: "sold" }))).toEqual(["drawn.c sold", "drawn.a sold"]);
  });

  it("come with their raffle, their newest payment and what they have won", async () => {
    const { reservations } = await read({});
    expect(reservations.find(({ id }) => id === "open.a")).toEqual({
      id: "open.a",
      raffle_id: "open",
      phase: "checkout",
      expires_at: new Date(AT + 102 + CHECKOUT).toISOString(),
      numbers: [
        { id: "3", number: 3 },
        { id: "9", number: 9 },
      ],
      total_amount: 2 * PRICE,
      payment: {
        id: "p2",
        provider: "sandbox_card",
        status: "failed",
        amount: 500,
        next_step: null,
        failure: { code: "card_declined", detail: "card_declined" },
        started_at: new Date(AT + 120).toISOString(),
      },
      created_at: new Date(AT + 100).toISOString(),
      raffle: {
        id: "open",
        title: "Still open",
        status: "active",
        draw_at: new Date(TERMS.drawAt).toISOString(),
        total_numbers: 20,
      },
      won: [],
    });
    const everyone = [...reservations, ...(await read({}, PlayerId.make("bob"))).reservations];
    const won = everyone.flatMap(({ numbers, raffle_id, won: prizes }) =>
      prizes.map((prize) => {
        expect(raffle_id).toBe("drawn");
        expect(numbers.map(({ number }) => number)).toContain(prize.number);
        return [prize.prize, prize.prize_name];
      }),
    );
    expect(won.toSorted()).toEqual([
      [1, "A bicycle"],
      [2, "A bell"],
    ]);
  });

  it("are told page by page, each once", async () => {
    const pages: Array<string> = [];
    let before: string | undefined;
    for (let page = 0; page < 3; page++) {
      const body = await read({ limit: 2, before });
      pages.push(...body.reservations.map(({ id }) => id));
      before = body.next_before ?? undefined;
      expect(before === undefined).toBe(page === 2);
    }
    expect(pages).toEqual(["gone.c", "open.a", "gone.b", "gone.a", "drawn.c", "drawn.a"]);
  });
});
