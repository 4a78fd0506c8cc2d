/**
 * Paying for a reservation. What is true the server says: it is asked at the start, when the connection tells of a change,
 * and with growing pauses while something is under way, for the provider's word may be late and frames may be lost. The
 * browser keeps one thing, the attempt with its key (`attempt.ts`).
 */
import type { Croupier, Refusal, ReservationBody } from "../../../sdk/src/index.ts";
import { createStore } from "../app/Store.ts";
import type { Store } from "../app/Store.ts";
import { attemptWith, isUndecided, keepAttempt, keptAttempt, openAttempt } from "./attempt.ts";
import type { Attempt, ProviderName } from "./attempt.ts";
import { isMoving, pauseMs, raffleIdOf } from "./standing.ts";

export interface CheckoutState {
  /** Null until it has been read. */
  readonly reservation: ReservationBody | null;
  /** Why there is nothing to show. */
  readonly absence: "missing" | "forbidden" | null;
  /** It could not be read the last time. */
  readonly isFailed: boolean;
  /** The provider that the payment is being sent to. */
  readonly payingBy: ProviderName | null;
  /** The provider's page is being opened. */
  readonly isGoing: boolean;
  /** The reservation is being moved on or given up. */
  readonly isActing: boolean;
  readonly refusal: Refusal | null;
  readonly attempt: Attempt | null;
}

export interface Checkout {
  readonly store: Store<CheckoutState>;
  readonly pay: (provider: ProviderName) => Promise<void>;
  /** To the provider's page once more. */
  readonly goOn: () => void;
  readonly toCheckout: () => Promise<void>;
  readonly cancel: () => Promise<void>;
  readonly read: () => Promise<void>;
  /** Keeps it current until the returned function is called. */
  readonly follow: () => () => void;
}

export interface CheckoutOptions {
  readonly croupier: Pick<
    Croupier,
    | "get"
    | "pay"
    | "moveToCheckout"
    | "cancelReservation"
    | "reservation"
    | "makeKey"
    | "serverNowMs"
  >;
  readonly reservationId: string;
  readonly storage: Storage;
  /** Where the provider's page leads back to. */
  readonly returnUrl: string;
  /** Leaves for another address. */
  readonly go: (url: string) => void;
}

const NOT_FOUND = 404;
const FORBIDDEN = 403;
/** After the deadline by the server's clock, which is known to about so much. */
const AFTER_DEADLINE_MS = 300;
/** `setTimeout` knows no longer waits; a deadline is minutes away. */
const MAX_WAIT_MS = 600_000;

