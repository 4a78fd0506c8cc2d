import { createContext, useContext, useSyncExternalStore } from "react";
import type { Croupier } from "../../../sdk/src/index.ts";
import type { Session } from "../session/Session.ts";
import type { Seat, SeatState } from "./Seat.ts";

export const SeatContext = createContext<Seat | null>(null);

export function useSeat(): Seat {
  const seat = useContext(SeatContext);
  if (seat === null) throw new Error("The page has no seat.");
  return seat;
}

export function useSeatState(): SeatState {
  const { store } = useSeat();
  return useSyncExternalStore(store.subscribe, store.get);
}

/** The client, whoever plays: what is public it reads at the door, too. */
export function useCroupier(): Croupier {
  return useSeat().croupier;
}

/** Who plays here; null at the door. */
export function useSession(): Session | null {
  return useSeatState().table?.session ?? null;
}
