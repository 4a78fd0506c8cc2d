import { isRecord, request } from "../http/request.ts";
import type { Dividends } from "../lobby/LobbyState.ts";

export interface SettledRace {
  readonly dividends: Dividends;
  /** Whether first place needed the camera, by the server's own rule. */
  readonly photoFinish: boolean;
}

interface RaceBody {
  readonly photo_finish: boolean;
  readonly payouts: readonly {
    readonly market: string;
    readonly dividends: Readonly<Record<string, number>>;
  }[];
}

/** The official result of a race that is over; undefined while it is not, or when it cannot be read now. */
export async function readRace(raceId: string): Promise<SettledRace | undefined> {
  const answer = await request(`/races/${encodeURIComponent(raceId)}`, { is: isRaceBody });
  if (!answer.ok) return undefined;
  const { payouts, photo_finish: photoFinish } = answer.body;
  return {
    dividends: Object.fromEntries(payouts.map(({ market, dividends }) => [market, dividends])),
    photoFinish,
  };
}

function isRaceBody(value: unknown): value is RaceBody {
  return (
    isRecord(value) &&
    typeof value["photo_finish"] === "boolean" &&
    Array.isArray(value["payouts"]) &&
    value["payouts"].every((pool) => isRecord(pool) && isRecord(pool["dividends"]))
  );
}
