/** The reservation as a durable actor. It reaches providers through a port, which each process brings. */
import { Reservation } from "../../rpc/reservation.ts";
import { type AnyDurableActor, make } from "../../src/actor/DurableActor.ts";
import type { PaymentProviders } from "../../src/payments/PaymentProvider.ts";
import { Ledger } from "../ledger.ts";
import { decider, type ReservationInternal, wakesAt } from "./decider.ts";
import { ReservationEvent } from "./events.ts";
import { process } from "./process.ts";
import { PaymentTable, project } from "./projection.ts";
import { ReservationState } from "./state.ts";

export const reservation = (providers: PaymentProviders): AnyDurableActor =>
  make<typeof Reservation, ReservationState, ReservationEvent, ReservationInternal>({
    contract: Reservation,
    decider,
    event: ReservationEvent,
    // Its whole life is some dozen entries: most never come to a snapshot.
    snapshots: { schema: ReservationState, revision: 2, everyEntries: 50 },
    recentReplies: 8,
    alarm: { dueAt: wakesAt, command: () => ({ _tag: "Wake" }) },
    process: process(providers),
    projections: [PaymentTable, Ledger],
    project,
  });
