import { useRef, useState } from "react";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useSeat } from "../app/useSeat.ts";
import type { Problem } from "../http/request.ts";
import { MAX_NAME_LENGTH } from "../session/Session.ts";
import type { Session } from "../session/Session.ts";
import { EntryProblem } from "./EntryProblem.tsx";

/** A name is all it takes. */
export function GuestForm({
  lobbyId,
  onEntered,
}: {
  readonly lobbyId: string | undefined;
  readonly onEntered: (session: Session) => void;
}) {
  const { t } = useTranslation("door");
  const seat = useSeat();
  const [name, setName] = useState("");
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isMissing, setIsMissing] = useState(false);
  const fieldRef = useRef<HTMLInputElement>(null);
  const trimmed = name.trim();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    setIsMissing(trimmed === "");
    if (trimmed === "") {
      fieldRef.current?.focus();
      return;
    }
    setIsSending(true);
    setProblem(null);
    const answer = await seat.join(trimmed, lobbyId);
    setIsSending(false);
    if (answer.ok) onEntered(answer.session);
    else setProblem(answer.problem);
  };

  return (
    <form className="door-form" noValidate onSubmit={(event) => void submit(event)}>
      <div>
        <label className="field-label" htmlFor="display-name">
          {t("name")}
        </label>
        <input
          ref={fieldRef}
          id="display-name"
          className="input"
          value={name}
          maxLength={MAX_NAME_LENGTH}
          autoComplete="nickname"
          autoFocus
          required
          aria-invalid={isMissing}
          aria-describedby={isMissing ? "display-name-missing" : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        {isMissing && (
          <p className="door-wrong" id="display-name-missing">
            {t("wrong.name")}
          </p>
        )}
      </div>
      <button type="submit" className="button is-main is-big" aria-disabled={isSending}>
        {t(isSending ? "joining" : "join")}
      </button>
      {problem !== null && <EntryProblem problem={problem} />}
      <p className="door-note muted">{t("guestNote")}</p>
    </form>
  );
}
