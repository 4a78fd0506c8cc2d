/** What players do about reservations. A request without a key is an intent of its own. */
import { Accepted } from "../../../rpc/http/accepted.ts";
import type { CroupierApi } from "../../../rpc/http/api.ts";
import { ValidationFailed } from "../../../rpc/http/failure.ts";
import type { Failure } from "../../../rpc/http/problem.ts";
import type { CallerClaims } from "../../../rpc/http/security.ts";
import { branded, PlayerId } from "../../../rpc/id.ts";
import type { Intent } from "../../../rpc/intent.ts";
import type { ReservationBody } from "../../../rpc/reservationBody.ts";
import type { Outcome } from "../../actor/Ask.ts";
import { failure, mapOutcome, success } from "../Answer.ts";
import { counted } from "../ReservationCount.ts";
import { returnUrlOf } from "../ReturnUrl.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

const KEY_BYTES = 16;

const BAD_RETURN_URL = new ValidationFailed({
  errors: [
    {
      path: "return_url",
      message: "must be an address of this server or of an origin that CORS_ORIGINS allows",
    },
  ],
});

interface Asked {
  readonly caller: CallerClaims;
  readonly headers: { readonly "x-idempotency-key"?: string | undefined };
  readonly requestId: string;
}

export const reservationHandlers = (
  services: Services,
): GroupHandlers<typeof CroupierApi, "reservations"> => {
  const { entropy, game, metrics, now, payments, raffleSight } = services;
  const { reservations, views } = game;

  const intentOf = ({ caller, headers, requestId }: Asked): Intent => ({
    playerId: branded<PlayerId>(caller.playerId),
    key: headers["x-idempotency-key"] ?? entropy.hex(KEY_BYTES),
    requestId,
  });

  const answered = async <E extends Failure>(
    act: Parameters<typeof counted>[1],
    work: Promise<Outcome<ReservationBody, E>>,
  ) => mapOutcome(await counted(metrics, act, work), (reservation) => ({ reservation }));

  return {
    create: async (request) => {
      const { number_ids, raffle_id } = request.payload;
      const hidden = await raffleSight.hidden(request.caller, raffle_id);
      if (hidden !== undefined) return failure(hidden);
      return answered(
        "reserve",
        reservations.reserve(intentOf(request), raffle_id, number_ids.map(Number)),
      );
    },

    addNumber: (request) =>
      answered(
        "add",
        reservations.addNumber(
          intentOf(request),
          request.path.reservation_id,
          Number(request.payload.number_id),
        ),
      ),

    removeNumber: (request) =>
      answered(
        "remove",
        reservations.removeNumber(
          intentOf(request),
          request.path.reservation_id,
          Number(request.payload.number_id),
        ),
      ),

    moveToCheckout: (request) =>
      answered(
        "check_out",
        reservations.moveToCheckout(intentOf(request), request.path.reservation_id),
      ),

    cancel: (request) =>
      answered("cancel", reservations.cancel(intentOf(request), request.path.reservation_id)),

    get: async ({ caller, path }) =>
      mapOutcome(
        await reservations.get(branded<PlayerId>(caller.playerId), path.reservation_id),
        (reservation) => ({ reservation }),
      ),

    list: async ({ caller, query }) =>
      success(
        await views.reservations(PlayerId.make(caller.playerId), {
          before: query.before,
          limit: query.limit,
          raffleId: query.raffle_id,
          phase: query.phase,
          now: now(),
        }),
      ),

    pay: async (request) => {
      const { path, payload } = request;
      const { provider } = payload;
      const returnUrl = returnUrlOf(services, request, path.reservation_id, payload.return_url);
      if (returnUrl === undefined) return failure(BAD_RETURN_URL);
      const paid = await counted(
        metrics,
        "pay",
        reservations.pay(intentOf(request), path.reservation_id, {
          provider,
          returnUrl,
          askedReturnUrl: payload.return_url,
          unavailable: () => payments.unavailable(provider),
        }),
      );
      if (paid.ok) metrics.payment(provider, paid.value.payment.status);
      return mapOutcome(paid, ({ isOver, payment, reservation }) =>
        isOver ? { payment, reservation } : new Accepted({ payment, reservation }),
      );
    },
  };
};
