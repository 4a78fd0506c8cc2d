/**
 * What a player orders about a reservation, by REST. Like the commands of the outbox each has its key and one outcome, and
 * is asked again with the key while there is no answer; but it is not kept beyond the page, and given up after a
 * minute, for a reservation's time runs out. What is true then, a reading of the reservation tells.
 *
 * Commands on one reservation are carried out in the order in which they were given.
 */
import { backoffMs } from "../backoff.ts";
import type { LocalRefusalCode, Refusal } from "../Command.ts";
import type { Readable } from "../Readable.ts";
import type { Answer, LocalProblem, Rest } from "../Rest.ts";
import type { Timers, Timing } from "../Timers.ts";
import type { PayBody, PaymentBody, Problem, ReservationBody } from "../wire.ts";

interface Refused {
  readonly ok: false;
  readonly key: string;
  readonly refusal: Refusal;
}
export type ReservationOutcome =
  | { readonly ok: true; readonly key: string; readonly reservation: ReservationBody }
  | Refused;
export type PaymentOutcome =
  | {
      readonly ok: true;
      readonly key: string;
      /** The numbers are the player's. Else the payer goes on at `nextStep`, or, where it is null, waits. */
      readonly isSold: boolean;
      readonly reservation: ReservationBody;
      readonly payment: PaymentBody;
      readonly nextStep: PaymentBody["next_step"];
    }
  | Refused;

export interface NumberOrder {
  readonly reservationId: string;
  readonly number: number;
}

export interface PaymentOrder {
  readonly reservationId: string;
  readonly provider: PayBody["provider"];
  /** Where the provider's page leads back to; the console by default. */
  readonly returnUrl?: string;
  /** To go on with a payment that was begun with this key. */
  readonly key?: string;
}

export interface ReservationCommands {
  readonly addNumber: (order: NumberOrder) => Promise<ReservationOutcome>;
  readonly removeNumber: (order: NumberOrder) => Promise<ReservationOutcome>;
  readonly moveToCheckout: (reservationId: string) => Promise<ReservationOutcome>;
  readonly cancelReservation: (reservationId: string) => Promise<ReservationOutcome>;
  readonly pay: (order: PaymentOrder) => Promise<PaymentOutcome>;
}

export interface ReservationCommandsOptions {
  readonly rest: Rest;
  readonly player: Readable<string | null>;
  readonly makeKey: () => string;
  readonly timers: Timers;
  readonly timing: Pick<Timing, "backoffBaseMs" | "backoffCapMs">;
  readonly random: () => number;
  /** Told of each reservation that a command was answered with. */
  readonly onAnswer: (reservation: ReservationBody) => void;
}

/** A selection lasts minutes; who has waited so long for an answer wants to know where things stand. */
const GIVE_UP_AFTER_MS = 60_000;
/** The server waits up to 10 s for the provider, and then says how the payment stands. */
const PAY_TIMEOUT_MS = 15_000;
/** There was no answer, or the server is away or busy for now. */
const RETRIED_CODES: readonly string[] = ["offline", "unexpected", "unavailable", "rate_limited"];
/** A fault of the server leaves the outcome unknown; one that repeats so often is its answer. */
const MAX_FAULTS = 5;

