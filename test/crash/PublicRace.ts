import type { PublicRace } from "../../entities/lobby/race/replay.ts";
import type { Json } from "./Player.ts";

type Row = Json & { readonly bet_id: string };

/** What `GET /races/{id}/verify` says, in the words of the one who recomputes it. */
export const publicRace = (told: Json): PublicRace =>
  ({
    raceId: told["race_id"],
    commitment: told["commitment"],
    serverSeed: told["server_seed"],
    finalSeed: told["final_seed"],
    field: told["field"],
    scratched: told["scratched"],
    maxTicks: told["max_ticks"],
    takeoutPerMille: told["takeout_per_mille"],
    bets: (told["bets"] as ReadonlyArray<Row>).map((bet) => ({
      betId: bet.bet_id,
      playerId: bet["player_id"],
      market: bet["market"],
      selection: bet["selection"],
      stakeMinor: bet["stake"],
    })),
    powers: told["powers"],
    order: told["order"],
    payouts: (told["payouts"] as ReadonlyArray<Row>).map((paid) => ({
      betId: paid.bet_id,
      payoutMinor: paid["payout"],
    })),
  }) as PublicRace;
