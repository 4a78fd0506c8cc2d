import type { ConnectionState } from "../Connection.ts";
import { createCell } from "../Readable.ts";
import type { Cell, Readable } from "../Readable.ts";
import type { Rest } from "../Rest.ts";
import { MAX_TIMER_MS } from "../Timers.ts";
import type { Timers } from "../Timers.ts";
import type { NumberChange, ReservationBody, ServerFrame } from "../wire.ts";
import type { Raffle } from "./readRaffle.ts";
import { applyNumberChange, isLive, isPaying, reservationState } from "./ReservationState.ts";
import type { ReservationState } from "./ReservationState.ts";

export interface ReservationOptions {
  readonly rest: Rest;
  readonly player: Readable<string | null>;
  readonly connection: Readable<ConnectionState>;
  /** Told of each reservation that a command of the player's was answered with. */
  readonly onAnswer: (listener: (reservation: ReservationBody) => void) => () => void;
  readonly timers: Timers;
  readonly serverNowMs: () => number;
  readonly onError: (error: unknown) => void;
}

/** What was done elsewhere (another tab, the provider) is read once its frames are there. */
const READ_AFTER_MS = 250;
const READ_AGAIN_MS = 2_000;
/** An expiry is told within a second. */
const OVERDUE_MS = 1_500;
const NOT_FOUND = 404;

/**
 * The player's reservation in a raffle, kept current while anyone listens. It is read at the start and over each new
 * connection, and while a payment is under way, of which the raffle's frames tell only the good end.
 */
export function readReservation(
  options: ReservationOptions,
  raffleId: string,
  raffle: Raffle,
): Readable<ReservationState | null> {
  const { connection, onError, player, rest, serverNowMs, timers } = options;
  let isWatched = false;
  let cancelTimer = (): void => undefined;
  let cancelDeadline = (): void => undefined;
  /** Rises with all that is learnt otherwise: a reading that was begun before is no longer news. */
  let term = 0;
  /** It is as the server told it as a whole; else a frame has changed a part, and the rest is to be read. */
  let isWhole = true;

  const learn = (next: ReservationState | null, whole: boolean): void => {
    term += 1;
    isWhole = whole;
    cell.set(next);
    cancelDeadline();
    if (!isLive(next)) return;
    // The raffle's frame is there by then; unless another tab went to the checkout, of which none is sent.
    const leftMs = Math.max(0, next.expiresAtMs - serverNowMs());
    cancelDeadline = timers.after(Math.min(leftMs + OVERDUE_MS, MAX_TIMER_MS), () => void read());
  };
  const readIn = (ms: number): void => {
    cancelTimer();
    cancelTimer = timers.after(ms, () => void read());
  };
  const show = (body: ReservationBody | undefined): void => {
    cancelTimer();
    if (body !== undefined) learn(reservationState(body), true);
    if (isPaying(cell.get())) readIn(READ_AGAIN_MS);
  };
  const read = async (): Promise<void> => {
    cancelTimer();
    if (!isWatched || player.get() === null) return;
    const mine = term;
    const isNews = (): boolean => {
      if (mine === term) return true;
      if (isWatched) readIn(READ_AFTER_MS);
      return false;
    };
    const answer = await rest.get("/api/v1/reservations", {
      query: { raffle_id: raffleId, phase: "live", limit: 1 },
    });
    if (!isNews()) return;
    if (!answer.ok) return readIn(READ_AGAIN_MS);
    const [live] = answer.body.reservations;
    const known = cell.get();
    if (live !== undefined || known === null || (isWhole && !isLive(known))) return show(live);
    const path = { reservation_id: known.id };
    const end = await rest.get("/api/v1/reservations/{reservation_id}", { path });
    if (!isNews()) return;
    if (end.ok) return show(end.body.reservation);
    if (end.problem.status !== NOT_FOUND) return readIn(READ_AGAIN_MS);
    // A raffle forgets whose numbers it has freed.
    const phase = serverNowMs() < known.expiresAtMs ? "cancelled" : "expired";
    learn(isLive(known) ? { ...known, phase } : known, true);
  };

  const follow = (change: NumberChange): void => {
    const known = cell.get();
    if (change.player_id !== player.get()) return;
    if (known?.id !== change.reservation_id) {
      if (change.status === "reserved") readIn(READ_AFTER_MS);
      return;
    }
    const next = applyNumberChange(known, change);
    if (next === known) return;
    learn(next, false);
    // Unless it was ordered here, and the answer is on its way.
    readIn(READ_AFTER_MS);
  };
  const onFrame = (frame: ServerFrame): void => {
    if (frame.type === "NUMBERS_CHANGED") for (const change of frame.changes) follow(change);
    else if (frame.type === "RAFFLE_SNAPSHOT") readIn(READ_AFTER_MS);
  };
  const onAnswer = (body: ReservationBody): void => {
    if (body.raffle_id === raffleId) show(body);
  };

  const cell: Cell<ReservationState | null> = createCell<ReservationState | null>(null, {
    onError,
    whileWatched: () => {
      isWatched = true;
      const stops = [
        // Frames come while the raffle is listened to.
        raffle.state.subscribe(() => undefined),
        raffle.onFrame(onFrame),
        options.onAnswer(onAnswer),
        connection.subscribe(() => {
          if (connection.get().kind === "online") void read();
        }),
        player.subscribe(() => {
          learn(null, true);
          void read();
        }),
      ];
      void read();
      return () => {
        isWatched = false;
        term += 1;
        cancelTimer();
        cancelDeadline();
        for (const stop of stops) stop();
      };
    },
  });
  return cell;
}
