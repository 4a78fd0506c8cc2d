import { useEffect, useState } from "react";
import { JoinForm } from "../session/JoinForm.tsx";
import { forgetSession, keepSession, keptSession } from "../session/Session.ts";
import type { Session } from "../session/Session.ts";
import { Header } from "./Header.tsx";
import { Room } from "./Room.tsx";
import { openTable } from "./Table.ts";
import type { Table } from "./Table.ts";
import { TableContext } from "./useTable.ts";

/** The door or the table, by whether there is a session. */
export function App() {
  const [session, setSession] = useState(() => keptSession(localStorage, Date.now()));
  const [notice, setNotice] = useState<string | null>(null);
  const [table, setTable] = useState<Table | null>(null);

  const leave = (reason: string | null) => {
    forgetSession(localStorage);
    setNotice(reason);
    setSession(null);
    document.title = "Croupier";
  };

  useEffect(() => {
    if (session === null) return;
    const opened = openTable(session, () => leave("Your seat has expired. Join again to play on."));
    const wake = () => {
      if (document.visibilityState === "visible") opened.wake();
    };
    setTable(opened);
    addEventListener("online", wake);
    document.addEventListener("visibilitychange", wake);
    return () => {
      removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", wake);
      setTable(null);
      opened.close();
    };
  }, [session]);

  const joined = (next: Session) => {
    keepSession(localStorage, next);
    setNotice(null);
    setSession(next);
  };

  if (session === null) return <JoinForm onJoined={joined} notice={notice} />;
  if (table === null) return null;
  return (
    <TableContext value={table}>
      <Header onLeave={() => leave(null)} />
      <Room />
    </TableContext>
  );
}
