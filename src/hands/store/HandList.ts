/**
 * Lists of hands: the newest first, those that fit all that is asked for, a page at a time.
 *
 * A page begins below a hand's number, so it is the same whatever has come since. It is read by walking down an index that has
 * the hands in their order: everyone's, or one player's. Three things are sought, each in its way:
 *
 * - **The kind** (game, format, currency, stakes). An index has the hands of each kind in their order, and there are some dozens
 *   of kinds, or hundreds: the page is the newest of the newest of each kind that fits.
 * - **The days.** Hands mostly come in the order in which they were played. The first and the last number of the days' hands
 *   are where the walk ends and begins; on the way, what is of other days is passed over.
 * - **The rest** (pot, result, position, players, showdown) fits one hand in a few, and is looked at on the way.
 *
 * What fits may be rare, and the way long. So a walk looks at so many hands and no more: it answers with what it has found
 * and with where it stopped, and whoever wants more asks on from there.
 */
import type pg from "pg";
import type { HandFilter } from "../../gateway/PokerDesks.ts";
import type { SitePlayer } from "./SitePlayer.ts";
import { SUMMARY_COLUMNS, type SummaryRow } from "./summary.ts";

export interface ListPage {
  readonly limit: number;
  /** Passed over, of those that fit. */
  readonly offset: number;
  /** A hand's number: the page is below it. */
  readonly before?: number | undefined;
  readonly player?: SitePlayer | undefined;
  readonly filter: HandFilter;
}

export interface HandList {
  readonly rows: ReadonlyArray<SummaryRow>;
  /** `before` of the next page; null when there is none. */
  readonly nextBefore: number | null;
}

/** How many hands are looked at for one page. */
export interface WalkLimits {
  readonly everyones: number;
  readonly players: number;
}

/** Entries of an index alone, and rows of the table: some ten milliseconds of reading, either way. */
const LIMITS: WalkLimits = { everyones: 50_000, players: 20_000 };
/** With more kinds that fit, each walked for itself, the hands are walked in their order instead. */
const MAX_KINDS = 500;
/** Each day of a range is two steps in an index. A range of more days is not narrowed down. */
const MAX_DAYS = 3_660;
const DAY_MS = 86_400_000;
/** Above any hand that was ever stored. */
const NO_END = Number.MAX_SAFE_INTEGER;
const NO_FLOOR = 0;

const dayOf = (day: string): number => Date.parse(day) / DAY_MS;

/** Numbers the values of a statement as they are named in it. */
class Values {
  readonly all: Array<unknown> = [];

  readonly bind = (value: unknown, type: "bigint" | "text" | "text[]" = "bigint"): string =>
    `$${this.all.push(value)}::${type}`;
}

export interface Kind {
  readonly game: string;
  readonly format: string;
  readonly currency: string;
  readonly stakes: string;
}

const KIND = ["game", "format", "currency", "stakes"] as const;
const KINDS_COLUMNS = KIND.join(", ");

/** What is looked at on the way: the same of either table. */
const LOOKED_AT = {
  hand: `seq, played_at, total_pot, players, hero_net AS net, hero_position AS position`,
  hand_player: `seq, played_at, total_pot, players, net, position, at_showdown`,
};
/** A subquery in the list of columns is evaluated for the hands that come so far, and for no other. */
const ANYONES_SHOWDOWN = "(SELECT bool_or(p.at_showdown) FROM hand_player p WHERE p.seq = e.seq)";

/** The hands below `before`, and from `floor` on. */
interface Range {
  readonly before: number;
  readonly floor: number;
}

export class HandLister {
  readonly #pool: pg.Pool;
  readonly #limits: WalkLimits;

  constructor(pool: pg.Pool, limits = LIMITS) {
    this.#pool = pool;
    this.#limits = limits;
  }

  async list(page: ListPage): Promise<HandList> {
    const { filter, limit } = page;
    const range = await this.#range(page);
    if (range === undefined) return EMPTY;
    const kinds = KIND.some((name) => filter[name] !== undefined)
      ? await this.#kindsThatFit(page)
      : undefined;
    if (kinds?.length === 0) return EMPTY;
    const { everyones, players } = this.#limits;
    const most = page.player === undefined ? everyones : players;
    const walk = new Walk(page, { range, kinds, most });
    // One more tells whether there are older ones.
    const { sql, values } = walk.page(limit + 1);
    const { rows: found } = await this.#pool.query<SummaryRow>(sql, values);
    const isFull = found.length > limit;
    // A full page of one walk has no more to ask; of several, one may have stopped above the page's end.
    const mayHaveStopped = walk.passesOver && (!isFull || (kinds?.length ?? 1) > 1);
    const downTo = isFull ? Number(found.at(-1)?.seq) : range.floor;
    const edge = mayHaveStopped ? await this.#edge(walk, downTo) : null;
    // Below it not all kinds have been looked at.
    const sure = edge === null ? found : found.filter(({ seq }) => Number(seq) >= edge);
    if (sure.length <= limit) return { rows: sure, nextBefore: edge };
    const rows = sure.slice(0, limit);
    return { rows, nextBefore: Number(rows.at(-1)?.seq) };
  }

