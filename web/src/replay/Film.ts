/**
 * A recorded race as a film: the picture of any moment, also between two ticks. Positions end at the line, as the
 * server reports them; how a runner comes in between two ticks and runs out behind the line is reckoned from when it
 * crossed.
 */
import type { Cast, Run } from "../../../sdk/src/index.ts";
import { crossingsOfReplay } from "../race/RaceOutcome.ts";
import { withRunOut } from "../race/finish.ts";
import type { Recording } from "./readReplay.ts";

export interface Film {
  readonly recording: Recording;
  /** The last tick; the first is 0. */
  readonly endTick: number;
  /** The whole race as a spectator saw it, with each lane's crossing of the line. */
  readonly run: Run;
  readonly casts: readonly (Cast & { readonly castTick: number })[];
  /** When the winner reached the line, to a fraction of a tick; null if nobody did. */
  readonly finishTick: number | null;
}

export interface Picture {
  readonly tick: number;
  /** Millimetres from the start by lane, beyond the line for who runs out. */
  readonly positions: readonly number[];
  /** Millimetres a tick, by lane. */
  readonly speeds: readonly number[];
  /** Those that have been cast by now. */
  readonly casts: readonly Cast[];
}

export function filmOf(recording: Recording): Film {
  const { frames, ticks_per_second: ticksPerSecond, track_mm: trackMm } = recording;
  const endTick = Math.max(0, frames.length - 1);
  const crossings = crossingsOfReplay(recording).map((atMs) =>
    atMs === null ? null : (atMs * ticksPerSecond) / 1000,
  );
  const reached = crossings.filter((crossing) => crossing !== null);
  return {
    recording,
    endTick,
    run: {
      trackMm,
      last: { tick: endTick, positions: frames[endTick] ?? [] },
      speeds: (frames[endTick] ?? []).map((mm, lane) => mm - (frames[endTick - 1]?.[lane] ?? mm)),
      crossings,
    },
    casts: recording.powers.map((cast) => ({
      castId: cast.cast_id,
      playerId: cast.player_id,
      power: cast.power,
      target: cast.target,
      costMinor: cast.cost,
      castTick: cast.cast_tick,
      tick: cast.tick,
      durationTicks: cast.duration_ticks,
    })),
    finishTick: reached.length === 0 ? null : Math.min(...reached),
  };
}

export function pictureAt(film: Film, tick: number): Picture {
  const { frames, track_mm: trackMm } = film.recording;
  const before = Math.min(film.endTick, Math.max(0, Math.floor(tick)));
  const share = Math.min(1, Math.max(0, tick - before));
  const from = frames[before] ?? [];
  const to = frames[before + 1] ?? from;
  const running = from.map((position, lane) => {
    const next = to[lane] ?? position;
    const crossing = film.run.crossings[lane] ?? null;
    if (next < trackMm || position >= trackMm || crossing === null) {
      return position + (next - position) * share;
    }
    // The tick in which it reaches the line, which may be before the tick's end.
    const wayShare = crossing <= before ? 1 : Math.min(1, share / (crossing - before));
    return position + (trackMm - position) * wayShare;
  });
  return {
    tick,
    positions: withRunOut(film.run, { positions: running, tick }),
    speeds: from.map((position, lane) => (to[lane] ?? position) - position),
    casts: film.casts.filter(({ castTick }) => castTick <= tick),
  };
}

export interface Standing {
  readonly number: number;
  readonly name: string;
  /** From 1; who is level shares it. */
  readonly place: number;
  /** Millimetres run, at most the track. */
  readonly positionMm: number;
  /** Millimetres behind the leader while it runs. */
  readonly behindMm: number;
  /** When it reached the line, in ticks; null while it has not. */
  readonly crossedTick: number | null;
}

/** Who is where at a whole tick, the leader first; scratched runners left out. The official order decides who is home. */
export function standingsAt(film: Film, tick: number): readonly Standing[] {
  const { finish_ticks: finishTicks, frames, order, runners } = film.recording;
  const at = Math.min(film.endTick, Math.max(0, Math.floor(tick)));
  const positions = frames[at] ?? [];
  const leaderMm = Math.max(0, ...positions);
  const officialRank = new Map(
    order.flatMap((group, rank) => group.map((number) => [number, rank] as const)),
  );
  const rows = runners
    .map((runner, lane) => {
      const finishTick = finishTicks[lane] ?? null;
      const isHome = finishTick !== null && finishTick <= at;
      return {
        runner,
        positionMm: positions[lane] ?? 0,
        crossedTick: isHome ? (film.run.crossings[lane] ?? finishTick) : null,
        // Who is home is ranked by the judge, the others behind by distance.
        rank: isHome || at === film.endTick ? (officialRank.get(runner.number) ?? Infinity) : null,
      };
    })
    .filter(({ runner }) => !runner.scratched)
    .toSorted(
      (a, b) =>
        (a.rank ?? Infinity) - (b.rank ?? Infinity) ||
        b.positionMm - a.positionMm ||
        a.runner.number - b.runner.number,
    );
  return rows.map(({ crossedTick, positionMm, rank, runner }) => ({
    number: runner.number,
    name: runner.name,
    place:
      1 +
      rows.findIndex(
        (other) => other.rank === rank && (rank !== null || other.positionMm === positionMm),
      ),
    positionMm,
    behindMm: leaderMm - positionMm,
    crossedTick,
  }));
}
