import "./JoinForm.css";
import { useState } from "react";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Logo } from "../shell/Logo.tsx";
import type { Problem } from "../http/request.ts";
import { RunnerMark } from "../race/RunnerMark.tsx";
import { ThemeToggle } from "../theme/ThemeToggle.tsx";
import { MAX_NAME_LENGTH, join } from "../session/Session.ts";
import type { Session } from "../session/Session.ts";

const FIELD = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** The door: a name is all it takes. `notice` tells why the player stands before it again. */
export function JoinForm({
  onJoined,
  notice,
}: {
  readonly onJoined: (session: Session) => void;
  readonly notice: "expired" | null;
}) {
  const [name, setName] = useState("");
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { t } = useTranslation("shell");
  const trimmed = name.trim();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (trimmed === "" || isSending) return;
    setIsSending(true);
    setProblem(null);
    const answer = await join(trimmed);
    setIsSending(false);
    if (answer.ok) onJoined(answer.body);
    else setProblem(answer.problem);
  };

  return (
    <main className="join">
      <div className="join-theme">
        <ThemeToggle />
      </div>
      <div className="join-card panel">
        <div className="join-brand">
          <Logo size={56} />
          <h1>Croupier</h1>
        </div>
        <p className="join-lead">
          Eight runners, six markets, a race every couple of minutes. Bet, tip the scales with a
          power, and check afterwards that it was fair.
        </p>
        <div className="join-field" aria-hidden="true">
          {FIELD.map((number) => (
            <RunnerMark key={number} number={number} size={30} />
          ))}
        </div>
        {notice !== null && (
          <p className="notice" role="status">
            {t("expired")}
          </p>
        )}
        <form onSubmit={(event) => void submit(event)}>
          <label className="field-label" htmlFor="display-name">
            Your name at the table
          </label>
          <input
            id="display-name"
            className="input"
            value={name}
            maxLength={MAX_NAME_LENGTH}
            autoComplete="nickname"
            autoFocus
            required
            onChange={(event) => setName(event.target.value)}
          />
          <button type="submit" className="button is-main" disabled={trimmed === "" || isSending}>
            {isSending ? "Joining…" : "Take a seat"}
          </button>
        </form>
        {problem !== null && (
          <div className="notice is-bad" role="alert">
            {problem.detail}
          </div>
        )}
        <p className="join-note muted">
          Play money: you start with a grant, and nothing can be bought or cashed out.
        </p>
      </div>
    </main>
  );
}
