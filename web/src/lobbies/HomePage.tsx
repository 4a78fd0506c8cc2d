import { useEffect } from "react";
import { useLocation } from "wouter";
import { paths } from "../app/paths.ts";
import { useSession } from "../app/useSeat.ts";
import { Door } from "../door/Door.tsx";

/** The lobbies. */
export function HomePage() {
  const session = useSession();
  const [, navigate] = useLocation();
  useEffect(() => {
    if (session !== null) navigate(paths.lobby(session.lobbyId), { replace: true });
  }, [session, navigate]);
  return session === null ? <Door /> : null;
}
