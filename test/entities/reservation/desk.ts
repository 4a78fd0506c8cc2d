import { decider } from "../../../entities/reservation/decider.ts";
import { ReservationEvent } from "../../../entities/reservation/events.ts";
import { project } from "../../../entities/reservation/projection.ts";
import { ReservationState } from "../../../entities/reservation/state.ts";
import { Reservation } from "../../../rpc/reservation.ts";
import { desk } from "../../support/DeciderRun.ts";

export const reservationDesk = desk(
  { contract: Reservation, decider, project },
  { event: ReservationEvent, state: ReservationState },
);
