import "./SignIn.css";
import { useState } from "react";
import type { FormEvent } from "react";
import { paths } from "../../app/paths.ts";
import type { Problem } from "../../http/request.ts";
import { LanguageToggle } from "../../shell/LanguageToggle.tsx";
import { Logo } from "../../shell/Logo.tsx";
import { useTitle } from "../../shell/useTitle.ts";
import { ThemeToggle } from "../../theme/ThemeToggle.tsx";
import { useAdminText } from "../texts/useAdminText.ts";
import { signIn } from "./AdminSession.ts";
import type { AdminSession } from "./AdminSession.ts";

const ADMIN_USERNAME = "admin";
const DEVELOPMENT_PASSWORD = "admin";

/** Why one stands before the door again. */
export type Farewell = "expired" | "signedOut";

/** The administrator's door. */
export function SignIn({
  onSignedIn,
  farewell,
}: {
  readonly onSignedIn: (session: AdminSession) => void;
  readonly farewell: Farewell | null;
}) {
  const { t } = useAdminText();
  const [username, setUsername] = useState(ADMIN_USERNAME);
  const [password, setPassword] = useState("");
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<Problem | "notAdmin" | null>(null);

  useTitle(t("signIn.title"));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    setIsSending(true);
    setProblem(null);
    const answer = await signIn(username.trim(), password);
    setIsSending(false);
    if (answer.ok && answer.body !== "notAdmin") return onSignedIn(answer.body);
    setProblem(answer.ok ? "notAdmin" : answer.problem);
    setPassword("");
  };

  return (
    <main className="sign-in">
      <div className="sign-in-theme">
        <LanguageToggle />
        <ThemeToggle />
      </div>
      <div className="sign-in-card panel">
        <div className="sign-in-brand">
          <Logo size={44} />
          <div>
            <h1>Croupier</h1>
            <p className="muted">{t("signIn.part")}</p>
          </div>
        </div>
        {farewell !== null && problem === null && (
          <p className="notice" role="status">
            {t(`signIn.${farewell}`)}
          </p>
        )}
        <form onSubmit={(event) => void submit(event)}>
          <label className="field-label" htmlFor="admin-name">
            {t("signIn.username")}
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
            {t("signIn.password")}
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
            {isSending ? t("signIn.sending") : t("signIn.submit")}
          </button>
        </form>
        {problem !== null && (
          <div
            className="notice is-bad"
            role="alert"
            data-code={problem === "notAdmin" ? "forbidden" : problem.code}
          >
            {problem === "notAdmin" ? t("signIn.notAdmin") : problem.detail}
          </div>
        )}
        <p className="sign-in-note muted">
          {t("signIn.inDevelopment", { password: DEVELOPMENT_PASSWORD })}
          <br />
          <a href={`#${paths.home}`}>{t("signIn.toTable")}</a>
        </p>
      </div>
    </main>
  );
}
