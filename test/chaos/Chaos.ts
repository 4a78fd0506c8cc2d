/**
 * A run: faults by a seed, a crowd that plays throughout, then peace, in which everything that was begun has to come to its
 * end; and then the checker, over all that was seen and all that was written.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { audit } from "../../src/audit/Audit.ts";
import { withBooks } from "../../src/audit/PgBooks.ts";
import { Player, send } from "../crash/Player.ts";
import { ChaosCluster } from "./ChaosCluster.ts";
import { check } from "./checker.ts";
import { Counters, SOMETIMES, type What } from "./Counters.ts";
import { Crowd } from "./Crowd.ts";
import { Faults } from "./Faults.ts";
import type { Finding } from "./Finding.ts";
import { type Entry, readJournal } from "./Journal.ts";
import { accident, type Victim } from "./Prelude.ts";
import { Recorder } from "./Recorder.ts";
import { RaffleHouse } from "./RaffleHouse.ts";
import { Random } from "./Random.ts";
import { type Scheduled, scheduleOf } from "./Schedule.ts";
import { type Sight, SIGHTS, sightsIn } from "./Sights.ts";
import { Tracker } from "./Tracker.ts";

const LOBBIES = ["north", "south"];
/** Of chance; the players' begin at a hundred. */
const TRACKER_STREAM = 50;
/** As short as lobbies may be: many races end in a run, and are paid while faults happen. */
const TIMES = { betting_ms: 2000, racing_ms: 2000, results_ms: 500 };
/** In peace everything comes to its end within this. */
export const LIVENESS_MS = 30_000;
const POLL_MS = 100;

export interface ChaosOptions {
  readonly seed: number;
  /** For how long faults begin. */
  readonly faultsMs: number;
  readonly processes?: number;
  /** The faults; those of the seed unless given. */
  readonly schedule?: ReadonlyArray<Scheduled>;
  /** Whether an accident of some minutes ago has left a hold behind; it takes some seconds more. */
  readonly accident?: boolean;
  readonly print?: (line: string) => void;
}

export interface ChaosReport {
  readonly seed: number;
  readonly findings: ReadonlyArray<Finding>;
  /** What peace has not brought to its end. */
  readonly unfinished: ReadonlyArray<string>;
  readonly counts: ReadonlyMap<string, number>;
  readonly missed: ReadonlyArray<What | Sight>;
  /** From the end of the faults: until everything was answered, until all was settled. */
  readonly answeredMs: number;
  readonly settledMs: number;
  readonly requests: number;
  readonly frames: number;
  readonly entries: number;
  /** Answers that say `internal_error`: none that anyone should get, but asking again with the key has settled each. */
  readonly internalErrors: number;
  readonly faults: ReadonlyArray<string>;
  /** Where the history, the journal and the processes' output are, when something is wrong. */
  readonly kept: string | undefined;
}

