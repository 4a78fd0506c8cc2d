import "./admin.css";
import { useCallback, useMemo, useState } from "react";
import { openAdminClient } from "./AdminClient.ts";
import { Shell } from "./Shell.tsx";
import { forgetAdmin, keepAdmin, keptAdmin } from "./session/AdminSession.ts";
import { SignIn } from "./session/SignIn.tsx";

/** The administrator's part of the console: the door, or what is behind it. */
export default function AdminPages() {
  const [session, setSession] = useState(() => keptAdmin(localStorage, Date.now()));
  const [notice, setNotice] = useState<string | null>(null);
  const leave = useCallback((why: string) => {
    forgetAdmin(localStorage);
    setNotice(why);
    setSession(null);
  }, []);
  const client = useMemo(
    () =>
      session === null
        ? null
        : openAdminClient(session.token, () => leave("Your session has ended. Sign in again.")),
    [session, leave],
  );
  if (session === null || client === null) {
    return (
      <SignIn
        notice={notice}
        onSignedIn={(opened) => {
          keepAdmin(localStorage, opened);
          setNotice(null);
          setSession(opened);
        }}
      />
    );
  }
  return (
    <Shell
      key={session.token}
      client={client}
      name={session.name}
      onSignOut={() => leave("You have signed out.")}
    />
  );
}
