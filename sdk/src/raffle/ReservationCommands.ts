/**
 * What a player orders about a reservation, by REST. Like the commands of the outbox each has its key and one outcome, is
 * written to the storage before it is first sent, and is asked again with the key while there is no answer, by the next
 * life of the page too; but it is given up after a minute, for a reservation's time runs out. What is true then, a
 * reading of the reservation tells.
 *
 * Commands on one reservation are carried out in the order in which they were given.
 */
import { backoffMs } from "../backoff.ts";
import { objectIn } from "../Keep.ts";
import type { Keep } from "../Keep.ts";
import type { Readable } from "../Readable.ts";
import { ABANDONED, MAX_FAULTS, refused, refusedBy, RETRIED_CODES } from "../refused.ts";
import type { Refused } from "../refused.ts";
import type { Answer, Rest } from "../Rest.ts";
import type { Timers, Timing } from "../Timers.ts";
import type { Endpoints, PaidAnswer, PayBody, PaymentBody, ReservationBody } from "../wire.ts";

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
  readonly keep: Keep;
  /** Of the entries in the storage; what follows it is player and key. */
  readonly prefix: string;
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

type Act = "add-number" | "remove-number" | "move-to-checkout" | "cancel" | "pay";
/** As it is kept; the act is the end of its address. */
interface Order {
  readonly act: Act;
  readonly id: string;
  readonly body: { readonly number_id: string } | PayBody | undefined;
}
const isOrder = (order: Partial<Order>): order is Order => order.id !== undefined;
type ActAnswer = Endpoints[`POST /api/v1/reservations/{reservation_id}/${Act}`]["answer"];
/** The acts are called alike. */
type Post = (
  path: string,
  options: {
    readonly path: { readonly reservation_id: string };
    readonly body: Order["body"];
    readonly key: string;
    readonly timeoutMs: number | undefined;
  },
) => Promise<Answer<ActAnswer>>;
type Done = {
  readonly ok: true;
  readonly key: string;
  readonly answer: Answer<ActAnswer> & { readonly ok: true };
};

export function createReservationCommands(options: ReservationCommandsOptions): {
  readonly commands: ReservationCommands;
  readonly close: () => void;
} {
  const { keep, makeKey, onAnswer, player, prefix, random, rest, timers, timing } = options;
  /** The last command of each reservation that has not come out yet. */
  const last = new Map<string, Promise<unknown>>();
  const waiting = new Set<() => void>();
  /** When the last one was given, epoch milliseconds; no two in one, so that their keys in the storage have their order. */
  let at = 0;
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
  const persist = async (
    key: string,
    playerId: string | null,
    ask: () => Promise<Answer<ActAnswer>>,
  ): Promise<Done | Refused> => {
    const sinceMs = timers.elapsedMs();
    if (playerId === null) return refused(key, "no_session", "Join or log in first.");
    let faults = 0;
    for (let attempt = 0; ; attempt += 1) {
      if (isClosed) return refused(key, "closed", "The client was closed.");
      // It is nobody else's to give.
      if (player.get() !== playerId) return refused(key, "abandoned", ABANDONED);
      const answer = await ask();
      if (answer.ok) return { ok: true, key, answer };
      const { problem } = answer;
      const isFault = problem.code === "internal_error" && (faults += 1) < MAX_FAULTS;
      if (!isFault && !RETRIED_CODES.includes(problem.code)) return refusedBy(key, problem);
      const waitMs =
        "retry_after_ms" in problem ? problem.retry_after_ms : backoffMs(attempt, random(), timing);
      if (timers.elapsedMs() + waitMs - sinceMs > GIVE_UP_AFTER_MS)
        return refused(key, "abandoned", ABANDONED);
      await wait(waitMs);
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
  const carryOut = (storageKey: string, key: string, { act, body, id }: Order) => {
    const playerId = player.get();
    return inTurn(id, async () => {
      const result = await persist(key, playerId, () =>
        (rest.post as Post)(`/api/v1/reservations/{reservation_id}/${act}`, {
          path: { reservation_id: id },
          body,
          key,
          timeoutMs: act === "pay" ? PAY_TIMEOUT_MS : undefined,
        }),
      );
      // What was closed in the middle, the next life goes on with.
      if (!isClosed) keep.remove(storageKey);
      if (result.ok) onAnswer(result.answer.body.reservation);
      return result;
    });
  };
  const give = (id: string, act: Act, body?: Order["body"], key = makeKey()) => {
    const order: Order = { act, id, body };
    at = Math.max(timers.nowMs(), at + 1);
    const storageKey = `${prefix}${player.get()}.${at}.${key}`;
    keep.set(storageKey, JSON.stringify(order));
    return carryOut(storageKey, key, order);
  };
  const change = async (...order: Parameters<typeof give>): Promise<ReservationOutcome> => {
    const result = await give(...order);
    if (!result.ok) return result;
    return { ok: true, key: result.key, reservation: result.answer.body.reservation };
  };
  /** Goes on with what an earlier life of the page has left of the player's. */
  const inherit = (): void => {
    const own = `${prefix}${player.get()}.`;
    for (const storageKey of keep.keys(own).toSorted()) {
      const [at, ...key] = storageKey.slice(own.length).split(".");
      const order = objectIn(keep.get(storageKey)) as Partial<Order>;
      const isDue = isOrder(order) && timers.nowMs() - Number(at) < GIVE_UP_AFTER_MS;
      if (isDue) void carryOut(storageKey, key.join("."), order);
      else keep.remove(storageKey);
    }
  };
  inherit();
  const stop = player.subscribe(inherit);

  return {
    commands: {
      addNumber: ({ number, reservationId }) =>
        change(reservationId, "add-number", { number_id: String(number) }),
      removeNumber: ({ number, reservationId }) =>
        change(reservationId, "remove-number", { number_id: String(number) }),
      moveToCheckout: (reservationId) => change(reservationId, "move-to-checkout"),
      cancelReservation: (reservationId) => change(reservationId, "cancel"),
      pay: async ({ key, provider, reservationId, returnUrl }) => {
        const result = await give(reservationId, "pay", { provider, return_url: returnUrl }, key);
        if (!result.ok) return result;
        const { body, status } = result.answer;
        const { payment, reservation } = body as PaidAnswer;
        const nextStep = payment.next_step;
        return {
          ok: true,
          key: result.key,
          isSold: status === 200,
          reservation,
          payment,
          nextStep,
        };
      },
    },
    close: () => {
      stop();
      isClosed = true;
      for (const wake of [...waiting]) wake();
    },
  };
}
