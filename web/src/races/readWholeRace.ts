import type { RaceBody } from "../../../rpc/http/race.ts";
import { request } from "../http/request.ts";
import type { Answer } from "../http/request.ts";
import {
  fields,
  flag,
  integer,
  listOf,
  oneOf,
  optional,
  orNull,
  text,
  valuesOf,
  whole,
} from "../verify/shape.ts";

/** A race whatever its status; the result once it is over. */
export type WholeRace = RaceBody;

const race = fields({
  race_id: text,
  lobby_id: text,
  status: oneOf(["betting", "racing", "settling", "settled"]),
  opened_at: text,
  started_at: orNull(text),
  commitment: text,
  runners: listOf(
    fields({
      number: integer,
      name: text,
      form: fields({ speed: integer, stamina: integer, start: integer, consistency: integer }),
      scratched: flag,
    }),
  ),
  pools: valuesOf(whole),
  order: optional(listOf(listOf(integer))),
  photo_finish: optional(flag),
  payouts: optional(
    listOf(
      fields({
        market: text,
        stakes: whole,
        payouts: whole,
        refunds: whole,
        takeout: whole,
        breakage: whole,
        refund_reason: orNull(text),
        dividends: valuesOf(whole),
      }),
    ),
  ),
  server_seed: optional(text),
  settled_at: optional(text),
});

const isRace = (value: unknown): value is WholeRace => race(value) === null;

export function readWholeRace(raceId: string): Promise<Answer<WholeRace>> {
  return request(`/races/${encodeURIComponent(raceId)}`, { is: isRace });
}