export function createReservationCommands(options: ReservationCommandsOptions): {
  readonly commands: ReservationCommands;
  readonly close: () => void;
} {
  const { makeKey, onAnswer, player, random, rest, timers, timing } = options;
  /** The last command of each reservation that has not come out yet. */
  const last = new Map<string, Promise<unknown>>();
  const waiting = new Set<() => void>();
  let isClosed = false;

  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        cancel();
        waiting.delete(wake);
        resolve();
      };
      const cancel = timers.after(ms, wake);
      waiting.add(wake);
    });

  /** Asks until there is an answer that is one. */
  const persist = async <Body>(
    key: string,
    ask: () => Promise<Answer<Body>>,
  ): Promise<
    { readonly ok: true; readonly answer: Answer<Body> & { readonly ok: true } } | Refused
  > => {
    const sinceMs = timers.elapsedMs();
    const playerId = player.get();
    if (playerId === null) return refused(key, "no_session", "Join or log in first.");
    let faults = 0;
    for (let attempt = 0; ; attempt += 1) {
      if (isClosed) return refused(key, "closed", "The client was closed.");
      const answer = await ask();
      if (answer.ok) return { ok: true, answer };
      const { problem } = answer;
      const isFault = problem.code === "internal_error" && (faults += 1) < MAX_FAULTS;
      if (!isFault && !RETRIED_CODES.includes(problem.code)) return refusedBy(key, problem);
      const waitMs =
        "retry_after_ms" in problem ? problem.retry_after_ms : backoffMs(attempt, random(), timing);
      if (timers.elapsedMs() + waitMs - sinceMs > GIVE_UP_AFTER_MS) return abandoned(key);
      await wait(waitMs);
      if (player.get() !== playerId) return abandoned(key);
    }
  };
  /** After the commands on the same reservation that were given before. */
  const inTurn = <Outcome>(
    reservationId: string,
    act: () => Promise<Outcome>,
  ): Promise<Outcome> => {
    // A command's promise never rejects.
    const outcome = (last.get(reservationId) ?? Promise.resolve()).then(act);
    last.set(reservationId, outcome);
    void outcome.then(() => {
      if (last.get(reservationId) === outcome) last.delete(reservationId);
    });
    return outcome;
  };
  const change = (
    reservationId: string,
    ask: (key: string) => Promise<Answer<{ readonly reservation: ReservationBody }>>,
  ): Promise<ReservationOutcome> =>
    inTurn(reservationId, async () => {
      const key = makeKey();
      const result = await persist(key, () => ask(key));
      if (!result.ok) return result;
      const { reservation } = result.answer.body;
      onAnswer(reservation);
      return { ok: true, key, reservation };
    });

  return {
    commands: {
      addNumber: ({ number, reservationId }) =>
        change(reservationId, (key) =>
          rest.post("/api/v1/reservations/{reservation_id}/add-number", {
            path: { reservation_id: reservationId },
            body: { number_id: String(number) },
            key,
          }),
        ),
      removeNumber: ({ number, reservationId }) =>
        change(reservationId, (key) =>
          rest.post("/api/v1/reservations/{reservation_id}/remove-number", {
            path: { reservation_id: reservationId },
            body: { number_id: String(number) },
            key,
          }),
        ),
      moveToCheckout: (reservationId) =>
        change(reservationId, (key) =>
          rest.post("/api/v1/reservations/{reservation_id}/move-to-checkout", {
            path: { reservation_id: reservationId },
            key,
          }),
        ),
      cancelReservation: (reservationId) =>
        change(reservationId, (key) =>
          rest.post("/api/v1/reservations/{reservation_id}/cancel", {
            path: { reservation_id: reservationId },
            key,
          }),
        ),
      pay: ({ key = makeKey(), provider, reservationId, returnUrl }) =>
        inTurn(reservationId, async () => {
          const result = await persist(key, () =>
            rest.post("/api/v1/reservations/{reservation_id}/pay", {
              path: { reservation_id: reservationId },
              body: { provider, return_url: returnUrl },
              key,
              timeoutMs: PAY_TIMEOUT_MS,
            }),
          );
          if (!result.ok) return result;
          const { payment, reservation } = result.answer.body;
          onAnswer(reservation);
          const isSold = result.answer.status === 200;
          return { ok: true, key, isSold, reservation, payment, nextStep: payment.next_step };
        }),
    },
    close: () => {
      isClosed = true;
      for (const wake of [...waiting]) wake();
    },
  };
}

function abandoned(key: string): Refused {
  const detail = "It was not answered in time. The reservation shows the outcome.";
  return refused(key, "abandoned", detail);
}

function refused(key: string, code: LocalRefusalCode, detail: string): Refused {
  return { ok: false, key, refusal: { code, detail, fields: {} } };
}

function refusedBy(key: string, problem: Problem | LocalProblem): Refused {
  const { type: _type, title: _title, status: _status, code, detail, ...fields } = problem;
  return { ok: false, key, refusal: { code, detail, fields } };
}