  /** Where the walk stopped, if that is above `downTo`, or null. */
  async #edge(walk: Walk, downTo: number): Promise<number | null> {
    const { sql, values } = walk.edge(downTo);
    const { rows } = await this.#pool.query<{ seq: string | null }>(sql, values);
    const seq = rows[0]?.seq;
    return seq === null || seq === undefined ? null : Number(seq);
  }

  /** Undefined when no hand was played on the days. */
  async #range({ before = NO_END, filter: { from, to } }: ListPage): Promise<Range | undefined> {
    const all = { before, floor: NO_FLOOR };
    if (from === undefined && to === undefined) return all;
    const known = await this.#pool.query<{ first: string | null; last: string | null }>(KNOWN_DAYS);
    const { first = null, last = null } = known.rows[0] ?? {};
    if (first === null || last === null) return undefined;
    const firstDay = Math.max(Number(first), from === undefined ? 0 : dayOf(from));
    const lastDay = Math.min(Number(last), to === undefined ? Number(last) : dayOf(to));
    if (firstDay > lastDay) return undefined;
    if (lastDay - firstDay >= MAX_DAYS) return all;
    const { rows } = await this.#pool.query<{ first: string | null; last: string | null }>(
      NUMBERS_OF_DAYS,
      [firstDay, lastDay],
    );
    const { first: floor = null, last: highest = null } = rows[0] ?? {};
    return floor === null || highest === null
      ? undefined
      : { before: Math.min(before, Number(highest) + 1), floor: Number(floor) };
  }

  /** Those of which there are hands: all, or the first of too many. */
  async kinds(
    player?: SitePlayer,
  ): Promise<{ readonly kinds: ReadonlyArray<Kind>; readonly all: boolean }> {
    const { rows } = await (player === undefined
      ? this.#pool.query<Kind>(KINDS)
      : this.#pool.query<Kind>(KINDS_OF_PLAYER, [player.site, player.player]));
    return { kinds: rows.slice(0, MAX_KINDS), all: rows.length <= MAX_KINDS };
  }

  /** Those that fit; undefined when there are too many. */
  async #kindsThatFit({ filter, player }: ListPage): Promise<ReadonlyArray<Kind> | undefined> {
    const { all, kinds } = await this.kinds(player);
    if (!all) return undefined;
    return kinds.filter((kind) =>
      KIND.every((name) => filter[name] === undefined || filter[name] === kind[name]),
    );
  }
}

const EMPTY: HandList = { rows: [], nextBefore: null };

interface WalkPlan {
  readonly range: Range;
  /** Each walked for itself; undefined: all in one. */
  readonly kinds: ReadonlyArray<Kind> | undefined;
  /** Hands looked at, of all kinds together. */
  readonly most: number;
}

/** One walk, as SQL. */
class Walk {
  /** Whether hands are passed over on the way: else a page is short only at the end. */
  readonly passesOver: boolean;
  readonly #page: ListPage;
  readonly #range: Range;
  readonly #kinds: ReadonlyArray<Kind> | undefined;
  /** Of each kind, or of all hands. */
  readonly #mostLookedAt: number;

  constructor(page: ListPage, { kinds, most, range }: WalkPlan) {
    this.#page = page;
    this.#range = range;
    this.#kinds = kinds;
    this.#mostLookedAt = Math.ceil(most / (kinds?.length ?? 1));
    this.passesOver = this.#conditions(new Values()).length > 0;
  }

  page(rows: number) {
    const values = new Values();
    const { offset } = this.#page;
    const conditions = this.#conditions(values);
    const fits = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
    const wanted = rows + offset;
    const lookedAt = this.passesOver ? this.#mostLookedAt : wanted;
    const found = `
SELECT e.seq FROM (${this.#entries(values)} ORDER BY seq DESC LIMIT ${values.bind(lookedAt)}) e ${fits}
ORDER BY e.seq DESC LIMIT ${values.bind(wanted)}`;
    const sql = `
SELECT ${SUMMARY_COLUMNS} FROM (
  SELECT w.seq FROM ${this.#eachKind(found, values)}
  ORDER BY w.seq DESC LIMIT ${values.bind(rows)} OFFSET ${values.bind(offset)}
) p JOIN hand h USING (seq) ORDER BY h.seq DESC`;
    return { sql, values: values.all };
  }