export const runChaos = async ({
  accident: hasAccident = true,
  faultsMs,
  print = () => undefined,
  processes = 3,
  seed,
  schedule = scheduleOf(seed, { durationMs: faultsMs, processes }),
}: ChaosOptions): Promise<ChaosReport> => {
  const startedAt = performance.now();
  const faults: Array<string> = [];
  const log = (text: string) => {
    const line = `${((performance.now() - startedAt) / 1000).toFixed(2).padStart(7)} s  ${text}`;
    faults.push(line);
    print(line);
  };
  const folder = Tracker.folder();
  const cluster = await ChaosCluster.open(processes, { HANDS_DIR: folder });
  const recorder = new Recorder();
  let crowd: Crowd | undefined;
  let house: RaffleHouse | undefined;
  let tracker: Tracker | undefined;
  const counters = new Counters(cluster);
  try {
    log(`PostgreSQL runs${cluster.disk.canBeFull ? " on a small disk" : ""}`);
    const victim = hasAccident ? await accident(cluster) : undefined;
    if (hasAccident) log("an accident has left a hold that belongs to nothing");
    await cluster.heal();
    log(`${processes} processes serve`);
    const urls = cluster.members.map(({ url }) => url);
    await openLobbies(urls[0] ?? "");
    crowd = await Crowd.join({ seed, urls, lobbies: LOBBIES, recorder });
    const { playerIds: organisers, token } = crowd;
    const onSale = (raffles: ReadonlyArray<string>) => crowd?.onSale(raffles);
    house = await RaffleHouse.open({ urls, faultsMs, organisers, onSale });
    tracker = new Tracker({ folder, urls, token, random: new Random(seed, TRACKER_STREAM) });
    const guests = { cluster, crowd, house, tracker, victim };
    crowd.play();
    house.play();
    tracker.play();
    await strikeAll(cluster, crowd, log, { schedule, faultsMs });
    const peace = await makePeace(guests, log);
    await counters.read();
    crowd.close();
    const journal = await cluster.withDatabase(readJournal);
    const hands: Array<Finding> = [];
    await tracker.check(cluster, (finding) => void hands.push(finding));
    const findings = [
      ...check({ history: recorder.lines, journal }),
      ...hands,
      ...(await auditOf(cluster.postgres.url)),
    ];
    const counts = new Map<string, number>([
      ...counters.totals,
      ...sightsIn(journal),
      ...tracker.counts,
    ]);
    const missed = [...SOMETIMES, ...SIGHTS].filter((what) => (counts.get(what) ?? 0) === 0);
    const isWell = findings.length === 0 && peace.unfinished.length === 0;
    return {
      seed,
      findings,
      ...peace,
      counts,
      missed,
      requests: recorder.lines.filter(({ type }) => type === "invoke").length,
      frames: recorder.lines.filter(({ type }) => type === "frame").length,
      entries: journal.length,
      internalErrors: recorder.lines.filter(
        (line) => line.type === "unknown" && line.why === "internal_error",
      ).length,
      faults,
      kept: isWell ? undefined : keep({ seed, recorder, cluster, journal, faults, findings }),
    };
  } catch (error) {
    const kept = keep({ seed, recorder, cluster, journal: [], faults, findings: [] });
    throw new Error(`${String(error)} (histories and outputs are in ${kept})`, { cause: error });
  } finally {
    crowd?.close();
    house?.close();
    tracker?.close();
    counters.close();
    await cluster.close();
  }
};

const openLobbies = async (url: string): Promise<void> => {
  const admin = await Player.admin(url);
  for (const lobby_id of LOBBIES) {
    const body = { lobby_id, name: lobby_id, ...TIMES };
    await admin.ask({ method: "POST", path: "/lobbies", body });
  }
};

/** Lets every fault happen at its time, and resolves when the last that has begun is over. */
const strikeAll = async (
  cluster: ChaosCluster,
  crowd: Crowd,
  log: (text: string) => void,
  {
    faultsMs,
    schedule,
  }: { readonly schedule: ReadonlyArray<Scheduled>; readonly faultsMs: number },
): Promise<void> => {
  const faults = new Faults(cluster, log, (index) => crowd.goTo(index));
  const startedAt = performance.now();
  const until = (ms: number) => delay(Math.max(0, startedAt + ms - performance.now()));
  const happening: Array<Promise<void>> = [];
  for (const { atMs, fault } of schedule) {
    await until(atMs);
    const strike = faults.strike(fault);
    // Looked at below, which may be later.
    strike.catch(() => undefined);
    happening.push(strike);
  }
  await until(faultsMs);
  faults.end();
  await Promise.all(happening);
};

interface Peace {
  readonly unfinished: ReadonlyArray<string>;
  readonly answeredMs: number;
  readonly settledMs: number;
}

/** Whoever takes part in a run, and where. */
interface Party {
  readonly cluster: ChaosCluster;
  readonly crowd: Crowd;
  readonly house: RaffleHouse;
  readonly tracker: Tracker;
  readonly victim: Victim | undefined;
}

