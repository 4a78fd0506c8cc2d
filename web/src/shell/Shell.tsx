import type { ReactNode } from "react";
import { useSeat, useSeatState } from "../app/useSeat.ts";
import { Header } from "./Header.tsx";

/** What stands around every page: where one can go, who one is, what one has, whether all is live. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const seat = useSeat();
  const { table } = useSeatState();
  return (
    <>
      {table !== null && <Header onLeave={seat.leave} />}
      {children}
    </>
  );
}