  edge(downTo: number) {
    const values = new Values();
    const last = `${this.#entries(values)} AND seq >= ${values.bind(downTo)} ORDER BY seq DESC LIMIT 1 OFFSET ${values.bind(this.#mostLookedAt - 1)}`;
    return {
      sql: `SELECT max(w.seq) AS seq FROM ${this.#eachKind(last, values)}`,
      values: values.all,
    };
  }

  #eachKind(select: string, values: Values): string {
    if (this.#kinds === undefined) return `(${select}) w`;
    const columns = KIND.map((name) =>
      values.bind(
        this.#kinds?.map((kind) => kind[name]),
        "text[]",
      ),
    );
    return `unnest(${columns.join(", ")}) AS k(${KINDS_COLUMNS}) CROSS JOIN LATERAL (${select}) w`;
  }

  /** What there is to look at, in no order yet. */
  #entries(values: Values): string {
    const { filter, player } = this.#page;
    const table = player === undefined ? "hand" : "hand_player";
    const where = [
      `seq < ${values.bind(this.#range.before)}`,
      `seq >= ${values.bind(this.#range.floor)}`,
    ];
    if (player !== undefined)
      where.push(
        `site = ${values.bind(player.site, "text")}`,
        `player = ${values.bind(player.player, "text")}`,
      );
    if (this.#kinds !== undefined) where.push(...KIND.map((name) => `t.${name} = k.${name}`));
    const columns =
      this.#kinds === undefined && KIND.some((name) => filter[name] !== undefined)
        ? `${LOOKED_AT[table]}, ${KINDS_COLUMNS}`
        : LOOKED_AT[table];
    return `SELECT ${columns} FROM ${table} t WHERE ${where.join(" AND ")}`;
  }

  /** What a hand must be of those that are looked at. */
  #conditions(values: Values): ReadonlyArray<string> {
    const { filter, player } = this.#page;
    const { from, minPot, players, position, result, showdown, to } = filter;
    const conditions: Array<string> = [];
    if (this.#kinds === undefined)
      for (const name of KIND)
        if (filter[name] !== undefined)
          conditions.push(`e.${name} = ${values.bind(filter[name], "text")}`);
    if (players !== undefined) conditions.push(`e.players = ${values.bind(players)}`);
    if (from !== undefined) conditions.push(`e.played_at >= ${values.bind(dayOf(from) * DAY_MS)}`);
    if (to !== undefined) conditions.push(`e.played_at < ${values.bind((dayOf(to) + 1) * DAY_MS)}`);
    if (minPot !== undefined) conditions.push(`e.total_pot >= ${values.bind(minPot)}`);
    if (position !== undefined) conditions.push(`e.position = ${values.bind(position, "text")}`);
    if (result !== undefined) conditions.push(result === "won" ? "e.net > 0" : "e.net < 0");
    if (showdown !== undefined) {
      const was = player === undefined ? ANYONES_SHOWDOWN : "e.at_showdown";
      conditions.push(showdown === "yes" ? was : `NOT ${was}`);
    }
    return conditions;
  }
}

/** From one kind to the next, each a step in the index. */
const kindsIn = (table: string, where: string) => `
WITH RECURSIVE kinds AS (
  (SELECT ${KINDS_COLUMNS} FROM ${table} WHERE ${where} ORDER BY ${KINDS_COLUMNS} LIMIT 1)
  UNION ALL
  SELECT n.* FROM kinds k CROSS JOIN LATERAL (
    SELECT ${KINDS_COLUMNS} FROM ${table}
    WHERE ${where} AND (${KINDS_COLUMNS}) > (${KIND.map((name) => `k.${name}`).join(", ")})
    ORDER BY ${KINDS_COLUMNS} LIMIT 1
  ) n
)
SELECT ${KINDS_COLUMNS} FROM kinds LIMIT ${MAX_KINDS + 1}`;

const KINDS = kindsIn("hand", "true");
const KINDS_OF_PLAYER = kindsIn("hand_player", "site = $1 AND player = $2");

const KNOWN_DAYS = `
SELECT min(played_at / ${DAY_MS}) AS first, max(played_at / ${DAY_MS}) AS last FROM hand`;

const NUMBERS_OF_DAYS = `
SELECT min(a.seq) AS first, max(b.seq) AS last FROM generate_series($1::bigint, $2::bigint) AS d(day)
CROSS JOIN LATERAL (SELECT seq FROM hand WHERE played_at / ${DAY_MS} = d.day ORDER BY seq LIMIT 1) a
CROSS JOIN LATERAL (SELECT seq FROM hand WHERE played_at / ${DAY_MS} = d.day ORDER BY seq DESC LIMIT 1) b`;