const makePeace = async (party: Party, log: (text: string) => void): Promise<Peace> => {
  const { cluster, crowd, house, tracker } = party;
  const startedAt = performance.now();
  const elapsed = () => Math.round(performance.now() - startedAt);
  log("the faults are over");
  house.close();
  const finished = Promise.all([crowd.finish(), tracker.finish()]).then(() => true);
  // Looked at below; should it be late, whoever plays on is called off, which rejects it.
  finished.catch(() => undefined);
  await cluster.heal();
  log(`all processes serve, after ${elapsed()} ms`);
  const late = delay(Math.max(0, LIVENESS_MS - elapsed()), false, { ref: false });
  if (!(await Promise.race([finished, late])))
    return {
      unfinished: crowd.outstanding.map((what) => `${what} was not answered`),
      answeredMs: elapsed(),
      settledMs: elapsed(),
    };
  const answeredMs = elapsed();
  log(`every request is answered, after ${answeredMs} ms`);
  // Who is not answered by then gives up, and says what it has waited for.
  const giveUp = setTimeout(() => crowd.close(), Math.max(0, LIVENESS_MS - elapsed()));
  const unfinished = await settled(party, () => elapsed() < LIVENESS_MS)
    .catch((error: unknown) => [String(error), ...crowd.outstanding])
    .finally(() => clearTimeout(giveUp));
  const settledMs = elapsed();
  log(
    unfinished.length === 0
      ? `every race and raffle is settled and nothing is held, after ${settledMs} ms`
      : `still unfinished after ${settledMs} ms: ${unfinished.join("; ")}`,
  );
  return { unfinished, answeredMs, settledMs };
};

/** Ends what goes on by itself and looks at what is left, until nothing is; answers what still is when `isInTime` ends. */
const settled = async (
  { cluster, crowd, house, tracker, victim }: Party,
  isInTime: () => boolean,
): Promise<ReadonlyArray<string>> => {
  const { url } = cluster.member(0);
  const admin = await Player.admin(url);
  await Promise.all([
    crowd.settleUp(),
    house.end(),
    ...LOBBIES.map((lobbyId) => admin.ask({ method: "POST", path: `/lobbies/${lobbyId}/stop` })),
  ]);
  for (;;) {
    const unfinished = [
      ...(await runningRaces(admin)),
      ...(await house.unfinished(cluster)),
      ...(await tracker.unfinished(cluster)),
      ...(await openHolds(crowd)),
      ...(victim === undefined ? [] : await heldBy(url, victim)),
    ];
    if (unfinished.length === 0 || !isInTime()) return unfinished;
    await delay(POLL_MS);
  }
};

const runningRaces = async (admin: Player): Promise<ReadonlyArray<string>> => {
  const phases = await Promise.all(
    LOBBIES.map(async (lobbyId) => {
      const { phase } = await admin.get(`/lobbies/${lobbyId}`);
      return phase === "lobby" ? [] : [`lobby ${lobbyId} is in phase ${String(phase)}`];
    }),
  );
  return phases.flat();
};

const openHolds = async (crowd: Crowd): Promise<ReadonlyArray<string>> =>
  (await crowd.wallets()).flatMap(({ balance_locked: locked, open_holds: holds, player_id: id }) =>
    locked === 0 ? [] : [`${String(id)} has ${String(locked)} held: ${JSON.stringify(holds)}`],
  );

const heldBy = async (url: string, { playerId, token }: Victim): Promise<ReadonlyArray<string>> => {
  const { body } = await send(url, { path: "/wallet/me" }, token);
  return body["balance_locked"] === 0 ? [] : [`the accident's stake is still held for ${playerId}`];
};

const auditOf = async (url: string): Promise<ReadonlyArray<Finding>> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { findings } = await withBooks(client, (books) => audit(books));
    return findings.map(({ entity, sentence }) => ({
      promise: "the audit is clean",
      subject: entity,
      sentence,
    }));
  } finally {
    await client.end();
  }
};

interface Kept {
  readonly seed: number;
  readonly recorder: Recorder;
  readonly cluster: ChaosCluster;
  readonly journal: ReadonlyArray<Entry>;
  readonly faults: ReadonlyArray<string>;
  readonly findings: ReadonlyArray<Finding>;
}

/** Writes down what is needed to understand what went wrong; answers where. */
const keep = ({ cluster, faults, findings, journal, recorder, seed }: Kept): string => {
  const folder = mkdtempSync(join(tmpdir(), `croupier-chaos-seed-${seed}-`));
  recorder.save(folder);
  const jsonLines = (items: ReadonlyArray<unknown>) =>
    items.map((item) => JSON.stringify(item)).join("\n");
  writeFileSync(join(folder, "journal.jsonl"), jsonLines(journal));
  writeFileSync(join(folder, "findings.jsonl"), jsonLines(findings));
  writeFileSync(join(folder, "faults.log"), faults.join("\n"));
  mkdirSync(join(folder, "output"));
  for (const [name, output] of cluster.outputs)
    writeFileSync(join(folder, "output", `${name}.log`), output());
  return folder;
};
