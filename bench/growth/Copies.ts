/**
 * Copies of a world: how many it takes to fill a database, and what the ids in each are.
 *
 * All ids of a world begin with or contain its players' and its lobby's. Their last digits give way to a mark, and the
 * mark to the copy's number: one replacement a column makes a row of another world, with every reference intact.
 */
import { type Pattern, type PatternRow, type Table, TABLES, type World } from "./World.ts";

/** Stands where a copy's number goes; no id and no JSON of ours has it. */
export const MARK = "@@@@@@";

/** A copy's number as it stands in ids: as many hexadecimal digits as the mark is long. */
export const copyName = (copy: number): string => copy.toString(16).padStart(MARK.length, "0");

export interface Plan {
  /** Copies of the whole world. */
  readonly worlds: number;
  /** Further copies of the player who only joined. */
  readonly visitors: number;
  /** What that gives. */
  readonly rows: number;
  readonly wallets: number;
}

/** How a journal of about `rows` rows and `wallets` wallets is made of a world with `worldRows` rows and `bettors`. */
export const planOf = (
  wanted: { readonly rows: number; readonly wallets: number },
  world: { readonly rows: number; readonly bettors: number },
): Plan => {
  const worlds = Math.floor((wanted.rows - wanted.wallets) / (world.rows - world.bettors));
  const visitors = Math.max(0, wanted.wallets - worlds * world.bettors);
  if (worlds < 1) throw new Error(`${wanted.rows} rows are fewer than one world's ${world.rows}.`);
  return {
    worlds,
    visitors,
    rows: worlds * world.rows + visitors,
    wallets: worlds * world.bettors + visitors,
  };
};

const marked = (id: string) => id.slice(0, -MARK.length) + MARK;

/** A world's rows with the mark in their ids, those of the visitor apart. */
export interface Template {
  readonly tables: Readonly<Record<Table, Pattern>>;
  readonly visitor: Readonly<Record<Table, Pattern>>;
  /** Entity ids of the bettors' wallets. */
  readonly bettors: ReadonlyArray<string>;
}

export const templateOf = (world: World): Template => {
  const ids = [world.lobbyId, world.visitor, ...world.bettors];
  const markRow = (row: PatternRow): PatternRow =>
    row.map((text) =>
      text === null ? null : ids.reduce((done, id) => done.replaceAll(id, marked(id)), text),
    );
  const visitor = marked(world.visitor);
  // What has no mark is no player's and no lobby's: the administrator's account.
  const isCopied = (row: PatternRow) => row.some((text) => text?.includes(MARK));
  const isVisitors = (row: PatternRow) => row.some((text) => text?.includes(visitor));
  const split = (keep: (row: PatternRow) => boolean): Template["tables"] => {
    const tables = { ...world.tables };
    for (const table of TABLES) {
      const { columns, rows } = world.tables[table];
      tables[table] = { columns, rows: rows.map(markRow).filter(keep) };
    }
    return tables;
  };
  return {
    tables: split((row) => isCopied(row) && !isVisitors(row)),
    visitor: split(isVisitors),
    bettors: world.bettors.map(marked),
  };
};

/** `count` of the bettors of `worlds` copies, spread evenly over all; `turn` picks others. */
export const spreadBettors = (
  { bettors }: Pick<Template, "bettors">,
  {
    count,
    turn = 0,
    worlds,
  }: { readonly count: number; readonly turn?: number; readonly worlds: number },
): ReadonlyArray<string> => {
  const all = worlds * bettors.length;
  if (count > all) throw new Error(`There are ${all} bettors, not ${count}.`);
  // Less than the distance between two, so that none is picked twice.
  const shift = turn % Math.floor(all / count);
  return Array.from({ length: count }, (_, i) => {
    const at = Math.floor((i * all) / count) + shift;
    return bettors[at % bettors.length]!.replace(
      MARK,
      copyName(1 + Math.floor(at / bettors.length)),
    );
  });
};
