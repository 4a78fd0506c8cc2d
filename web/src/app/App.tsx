import { Suspense, lazy, useSyncExternalStore } from "react";
import { isAdminHash } from "../admin/route.ts";
import { JoinForm } from "../session/JoinForm.tsx";
import { Header } from "./Header.tsx";
import { Room } from "./Room.tsx";
import type { Seat } from "./Seat.ts";
import { TableContext } from "./useTable.ts";

/** Loaded when it is asked for: players never do. */
const AdminPages = lazy(() => import("../admin/AdminPages.tsx"));

/** The administrator's pages or the players', by the address. No seat is taken before a player needs it. */
export function App({ openSeat }: { readonly openSeat: () => Seat }) {
  const isAdmin = useSyncExternalStore(onHashChange, () => isAdminHash(location.hash));
  if (!isAdmin) return <Play seat={openSeat()} />;
  return (
    <Suspense fallback={null}>
      <AdminPages />
    </Suspense>
  );
}

/** The door or the table, by whether the seat is taken. */
function Play({ seat }: { readonly seat: Seat }) {
  const { table, notice } = useSyncExternalStore(seat.store.subscribe, seat.store.get);
  if (table === null) return <JoinForm onJoined={seat.take} notice={notice} />;
  return (
    <TableContext key={table.session.token} value={table}>
      <Header onLeave={seat.leave} />
      <Room />
    </TableContext>
  );
}

function onHashChange(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  addEventListener("popstate", listener);
  return () => {
    removeEventListener("hashchange", listener);
    removeEventListener("popstate", listener);
  };
}
