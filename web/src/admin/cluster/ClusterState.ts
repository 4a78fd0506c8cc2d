/**
 * The cluster as the page knows it: the last answer, and what only successive answers tell, which is how fast
 * each process writes, who has come and who has gone. Pure; `nowMs` is the browser's clock and only ever compared with
 * itself, rates are reckoned by the reporting process's own.
 */
import type { ClusterBody, ProcessBody } from "../../../../rpc/http/admin.ts";
import type { Problem } from "../../http/request.ts";

/** How far back the curves go. */
export const WINDOW_MS = 60_000;
/** A process that has ended stays on the page so long, so that nobody wonders where it went. */
export const FAREWELL_MS = 12_000;
/** A process counts as new so long. */
export const NEWCOMER_MS = 12_000;
/** Reports come each second; the rate of one that has missed some is no longer known to hold. */
const RATE_HOLDS_MS = 3_000;
/** As much as anyone reads. */
const MAX_NEWS = 30;
/** As many colours as there are; more processes share them. */
export const COLOUR_COUNT = 8;

export interface Member {
  readonly process: ProcessBody;
  /** Which of the colours is its own; that of the process of the same name before it, if there was one. */
  readonly colour: number;
  /** Null if it was there before the page. */
  readonly joinedMs: number | null;
  /** When the last report that was new came. */
  readonly heardMs: number;
  /** When it was missing for the first time; null while it is there. */
  readonly goneMs: number | null;
  /** Appends a second between the last two reports; null before there are two. */
  readonly appendsPerS: number | null;
}

/** Appends a second by process id, as known at one moment. */
export interface Beat {
  readonly atMs: number;
  readonly rates: ReadonlyMap<string, number>;
}

export type NewsKind = "joined" | "silent" | "back" | "draining" | "gone" | "paused" | "resumed";

export interface News {
  /** Rises by one. */
  readonly id: number;
  readonly atMs: number;
  readonly kind: NewsKind;
  /** A process's name or a kind of entity. */
  readonly subject: string;
}

export interface ClusterState {
  /** When the last answer came, or failed to. */
  readonly nowMs: number;
  readonly cluster: ClusterBody | null;
  /** By process id, in the order in which they were first seen. */
  readonly members: ReadonlyMap<string, Member>;
  /** Oldest first, of the last minute. */
  readonly beats: readonly Beat[];
  /** Newest first. */
  readonly news: readonly News[];
  /** Why the last question had no answer, and since when there is none. */
  readonly lost: { readonly sinceMs: number; readonly problem: Problem } | null;
}

export function nothingKnown(nowMs: number): ClusterState {
  return { nowMs, cluster: null, members: new Map(), beats: [], news: [], lost: null };
}

export function applyCluster(
  state: ClusterState,
  cluster: ClusterBody,
  nowMs: number,
): ClusterState {
  const members = new Map<string, Member>();
  const present = new Set(cluster.processes.map((process) => process.process_id));
  for (const [id, member] of state.members) {
    if (present.has(id)) continue;
    const goneMs = member.goneMs ?? nowMs;
    if (nowMs - goneMs < FAREWELL_MS) members.set(id, { ...member, goneMs, appendsPerS: null });
  }
  const isFirst = state.cluster === null;
  for (const process of cluster.processes) {
    const known = state.members.get(process.process_id);
    members.set(
      process.process_id,
      known === undefined
        ? {
            process,
            colour: colourFor(process, state.members, members),
            joinedMs: isFirst ? null : nowMs,
            heardMs: nowMs,
            goneMs: null,
            appendsPerS: null,
          }
        : heardAgain(known, process, nowMs),
    );
  }
  const inOrder = new Map(
    [...members].toSorted(([, a], [, b]) =>
      a.process.name.localeCompare(b.process.name, "en", { numeric: true }),
    ),
  );
  const rates = new Map(
    [...inOrder].flatMap(([id, { appendsPerS }]) =>
      appendsPerS === null ? [] : [[id, appendsPerS]],
    ),
  );
  const beats = [...state.beats, { atMs: nowMs, rates }].filter(
    ({ atMs }) => nowMs - atMs <= WINDOW_MS + RATE_HOLDS_MS,
  );
  const news = isFirst ? state.news : withNews(state, cluster, nowMs);
  return { nowMs, cluster, members: inOrder, beats, news, lost: null };
}

/** What was known stays, marked as old. */
export function applyFailure(state: ClusterState, problem: Problem, nowMs: number): ClusterState {
  return { ...state, nowMs, lost: { sinceMs: state.lost?.sinceMs ?? nowMs, problem } };
}

