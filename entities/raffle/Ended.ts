/**
 * The reservations that ended without a sale, so that whoever comes back late hears what has become of theirs. Only the
 * latest are kept: when the younger half is full, the older one is forgotten, and who asks about it hears that there is
 * no such reservation.
 */
import { HashMap, Option, Schema } from "effect";
import { ReservationId } from "../../rpc/id.ts";

/** Of each half: twice this many at most, some hundred kilobytes. */
const MAX_HALF = 2_000;

const Outcome = Schema.Literal("cancelled", "expired");
type Outcome = typeof Outcome.Type;

const Half = Schema.HashMap({ key: ReservationId, value: Outcome });
export const Ended = Schema.Struct({ young: Half, old: Half });
export type Ended = typeof Ended.Type;

export const none: Ended = { young: HashMap.empty(), old: HashMap.empty() };

export const outcomeOf = ({ old, young }: Ended, reservationId: ReservationId) =>
  Option.getOrUndefined(
    Option.orElse(HashMap.get(young, reservationId), () => HashMap.get(old, reservationId)),
  );

export const end = (ended: Ended, reservationId: ReservationId, outcome: Outcome): Ended =>
  HashMap.size(ended.young) < MAX_HALF
    ? { young: HashMap.set(ended.young, reservationId, outcome), old: ended.old }
    : { young: HashMap.make([reservationId, outcome]), old: ended.young };
