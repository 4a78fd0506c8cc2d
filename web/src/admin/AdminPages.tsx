import "./admin.css";
import { useCallback, useMemo, useState } from "react";
import { openAdminClient } from "./AdminClient.ts";
import { Frame } from "./Frame.tsx";
import { forgetAdmin, keepAdmin, keptAdmin } from "./session/AdminSession.ts";
import { SignIn } from "./session/SignIn.tsx";
import type { Farewell } from "./session/SignIn.tsx";

/** The administrator's part of the console: the door, or what is behind it. */
export default function AdminPages() {
  const [session, setSession] = useState(() => keptAdmin(localStorage, Date.now()));
  const [farewell, setFarewell] = useState<Farewell | null>(null);
  const leave = useCallback((why: Farewell) => {
    forgetAdmin(localStorage);
    setFarewell(why);
    setSession(null);
  }, []);
  const client = useMemo(
    () => (session === null ? null : openAdminClient(session.token, () => leave("expired"))),
    [session, leave],
  );
  if (session === null || client === null) {
    return (
      <SignIn
        farewell={farewell}
        onSignedIn={(opened) => {
          keepAdmin(localStorage, opened);
          setFarewell(null);
          setSession(opened);
        }}
      />
    );
  }
  return (
    <Frame
      key={session.token}
      client={client}
      name={session.name}
      onSignOut={() => leave("signedOut")}
    />
  );
}
