/**
 * Where a player's measuring goes on: the figures, the run in progress and those before. It belongs to the client, not to
 * the page: it measures the commands that are given anywhere in the console, who looks at another page and comes back
 * finds the runs, and a bet that was still on its way when the page was left is counted.
 */
import type { Croupier } from "../../../sdk/src/index.ts";
import type { Table } from "../app/Table.ts";
import { Measurements } from "./Measurements.ts";
import type { Sample } from "./Measurements.ts";
import { openPingLine } from "./PingLine.ts";
import type { Plan } from "./Plan.ts";
import { finishRun, keepRun } from "./Run.ts";
import type { Run } from "./Run.ts";
import { PUMP_MS, createSimulator } from "./Simulator.ts";
import type { Attempt, Ending, Simulator } from "./Simulator.ts";
import { placeByRest } from "./placeByRest.ts";

export interface Desk {
  readonly measured: () => Measurements;
  readonly runs: () => readonly Run[];
  /** The last that was started; null before the first. */
  readonly simulator: () => Simulator | null;
  /** Nothing happens while one runs. A bet by hand is measured, but is no run to compare. */
  readonly start: (table: Table, plan: Plan, by: "run" | "hand") => void;
  readonly stop: (ending: Ending) => void;
  /** Forgets what was measured; the runs stay. */
  readonly clear: () => void;
  /** Pings, and stops the simulator when the page is hidden, until the returned function is called. */
  readonly attend: () => () => void;
  readonly subscribe: (listener: () => void) => () => void;
}

const desks = new WeakMap<Croupier, Desk>();

/** The desk of the client at this table. It is made with the first question for it, and measures from then on. */
export function deskOf(table: Table): Desk {
  const known = desks.get(table.croupier);
  if (known !== undefined) return known;
  const desk = makeDesk(table.croupier);
  desks.set(table.croupier, desk);
  return desk;
}

function makeDesk(croupier: Croupier): Desk {
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  let measured = new Measurements();
  let runs: readonly Run[] = [];
  let lastNumber = 0;
  let simulator: Simulator | null = null;

  const measure = (sample: Sample): void => {
    measured.bet(sample);
    changed();
  };
  croupier.onLatency(({ ms }) =>
    measure({ transport: "websocket", atMs: Date.now(), ms, refused: null }),
  );
  croupier.onOutcome(({ kept, outcome, isInherited }) => {
    if (outcome.ok || isInherited) return;
    const atMs = Date.now();
    const ms = Math.max(0, atMs - kept.madeAtMs);
    measure({ transport: "websocket", atMs, ms, refused: outcome.refusal.code });
  });
  const token = () => croupier.session.get()?.token ?? "";

  const start = ({ session, store, placeBet }: Table, plan: Plan, by: "run" | "hand"): void => {
    if (simulator !== null && simulator.progress().status !== "ended") return;
    const own = new Measurements();
    const startedAtMs = Date.now();
    const place = async ({ key, transport, raceId }: Attempt) => {
      const { market, selection, stakeMinor } = plan;
      const bet = { raceId, market, selection, stakeMinor };
      const sentMs = performance.now();
      const refusal = await (transport === "websocket"
        ? placeBet(bet)
        : placeByRest(croupier, { ...bet, lobbyId: session.lobbyId }, key));
      const ms = performance.now() - sentMs;
      const sample: Sample = { transport, atMs: Date.now(), ms, refused: refusal?.code ?? null };
      own.bet(sample);
      // Those of the other transport tell of themselves.
      if (transport === "rest") measure(sample);
      return refusal;
    };
    const started = createSimulator({
      plan,
      nowMs: () => performance.now(),
      makeKey: () => `latency-${crypto.getRandomValues(new Uint32Array(4)).join("-")}`,
      openRace: () => {
        const { lobby } = store.get().lobby;
        return lobby?.phase === "betting" ? lobby.race_id : null;
      },
      place,
      onProgress: changed,
    });
    simulator = started;
    const timer = setInterval(() => {
      started.pump();
      const { status, ending } = started.progress();
      if (status !== "ended" || ending === null) return;
      clearInterval(timer);
      if (by === "run") {
        lastNumber += 1;
        const endedAtMs = Date.now();
        const run = { number: lastNumber, startedAtMs, endedAtMs, plan, ending };
        runs = keepRun(runs, finishRun(run, own));
      }
      changed();
    }, PUMP_MS);
    started.pump();
  };

  const stop = (ending: Ending): void => simulator?.stop(ending);

  return {
    measured: () => measured,
    runs: () => runs,
    simulator: () => simulator,
    start,
    stop,
    clear: () => {
      measured = new Measurements();
      changed();
    },
    attend: () => {
      const scheme = location.protocol === "https:" ? "wss" : "ws";
      const endPings = openPingLine({
        url: () => `${scheme}://${location.host}/ws?token=${encodeURIComponent(token())}`,
        onPong: (ms) => {
          measured.ping(Date.now(), ms);
          changed();
        },
      });
      const hidden = () => {
        if (document.hidden) stop("hidden");
      };
      document.addEventListener("visibilitychange", hidden);
      return () => {
        document.removeEventListener("visibilitychange", hidden);
        endPings();
        stop("left");
      };
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
