import type { Croupier, Dividends, RaceBody } from "../../../sdk/src/index.ts";

export interface SettledRace {
  readonly dividends: Dividends;
  /** Whether first place needed the camera, by the server's own rule. */
  readonly photoFinish: boolean;
}

/** A race over, with all that was paid. */
export type FinishedRace = RaceBody & {
  readonly [Part in "order" | "photo_finish" | "payouts"]-?: NonNullable<RaceBody[Part]>;
};

/** The official result of a race that is over; undefined while it is not, or when it cannot be read now. */
export async function readRace(
  croupier: Pick<Croupier, "get">,
  raceId: string,
): Promise<SettledRace | undefined> {
  const race = await readFinishedRace(croupier, raceId);
  if (race === undefined) return undefined;
  return {
    dividends: Object.fromEntries(race.payouts.map(({ market, dividends }) => [market, dividends])),
    photoFinish: race.photo_finish,
  };
}

/** The same with the pools. */
export async function readFinishedRace(
  croupier: Pick<Croupier, "get">,
  raceId: string,
): Promise<FinishedRace | undefined> {
  const answer = await croupier.get("/races/{race_id}", { path: { race_id: raceId } });
  return answer.ok && isFinished(answer.body) ? answer.body : undefined;
}

function isFinished(race: RaceBody): race is FinishedRace {
  return race.order !== undefined && race.photo_finish !== undefined && race.payouts !== undefined;
}
