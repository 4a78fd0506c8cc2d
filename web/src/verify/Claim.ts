/** What the house says of a race: the answer of `GET /races/{id}/verify`, or data in its shape from anywhere else. */
import { MARKETS } from "../../../entities/lobby/race/market.ts";
import { POWER_IDS } from "../../../entities/lobby/race/power.ts";
import type { PowerId } from "../../../entities/lobby/race/power.ts";
import { RUNNER_COUNT } from "../../../entities/lobby/race/runner.ts";
import type { Answer, Croupier, VerifyBody } from "../../../sdk/src/index.ts";
import { checked } from "../proof/checked.ts";
import { fields, integer, listOf, oneOf, text, whole, within } from "../proof/shape.ts";

export type Claim = Omit<VerifyBody, "powers"> & {
  readonly powers: readonly (VerifyBody["powers"][number] & { readonly power: PowerId })[];
};

const number = within(1, RUNNER_COUNT);
const ability = within(0, 1000);
const order = listOf(listOf(number, RUNNER_COUNT), RUNNER_COUNT);

const claim = fields({
  race_id: text,
  commitment: text,
  server_seed: text,
  bets_digest: text,
  final_seed: text,
  field: listOf(
    fields({
      number,
      name: text,
      form: fields({ speed: ability, stamina: ability, start: ability, consistency: ability }),
    }),
    RUNNER_COUNT,
  ),
  scratched: listOf(number, RUNNER_COUNT),
  max_ticks: integer,
  takeout_per_mille: integer,
  bets: listOf(
    fields({
      bet_id: text,
      player_id: text,
      market: oneOf(MARKETS),
      selection: listOf(number, 3),
      stake: integer,
    }),
  ),
  powers: listOf(fields({ power: oneOf(POWER_IDS), target: number, tick: whole })),
  order,
  payouts: listOf(fields({ bet_id: text, payout: integer })),
});

export const isClaim = (value: unknown): value is Claim => claim(value) === null;

export type Read =
  | { readonly ok: true; readonly claim: Claim }
  /** `fault` is the path of what is wrong; null when the text is not JSON at all. */
  | { readonly ok: false; readonly fault: string | null };

/** Reads pasted or dropped text. */
export function parseClaim(written: string): Read {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    return { ok: false, fault: null };
  }
  const fault = claim(value);
  return fault === null ? { ok: true, claim: value as Claim } : { ok: false, fault };
}

/** Asks the house; 404 while the race is not over. */
export async function readClaim(
  croupier: Pick<Croupier, "get">,
  raceId: string,
): Promise<Answer<Claim>> {
  const path = { race_id: raceId };
  return checked(await croupier.get("/races/{race_id}/verify", { path }), isClaim);
}
