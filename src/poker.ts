/**
 * The poker side of this process: equity, recorded hands, statistics and queries, as the gateway asks them, and the folders
 * that it watches for new hands.
 */
import { join } from "node:path";
import { Context, Effect, Layer } from "effect";
import { InvalidCards } from "../rpc/equity.ts";
import { systemClock } from "./actor/Clock.ts";
import { ParquetFilteredStats } from "./analytics/ParquetFilteredStats.ts";
import { makeQueryDesk } from "./analytics/QueryDesk.ts";
import { makeAllInEquity } from "./compute/equity/allInEquity.ts";
import { evaluateText } from "./compute/evaluator/evaluateText.ts";
import { failure, success } from "./gateway/Answer.ts";
import type { EquityDesk, PokerDesks } from "./gateway/PokerDesks.ts";
import { Announcer } from "./hands/announce.ts";
import { makeHandDesk } from "./hands/HandDesk.ts";
import { type AllInEquity, COUNTED_BOARDS } from "./hands/stats/AllInEquity.ts";
import { countHand } from "./hands/stats/countHand.ts";
import { makeStatsDesk } from "./hands/StatsDesk.ts";
import { HandStore } from "./hands/store/HandStore.ts";
import { HandWatcher } from "./hands/watch/HandWatcher.ts";
import type { WatchedFileServices } from "./hands/watch/WatchedFile.ts";
import { closing } from "./ops/Closing.ts";
import { Settings } from "./ops/Config.ts";
import { Database } from "./ops/Database.ts";
import { makeLogs } from "./ops/Logging.ts";
import { MetricsService } from "./ops/Metrics.ts";
import { EXPORTS, Runner } from "./runner.ts";

/** What is being stored when the stop begins is stored, or has failed: the database answers within 8 s or not at all. */
const WATCHER_MS = 9000;
/** By then the feed has answered. What is not announced now is found by `jobs/HandBatches.ts`, in whatever process. */
const ANNOUNCED_MS = 5000;

/** What there is of poker in this process. */
export class Poker extends Context.Tag("croupier/Poker")<Poker, PokerDesks>() {}

/** What becomes of a hand that has been read: it is counted, stored, and announced. */
const makeIntake = (allInEquity: AllInEquity) =>
  Effect.gen(function* () {
    const { pool } = yield* Database;
    const { ask } = (yield* Runner).system;
    const logs = yield* makeLogs;
    const announcer = yield* Effect.acquireRelease(
      Effect.sync(
        () => new Announcer({ ask, pool, log: (message, cause) => logs.warn(message, { cause }) }),
      ),
      (opened) => closing("the announcements of hands", ANNOUNCED_MS, () => opened.settled()),
    );
    const intake: WatchedFileServices = {
      store: new HandStore({ pool, now: systemClock.now }),
      count: (hand) => countHand(hand, allInEquity),
      onStored: (stored) => announcer.announce(stored),
    };
    return intake;
  });

/** Reads the folders of HANDS_DIR, from now on. */
const watch = Effect.fn("Poker.watch")(function* (services: WatchedFileServices) {
  const { handsDirs, handsPoll } = yield* Settings;
  if (handsDirs.length === 0) return;
  const metrics = yield* MetricsService;
  const logs = yield* makeLogs;
  yield* Effect.acquireRelease(
    Effect.promise(async () => {
      const watcher = new HandWatcher({
        folders: handsDirs,
        poll: handsPoll === "on",
        services,
        log: logs.info,
        warn: (message, cause) => logs.warn(message, { cause }),
        onLook: (_, { imported, refused }) => {
          metrics.hands("watch", "imported", imported);
          metrics.hands("watch", "refused", refused.length);
        },
      });
      metrics.observe("hand_files", () => [
        ["folders", watcher.presentFolders],
        ["files", watcher.files],
        ["waiting", watcher.waiting],
      ]);
      await watcher.start();
      return watcher;
    }),
    (opened) => closing("the watched folders", WATCHER_MS, () => opened.close()),
  );
});

/** Statistics of a part of a player's hands, from the exported files as far as these reach. */
const makeFilteredStats = Effect.gen(function* () {
  const { dataDir } = yield* Settings;
  const { pool } = yield* Database;
  const logs = yield* makeLogs;
  const folder = join(dataDir, EXPORTS);
  return yield* Effect.acquireRelease(
    Effect.sync(() => new ParquetFilteredStats({ pool, folder, warn: logs.warn })),
    (opened) => Effect.sync(() => opened.close()),
  );
});

/** SQL over what has been exported; DuckDB runs in a process of its own, started when it is first asked. */
const makeQueries = Effect.gen(function* () {
  const { dataDir, queryMemoryMb, querySeconds } = yield* Settings;
  const { pool } = yield* Database;
  return yield* Effect.acquireRelease(
    Effect.sync(() =>
      makeQueryDesk({
        pool,
        folder: join(dataDir, EXPORTS),
        timeoutMs: querySeconds * 1000,
        memoryMb: queryMemoryMb,
      }),
    ),
    (opened) => Effect.sync(() => opened.close()),
  );
});

const makeEquity = Effect.gen(function* () {
  const { compute, questions } = yield* Runner;
  const metrics = yield* MetricsService;
  metrics.observe("compute", () => [
    ["chunks", compute.depth()],
    ["threads", compute.workers],
  ]);
  const desk: EquityDesk = {
    ask: (question, options) => questions.ask(question, options),
    evaluate: (body) => {
      const evaluated = evaluateText(body);
      return evaluated.ok ? success(evaluated.value) : failure(new InvalidCards(evaluated));
    },
    workers: compute.workers,
  };
  return desk;
});

/** Closed in reverse: the watcher stores what it has read, and what was stored is announced. */
export const layerPoker = Layer.scoped(
  Poker,
  Effect.gen(function* () {
    const { handsDirs } = yield* Settings;
    const { pool } = yield* Database;
    const { compute, system } = yield* Runner;
    const intake = yield* makeIntake(makeAllInEquity(compute.kernel, COUNTED_BOARDS));
    yield* watch(intake);
    return {
      equity: yield* makeEquity,
      hands: makeHandDesk({ pool, intake, watchedFolders: handsDirs.length }),
      stats: makeStatsDesk({ ask: system.ask, pool, filtered: yield* makeFilteredStats }),
      query: yield* makeQueries,
    };
  }),
);
