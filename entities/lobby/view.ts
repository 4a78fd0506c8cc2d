/** What a lobby shows of itself. The server seed is never in it. */
import { LobbyId, RaceId } from "../../rpc/id.ts";
import type { LobbyView } from "../../rpc/lobby.ts";
import { openingOdds, winOdds } from "./race/odds.ts";
import { type RaceRun, simulate } from "./race/simulation.ts";
import type { LobbyState, Race } from "./state.ts";

/** Win odds in hundredths by runner's number: the pool's where there is money, else what form promises. */
export const oddsOf = (race: Race, takeoutPerMille: number): Record<string, number> => {
  const byForm = openingOdds(race.field, takeoutPerMille, race.scratched);
  // What is staked on a scratched runner is refunded: it pays for nobody's win.
  const isScratched = (lane: number) => race.scratched.includes(race.field[lane]?.number ?? 0);
  const live = race.winStakes.map((stake, lane) => (isScratched(lane) ? 0 : stake));
  const byPool = winOdds(live, takeoutPerMille);
  const odds: Record<string, number> = {};
  race.field.forEach(({ number }, lane) => {
    const promised = byForm[lane];
    if (promised !== null && promised !== undefined) odds[number] = byPool[lane] ?? promised;
  });
  return odds;
};

const runs = new WeakMap<Race, RaceRun>();

/** The race as it runs with the powers cast so far. Kept for as long as nothing is cast. */
export const runOf = (race: Race): RaceRun => {
  let run = runs.get(race);
  if (run === undefined) {
    if (race.started === null) throw new Error(`race ${race.raceId} has not started`);
    const { finalSeed, maxTicks } = race.started;
    run = simulate({
      seed: finalSeed,
      field: race.field,
      scratched: race.scratched,
      maxTicks,
      powers: race.casts,
    });
    runs.set(race, run);
  }
  return run;
};

export const viewOf = (state: LobbyState, entityId: string): LobbyView => {
  const { created, phase, phaseEndsAt, race, running, stateVersion } = state;
  return {
    lobbyId: LobbyId.make(entityId),
    name: created?.name ?? "",
    phase,
    phaseEndsAt,
    stateVersion,
    raceId: race?.raceId ?? RaceId.make(`${entityId}-0`),
    commitment: race?.commitment ?? "",
    runners: (race?.field ?? []).map((runner) => ({
      ...runner,
      scratched: race?.scratched.includes(runner.number) ?? false,
    })),
    odds: race === null || created === null ? {} : oddsOf(race, created.settings.takeoutPerMille),
    pools: race?.pools ?? {},
    order: race?.finished?.order ?? null,
    running,
    ...(created === null ? {} : { settings: created.settings }),
  };
};