export function createCheckout(options: CheckoutOptions): Checkout {
  const { croupier, go, reservationId, returnUrl, storage } = options;
  const store = createStore<CheckoutState>({
    reservation: null,
    absence: null,
    isFailed: false,
    payingBy: null,
    isGoing: false,
    isActing: false,
    refusal: null,
    attempt: keptAttempt(storage, reservationId),
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isFollowed = false;
  let asked = 0;
  /** Rises with each answer; a reading that was begun before is no longer news. */
  let term = 0;

  const change = (part: Partial<CheckoutState>): void =>
    store.update((state) => ({ ...state, ...part }));
  const setAttempt = (attempt: Attempt | null): void => {
    keepAttempt(storage, reservationId, attempt);
    change({ attempt });
  };
  const plan = (): void => {
    clearTimeout(timer);
    const { isFailed, reservation } = store.get();
    if (!isFollowed) return;
    if (isFailed || (reservation !== null && isMoving(reservation))) {
      timer = setTimeout(() => void read(), pauseMs(asked));
      asked += 1;
    } else if (reservation?.phase === "selection" || reservation?.phase === "checkout") {
      const leftMs = Date.parse(reservation.expires_at) - croupier.serverNowMs();
      const waitMs = Math.max(0, leftMs) + AFTER_DEADLINE_MS;
      // Past the deadline the server has not freed it yet: soon it has.
      timer = setTimeout(() => void read(), Math.min(MAX_WAIT_MS, waitMs));
    }
  };
  const learn = (reservation: ReservationBody): void => {
    term += 1;
    const { payment } = reservation;
    const before = store.get().reservation;
    if (before?.phase !== reservation.phase || before.payment?.status !== payment?.status) {
      asked = 0;
    }
    change({ reservation, absence: null, isFailed: false });
    const isOver = reservation.phase !== "selection" && reservation.phase !== "checkout";
    const attempt = isOver ? null : openAttempt(store.get().attempt, payment);
    if (attempt !== store.get().attempt) setAttempt(attempt);
    plan();
  };
  const read = async (): Promise<void> => {
    clearTimeout(timer);
    const mine = term;
    const answer = await croupier.get("/api/v1/reservations/{reservation_id}", {
      path: { reservation_id: reservationId },
    });
    if (mine !== term) return plan();
    if (answer.ok) return learn(answer.body.reservation);
    const { problem } = answer;
    const known = store.get().reservation;
    if (problem.status === NOT_FOUND && known !== null) {
      // A raffle forgets whom it has freed.
      const isDue = Date.parse(known.expires_at) <= croupier.serverNowMs();
      return learn({ ...known, phase: isDue ? "expired" : "cancelled" });
    }
    if (problem.status === NOT_FOUND) return change({ absence: "missing", isFailed: false });
    if (problem.status === FORBIDDEN) return change({ absence: "forbidden", isFailed: false });
    change({ isFailed: true });
    plan();
  };

  const leaveFor = (url: string): void => {
    change({ isGoing: true });
    go(url);
  };
  const pay = async (provider: ProviderName): Promise<void> => {
    if (store.get().payingBy !== null) return;
    const attempt = attemptWith(store.get().attempt, provider, croupier.makeKey);
    setAttempt(attempt);
    change({ payingBy: provider, refusal: null });
    const outcome = await croupier.pay({ reservationId, provider, returnUrl, key: attempt.key });
    change({ payingBy: null });
    if (!outcome.ok) {
      if (!isUndecided(outcome.refusal)) setAttempt(null);
      change({ refusal: outcome.refusal });
      return read();
    }
    const { nextStep, payment, reservation } = outcome;
    setAttempt({ ...attempt, paymentId: payment.id });
    // An answer with a next step is built from what never changes; how it stands by now is read on return.
    learn(reservation);
    if (nextStep !== null && isFollowed) leaveFor(nextStep.url);
  };
  const act = async (
    order: (reservationId: string) => ReturnType<Croupier["cancelReservation"]>,
  ): Promise<void> => {
    if (store.get().isActing) return;
    change({ isActing: true, refusal: null });
    const outcome = await order(reservationId);
    change({ isActing: false });
    if (outcome.ok) return learn(outcome.reservation);
    change({ refusal: outcome.refusal });
    await read();
  };

  return {
    store,
    pay,
    goOn: () => {
      const step = store.get().reservation?.payment?.next_step;
      if (step !== null && step !== undefined) leaveFor(step.url);
    },
    toCheckout: () => act(croupier.moveToCheckout),
    cancel: () => act(croupier.cancelReservation),
    read,
    follow: () => {
      isFollowed = true;
      const live = croupier.reservation(raffleIdOf(reservationId));
      const stop = live.subscribe(() => {
        if (live.get()?.id === reservationId) void read();
      });
      const wake = (): void => {
        change({ isGoing: false });
        void read();
      };
      // A page that was left for the provider's may come back as it was.
      addEventListener("pageshow", wake);
      addEventListener("online", wake);
      document.addEventListener("visibilitychange", wake);
      void read().then(() => {
        const { attempt, reservation } = store.get();
        const isUnanswered = attempt !== null && attempt.paymentId === null;
        if (isUnanswered && reservation?.phase === "checkout") void pay(attempt.provider);
      });
      return () => {
        isFollowed = false;
        clearTimeout(timer);
        stop();
        removeEventListener("pageshow", wake);
        removeEventListener("online", wake);
        document.removeEventListener("visibilitychange", wake);
      };
    },
  };
}
