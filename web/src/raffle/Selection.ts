/**
 * What a player does to a raffle's numbers, from the first pick to the checkout. Before there is a reservation, picks are the
 * browser's own affair: kept with the page, free to change, and lost to whoever reserves first. A reservation is the
 * server's: its numbers are ordered one by one, shown as ordered at once, and taken back if that was refused.
 */
import type { Croupier, NumberGrid, Refusal, ReservationState } from "../../../sdk/src/index.ts";
import { isLive } from "../../../sdk/src/index.ts";
import { createStore } from "../app/Store.ts";
import type { Store } from "../app/Store.ts";
import type { OwnNumbers } from "./grid/Board.ts";
import { randomPicks } from "./randomPicks.ts";
import type { DrawBelow } from "./randomPicks.ts";

/** Something that the player has to be told, and can do something about. */
export type Trouble =
  /** Somebody else was quicker. `isRefusal`: it came to light when reserving. */
  | { readonly kind: "taken"; readonly numbers: readonly number[]; readonly isRefusal: boolean }
  /** The time ran out; these were the numbers. */
  | { readonly kind: "expired"; readonly numbers: readonly number[] }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/** What has just been done or could not be, for one line beside the grid; `time` tells two of the same apart. */
export interface Remark {
  readonly about:
    | "picked"
    | "unpicked"
    | "full"
    | "sold"
    | "reserved"
    | "closed"
    | "last"
    | "adding"
    | "removing"
    | "fixed";
  readonly number: number;
  readonly time: number;
}

export interface SelectionState {
  /** In the order in which they were picked. */
  readonly picks: readonly number[];
  /** The player's reservation: live, or how the last one ended. */
  readonly reservation: ReservationState | null;
  readonly isReserving: boolean;
  /** Ordered and not yet answered. */
  readonly adding: readonly number[];
  readonly removing: readonly number[];
  /** The reservation is being moved on or given up. */
  readonly isLeaving: boolean;
  /** Tickets of the player's in this raffle. */
  readonly bought: readonly number[];
  readonly trouble: Trouble | null;
  readonly remark: Remark | null;
}

export interface Selection {
  readonly store: Store<SelectionState>;
  /** Chooses a number, or gives it up when it was chosen. */
  readonly toggle: (number: number) => void;
  /** Picks, or gives up, what it can of these. */
  readonly sweep: (numbers: readonly number[], isPicking: boolean) => void;
  /** So many more of the free numbers, by chance. Returns those. */
  readonly pickRandom: (count: number) => readonly number[];
  readonly clear: () => void;
  /** Reserves the picks. */
  readonly reserve: () => Promise<void>;
  /** Free numbers by chance for those that were lost; after a refusal they are reserved at once. */
  readonly replaceTaken: () => Promise<void>;
  /** Picks again what ran out of time and is free. Returns how many those are. */
  readonly pickAgain: () => number;
  readonly dismiss: () => void;
  /** True when it is at the checkout. */
  readonly toCheckout: () => Promise<boolean>;
  readonly cancel: () => Promise<void>;
  /** How the raffle stands. Picks that are not free any more are lost. */
  readonly heed: (
    grid: NumberGrid,
    rules: { readonly isOnSale: boolean; readonly most: number },
  ) => void;
  /** Follows the player's reservation and tickets until the returned function is called; not at the door. */
  readonly follow: () => () => void;
}

export interface SelectionOptions {
  readonly croupier: Pick<
    Croupier,
    | "reservation"
    | "reserve"
    | "addNumber"
    | "removeNumber"
    | "moveToCheckout"
    | "cancelReservation"
    | "get"
  >;
  readonly raffleId: string;
  /** Where picks outlive the page's reload. */
  readonly storage: Storage;
  readonly drawBelow: DrawBelow;
  /** Of a clock that never goes back. */
  readonly nowMs: () => number;
  /** Told once when the time of a reservation that was seen alive has run out. */
  readonly onExpired: (reservation: ReservationState) => void;
}

const NOTHING: SelectionState = {
  picks: [],
  reservation: null,
  isReserving: false,
  adding: [],
  removing: [],
  isLeaving: false,
  bought: [],
  trouble: null,
  remark: null,
};
const PREFIX = "croupier.picks.";
/** A press that comes so soon after some picks were lost was meant for all of them. */
const HESITATION_MS = 800;
/** Of the list of tickets; more than anyone has of one raffle. */
const MAX_TICKETS = 100;

