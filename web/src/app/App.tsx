import "./App.css";
import { Suspense, lazy, useSyncExternalStore } from "react";
import { isAdminHash } from "../admin/route.ts";
import { JoinForm } from "../session/JoinForm.tsx";
import { Header } from "./Header.tsx";
import { Room } from "./Room.tsx";
import type { Seat } from "./Seat.ts";
import { TableContext } from "./useTable.ts";

/** Loaded when it is asked for: players never do. A server that has just been replaced has them under another name. */
const AdminPages = lazy(() =>
  import("../admin/AdminPages.tsx").catch(() => ({ default: Unreachable })),
);

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

function Unreachable() {
  return (
    <main className="unreachable">
      <p>These pages could not be loaded.</p>
      <button type="button" className="button is-main" autoFocus onClick={() => location.reload()}>
        Try again
      </button>
    </main>
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
