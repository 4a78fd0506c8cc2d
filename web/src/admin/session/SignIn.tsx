import "./SignIn.css";
import { useEffect, useState } from "react";
import type { FormEvent } from "react";
import { Logo } from "../../shell/Logo.tsx";
import type { Problem } from "../../http/request.ts";
import { ThemeToggle } from "../../theme/ThemeToggle.tsx";
import { signIn } from "./AdminSession.ts";
import type { AdminSession } from "./AdminSession.ts";

const ADMIN_USERNAME = "admin";

/** The administrator's door. `notice` tells why one stands before it again. */
export function SignIn({
  onSignedIn,
  notice,
}: {
  readonly onSignedIn: (session: AdminSession) => void;
  readonly notice: string | null;
}) {
  const [username, setUsername] = useState(ADMIN_USERNAME);
  const [password, setPassword] = useState("");
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    document.title = "Sign in · Croupier";
  }, []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    setIsSending(true);
    setProblem(null);
    const answer = await signIn(username.trim(), password);
    setIsSending(false);
    if (answer.ok) onSignedIn(answer.body);
    else {
      setProblem(answer.problem);
      setPassword("");
    }
  };

  return (
    <main className="sign-in">
      <div className="sign-in-theme">
        <ThemeToggle />
      </div>
      <div className="sign-in-card panel">
        <div className="sign-in-brand">
          <Logo size={44} />
          <div>
            <h1>Croupier</h1>
            <p className="muted">Administration</p>
          </div>
        </div>
        {notice !== null && problem === null && (
          <p className="notice" role="status">
            {notice}
          </p>
        )}
        <form onSubmit={(event) => void submit(event)}>
          <label className="field-label" htmlFor="admin-name">
            User name
          </label>
          <input
            id="admin-name"
            className="input"
            value={username}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            onChange={(event) => setUsername(event.target.value)}
          />
          <label className="field-label" htmlFor="admin-password">
            Password
          </label>
          <input
            id="admin-password"
            className="input"
            type="password"
            value={password}
            autoComplete="current-password"
            autoFocus
            required
            onChange={(event) => setPassword(event.target.value)}
          />
          <button type="submit" className="button is-main" disabled={isSending}>
            {isSending ? "Signing in…" : "Sign in"}
          </button>
        </form>
        {problem !== null && (
          <div className="notice is-bad" role="alert" data-code={problem.code}>
            {problem.detail}
          </div>
        )}
        <p className="sign-in-note muted">
          In development the password is <code>admin</code>. <a href="/">To the table</a>
        </p>
      </div>
    </main>
  );
}
