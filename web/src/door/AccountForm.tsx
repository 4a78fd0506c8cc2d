import { useId, useRef, useState } from "react";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useSeat } from "../app/useSeat.ts";
import type { Problem } from "../http/request.ts";
import type { Session } from "../session/Session.ts";
import { EntryProblem } from "./EntryProblem.tsx";
import { invalidField } from "./entryProblems.ts";
import { PasswordField } from "./PasswordField.tsx";

type Way = "login" | "register";

/** The way in for who has an account, or wants one. */
export function AccountForm({
  way,
  lobbyId,
  onEntered,
}: {
  readonly way: Way;
  readonly lobbyId: string | undefined;
  readonly onEntered: (session: Session) => void;
}) {
  const { t } = useTranslation("door");
  const seat = useSeat();
  const id = useId();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [isSending, setIsSending] = useState(false);
  const [wrong, setWrong] = useState<"username" | "password" | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const usernameRef = useRef<HTMLInputElement>(null);
  const passwordRef = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    const credentials = { username: username.trim(), password };
    // Whatever was once accepted may be tried to sign in with; only a new account has rules to meet.
    const empty = credentials.username === "" ? "username" : password === "" ? "password" : null;
    const invalid = way === "register" ? invalidField(credentials) : empty;
    setWrong(invalid);
    setProblem(null);
    if (invalid !== null) {
      (invalid === "username" ? usernameRef : passwordRef).current?.focus();
      return;
    }
    setIsSending(true);
    const answer = await seat.enter(way, credentials, lobbyId);
    setIsSending(false);
    if (answer.ok) onEntered(answer.session);
    else {
      setProblem(answer.problem);
      passwordRef.current?.focus();
    }
  };

  return (
    <form className="door-form" noValidate onSubmit={(event) => void submit(event)}>
      <div>
        <label className="field-label" htmlFor={`${id}-username`}>
          {t("username")}
        </label>
        <input
          ref={usernameRef}
          id={`${id}-username`}
          className="input"
          value={username}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          aria-invalid={wrong === "username"}
          aria-describedby={wrong === "username" ? `${id}-wrong` : undefined}
          onChange={(event) => setUsername(event.target.value)}
        />
        {wrong === "username" && (
          <p className="door-wrong" id={`${id}-wrong`}>
            {t("wrong.username")}
          </p>
        )}
      </div>
      <PasswordField
        label={t("password")}
        value={password}
        isNew={way === "register"}
        wrong={
          wrong === "password"
            ? t(way === "register" ? "wrong.newPassword" : "wrong.password")
            : null
        }
        inputRef={passwordRef}
        onChange={setPassword}
      />
      <button type="submit" className="button is-main is-big" aria-disabled={isSending}>
        {t(isSending ? "joining" : way)}
      </button>
      {problem !== null && <EntryProblem problem={problem} />}
      <p className="door-note muted">{t(way === "login" ? "loginNote" : "registerNote")}</p>
    </form>
  );
}