function heardAgain(known: Member, process: ProcessBody, nowMs: number): Member {
  const passedMs = Date.parse(process.at) - Date.parse(known.process.at);
  const isNew = passedMs > 0;
  if (isNew) {
    const grown = process.appends - known.process.appends;
    const appendsPerS = Math.max(0, (grown * 1000) / passedMs);
    return { ...known, process, goneMs: null, heardMs: nowMs, appendsPerS };
  }
  const holds = nowMs - known.heardMs < RATE_HOLDS_MS;
  return { ...known, process, goneMs: null, appendsPerS: holds ? known.appendsPerS : null };
}

/** The colour of the last process of its name, else one that nobody has, else whichever is next. */
function colourFor(
  process: ProcessBody,
  before: ReadonlyMap<string, Member>,
  now: ReadonlyMap<string, Member>,
): number {
  const all = [...before.values(), ...now.values()];
  const namesake = all.find((member) => member.process.name === process.name);
  if (namesake !== undefined) return namesake.colour;
  const taken = new Set(all.map((member) => member.colour));
  for (let colour = 0; colour < COLOUR_COUNT; colour += 1) if (!taken.has(colour)) return colour;
  return all.length % COLOUR_COUNT;
}

function withNews(state: ClusterState, cluster: ClusterBody, nowMs: number): readonly News[] {
  const happened: (readonly [NewsKind, string])[] = [];
  const present = new Set(cluster.processes.map((process) => process.process_id));
  for (const [id, { process, goneMs }] of state.members) {
    if (!present.has(id) && goneMs === null) happened.push(["gone", process.name]);
  }
  for (const process of cluster.processes) {
    const known = state.members.get(process.process_id);
    if (known === undefined) happened.push(["joined", process.name]);
    else if (known.process.state !== process.state) {
      happened.push([process.state === "up" ? "back" : process.state, process.name]);
    }
  }
  const pausedBefore = state.cluster?.paused_kinds ?? [];
  for (const kind of cluster.paused_kinds) {
    if (!pausedBefore.includes(kind)) happened.push(["paused", kind]);
  }
  for (const kind of pausedBefore) {
    if (!cluster.paused_kinds.includes(kind)) happened.push(["resumed", kind]);
  }
  let id = state.news[0]?.id ?? 0;
  const fresh = happened.map(([kind, subject]) => ({ id: ++id, atMs: nowMs, kind, subject }));
  return [...fresh.toReversed(), ...state.news].slice(0, MAX_NEWS);
}

/** Members that are there, without those that are remembered only. */
export function presentMembers(state: ClusterState): readonly Member[] {
  return [...state.members.values()].filter(({ goneMs }) => goneMs === null);
}

/** Appends a second of the whole cluster; null before anything is known. */
export function totalAppendsPerS(state: ClusterState): number | null {
  const known = presentMembers(state).flatMap(({ appendsPerS }) =>
    appendsPerS === null ? [] : [appendsPerS],
  );
  return known.length === 0 ? null : known.reduce((sum, rate) => sum + rate, 0);
}

export interface Holding {
  readonly member: Member;
  readonly shards: number;
}

/**
 * Who holds how many shards, those who hold any. What a silent process said it held is of then: it counts as far as others
 * have not taken it over since.
 */
export function holdings(state: ClusterState): readonly Holding[] {
  const members = presentMembers(state);
  const isSilent = ({ process }: Member) => process.state === "silent";
  let left = members
    .filter((member) => !isSilent(member))
    .reduce((rest, { process }) => rest - process.shards, state.cluster?.shards.total ?? 0);
  return members.flatMap((member) => {
    const said = member.process.shards;
    const shards = isSilent(member) ? Math.max(0, Math.min(said, left)) : said;
    if (isSilent(member)) left -= shards;
    return shards > 0 ? [{ member, shards }] : [];
  });
}

export interface KindTotal {
  readonly kind: string;
  readonly live: number;
  readonly depth: number;
  readonly isPaused: boolean;
  /** Live entities by process, those that have any. */
  readonly spread: readonly { readonly member: Member; readonly live: number }[];
}

/** What processes that are heard of have in memory, by kind in the order of the alphabet. */
export function kindTotals(state: ClusterState): readonly KindTotal[] {
  const members = presentMembers(state).filter(({ process }) => process.state !== "silent");
  const paused = state.cluster?.paused_kinds ?? [];
  const kinds = new Set([
    ...presentMembers(state).flatMap(({ process }) => process.kinds.map(({ kind }) => kind)),
    ...paused,
  ]);
  return [...kinds].toSorted().map((kind) => {
    const rows = members.flatMap((member) => {
      const row = member.process.kinds.find((other) => other.kind === kind);
      return row === undefined ? [] : [{ member, live: row.live, depth: row.depth }];
    });
    return {
      kind,
      live: rows.reduce((sum, { live }) => sum + live, 0),
      depth: rows.reduce((sum, { depth }) => sum + depth, 0),
      isPaused: paused.includes(kind),
      spread: rows.filter(({ live }) => live > 0).map(({ member, live }) => ({ member, live })),
    };
  });
}
