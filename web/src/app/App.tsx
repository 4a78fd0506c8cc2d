import { useSyncExternalStore } from "react";
import { JoinForm } from "../session/JoinForm.tsx";
import { Header } from "./Header.tsx";
import { Room } from "./Room.tsx";
import type { Seat } from "./Seat.ts";
import { TableContext } from "./useTable.ts";

/** The door or the table, by whether the seat is taken. */
export function App({ seat }: { readonly seat: Seat }) {
  const { table, notice } = useSyncExternalStore(seat.store.subscribe, seat.store.get);
  if (table === null) return <JoinForm onJoined={seat.take} notice={notice} />;
  return (
    <TableContext key={table.session.token} value={table}>
      <Header onLeave={seat.leave} />
      <Room />
    </TableContext>
  );
}
