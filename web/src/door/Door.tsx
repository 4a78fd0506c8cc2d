import { useSeat, useSeatState } from "../app/useSeat.ts";
import { JoinForm } from "./JoinForm.tsx";

/** Where a player without a seat gets one; what was asked for stands behind it. */
export function Door() {
  const seat = useSeat();
  const { notice } = useSeatState();
  return <JoinForm onJoined={seat.take} notice={notice} />;
}