export function createSelection(options: SelectionOptions): Selection {
  const { croupier, drawBelow, nowMs, onExpired, raffleId, storage } = options;
  const key = `${PREFIX}${raffleId}`;
  const store = createStore<SelectionState>({ ...NOTHING, picks: keptPicks(storage, key) });
  let grid: NumberGrid | null = null;
  let isOnSale = true;
  let most = 0;
  let remarks = 0;
  /** When picks were lost; the player's next act shows that it was seen. */
  let lostAtMs = -Infinity;

  const change = (part: Partial<SelectionState>): void =>
    store.update((state) => ({ ...state, ...part }));
  const setPicks = (picks: readonly number[], part: Partial<SelectionState> = {}): void => {
    change({ ...part, picks });
    if (picks.length === 0) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(picks));
  };
  const say = (about: Remark["about"], number: number): void => {
    remarks += 1;
    change({ remark: { about, number, time: remarks } });
  };
  const isFree = (number: number): boolean => grid?.status(number) === "available";
  const live = () => {
    const { reservation } = store.get();
    return isLive(reservation) ? reservation : null;
  };
  const own = (): OwnNumbers => ownOf(store.get());
  const room = (): number => {
    const { held, picked } = own();
    return Math.max(0, most - held.length - picked.length);
  };
  const allFree = (): readonly number[] => {
    const { held, picked } = own();
    const taken = new Set([...held, ...picked]);
    const free: number[] = [];
    for (let number = 0; number < (grid?.total ?? 0); number += 1) {
      if (isFree(number) && !taken.has(number)) free.push(number);
    }
    return free;
  };
  /** Says why the number cannot be had; false when it can. */
  const isBarred = (number: number): boolean => {
    const status = grid?.status(number);
    if (status === undefined) return true;
    if (status !== "available") say(status, number);
    else if (!isOnSale) say("closed", number);
    else if (room() === 0) say("full", number);
    else return false;
    return true;
  };

  const without = (numbers: readonly number[], number: number) =>
    numbers.filter((other) => other !== number);
  const add = async (reservationId: string, number: number): Promise<void> => {
    change({ adding: [...store.get().adding, number] });
    say("adding", number);
    const outcome = await croupier.addNumber({ reservationId, number });
    change({ adding: without(store.get().adding, number) });
    if (outcome.ok) return;
    const isTaken = outcome.refusal.code === "number_taken";
    change({
      trouble: isTaken
        ? { kind: "taken", numbers: [number], isRefusal: false }
        : { kind: "refused", refusal: outcome.refusal },
    });
  };
  const remove = async (reservationId: string, number: number): Promise<void> => {
    change({ removing: [...store.get().removing, number] });
    say("removing", number);
    const outcome = await croupier.removeNumber({ reservationId, number });
    change({ removing: without(store.get().removing, number) });
    if (!outcome.ok) change({ trouble: { kind: "refused", refusal: outcome.refusal } });
  };

  const toggle = (number: number): void => {
    lostAtMs = -Infinity;
    const reservation = live();
    const { held, picked } = own();
    if (reservation?.phase === "checkout") return say("fixed", number);
    if (reservation !== null) {
      if (!held.includes(number)) {
        if (!isBarred(number)) void add(reservation.id, number);
      } else if (held.length === 1) say("last", number);
      else if (reservation.numbers.includes(number)) void remove(reservation.id, number);
      return;
    }
    if (store.get().isReserving) return;
    if (picked.includes(number)) {
      setPicks(without(picked, number));
      say("unpicked", number);
    } else if (!isBarred(number)) {
      setPicks([...picked, number], { trouble: withoutExpiry(store.get().trouble) });
      say("picked", number);
    }
  };
  const pickRandom = (count: number): readonly number[] => {
    lostAtMs = -Infinity;
    const reservation = live();
    if (!isOnSale || reservation?.phase === "checkout" || store.get().isReserving) return [];
    const drawn = randomPicks(allFree(), Math.min(count, room()), drawBelow);
    if (reservation !== null) for (const number of drawn) void add(reservation.id, number);
    else
      setPicks([...store.get().picks, ...drawn], { trouble: withoutExpiry(store.get().trouble) });
    return drawn;
  };

  const reserve = async (): Promise<void> => {
    const { isReserving, picks } = store.get();
    if (isReserving || picks.length === 0 || live() !== null) return;
    if (nowMs() - lostAtMs < HESITATION_MS) return;
    change({ isReserving: true, trouble: null });
    const outcome = await croupier.reserve({ raffleId, numbers: picks });
    if (outcome.ok) return setPicks([], { isReserving: false, remark: null });
    const { refusal } = outcome;
    const taken = takenOf(refusal);
    if (taken.length === 0) {
      return change({ isReserving: false, trouble: { kind: "refused", refusal } });
    }
    setPicks(
      picks.filter((number) => !taken.includes(number)),
      { isReserving: false, trouble: { kind: "taken", numbers: taken, isRefusal: true } },
    );
  };

  const readTickets = async (): Promise<void> => {
    const answer = await croupier.get("/api/v1/reservations", {
      query: { raffle_id: raffleId, phase: "sold", limit: MAX_TICKETS },
    });
    if (!answer.ok) return;
    change({
      bought: answer.body.reservations.flatMap(({ numbers }) =>
        numbers.map(({ number }) => number),
      ),
    });
  };
  const hear = (next: ReservationState | null): void => {
    const before = store.get().reservation;
    if (next === before) return;
    if (isLive(next)) {
      const isOther = before?.id !== next.id;
      change({ reservation: next });
      // Picks of before; those that were reserved are in it.
      if (isOther) setPicks([], { trouble: null });
      return;
    }
    const wasSame = isLive(before) && before.id === next?.id;
    change({ reservation: next, adding: [], removing: [] });
    if (next?.phase === "sold") {
      change({ bought: [...new Set([...store.get().bought, ...next.numbers])] });
      void readTickets();
    }
    if (wasSame && next?.phase === "expired") {
      change({ trouble: { kind: "expired", numbers: before.numbers } });
      onExpired(before);
    }
  };

  return {
    store,
    toggle,
    sweep: (numbers, isPicking) => {
      if (live() !== null || store.get().isReserving) return;
      for (const number of numbers) {
        const isPicked = store.get().picks.includes(number);
        if (isPicked !== isPicking && (!isPicking || isFree(number))) toggle(number);
      }
    },
    pickRandom,
    clear: () => setPicks([], { trouble: null, remark: null }),
    reserve,
    replaceTaken: async () => {
      const { trouble } = store.get();
      if (trouble?.kind !== "taken") return;
      change({ trouble: null });
      pickRandom(trouble.numbers.length);
      if (trouble.isRefusal) await reserve();
    },
    pickAgain: () => {
      const { trouble } = store.get();
      if (trouble?.kind !== "expired") return 0;
      const free = trouble.numbers.filter(isFree);
      setPicks(free, { trouble: null });
      return free.length;
    },
    dismiss: () => change({ trouble: null }),
    toCheckout: async () => {
      const reservation = live();
      if (reservation === null || store.get().isLeaving) return false;
      if (reservation.phase === "checkout") return true;
      change({ isLeaving: true });
      const outcome = await croupier.moveToCheckout(reservation.id);
      change({ isLeaving: false });
      if (!outcome.ok) change({ trouble: { kind: "refused", refusal: outcome.refusal } });
      return outcome.ok;
    },
    cancel: async () => {
      const reservation = live();
      if (reservation === null || store.get().isLeaving) return;
      change({ isLeaving: true });
      const outcome = await croupier.cancelReservation(reservation.id);
      change({ isLeaving: false });
      if (!outcome.ok) change({ trouble: { kind: "refused", refusal: outcome.refusal } });
    },
    heed: (next, rules) => {
      grid = next;
      ({ isOnSale, most } = rules);
      const { isReserving, picks } = store.get();
      // While they are being reserved, the answer says what became of them.
      if (isReserving || live() !== null) return;
      const lost = picks.filter((number) => !isFree(number));
      if (lost.length === 0) return;
      lostAtMs = nowMs();
      setPicks(picks.filter(isFree), {
        trouble: { kind: "taken", numbers: lost, isRefusal: false },
      });
    },
    follow: () => {
      const reservation = croupier.reservation(raffleId);
      const stop = reservation.subscribe(() => hear(reservation.get()));
      hear(reservation.get());
      void readTickets();
      return stop;
    },
  };
}

/** What is shown as the player's, orders that are under way among it. */
export function ownOf(state: SelectionState): OwnNumbers {
  const { adding, bought, isReserving, picks, removing, reservation } = state;
  if (!isLive(reservation)) {
    return isReserving ? { picked: [], held: picks, bought } : { picked: picks, held: [], bought };
  }
  const held = reservation.numbers.filter((number) => !removing.includes(number));
  const added = adding.filter((number) => !held.includes(number));
  return { picked: [], held: [...held, ...added], bought };
}

const withoutExpiry = (trouble: Trouble | null): Trouble | null =>
  trouble?.kind === "expired" ? null : trouble;

/** The numbers that a refusal names as taken. */
function takenOf({ code, fields }: Refusal): readonly number[] {
  const { numbers } = fields;
  if (code !== "number_taken" || !Array.isArray(numbers)) return [];
  return numbers.filter((number): number is number => typeof number === "number");
}

function keptPicks(storage: Storage, key: string): readonly number[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? "[]");
    return Array.isArray(kept)
      ? kept.filter((number): number is number => Number.isInteger(number))
      : [];
  } catch {
    return [];
  }
}
