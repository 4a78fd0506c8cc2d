import "../door/Door.css";
import "./PasswordDialog.css";
import { useEffect, useId, useRef, useState } from "react";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useCroupier } from "../app/useSeat.ts";
import { isPassword } from "../door/entryProblems.ts";
import { PasswordField } from "../door/PasswordField.tsx";
import type { Problem } from "../http/request.ts";
import { notify } from "../shell/notify.ts";
import { passwordProblemKey } from "./passwordProblems.ts";

/** Another password for the player's account; open until the server has said that it is good from now on. */
export default function PasswordDialog({
  username,
  onClose,
}: {
  readonly username: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation("account");
  const { t: tDoor } = useTranslation("door");
  const croupier = useCroupier();
  const titleId = useId();
  const meaningId = useId();
  const [password, setPassword] = useState("");
  const [newPassword, setNewPassword] = useState("");
  const [isSending, setIsSending] = useState(false);
  const [wrong, setWrong] = useState<"password" | "newPassword" | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const dialogRef = useRef<HTMLDialogElement>(null);
  const passwordRef = useRef<HTMLInputElement>(null);
  const newPasswordRef = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const dialog = dialogRef.current;
    dialog?.showModal();
    // Not the name, which is there for the browser.
    passwordRef.current?.focus();
    return () => dialog?.close();
  }, []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    const invalid = password === "" ? "password" : isPassword(newPassword) ? null : "newPassword";
    setWrong(invalid);
    setProblem(null);
    if (invalid !== null) {
      (invalid === "password" ? passwordRef : newPasswordRef).current?.focus();
      return;
    }
    setIsSending(true);
    const answer = await croupier.changePassword({ password, newPassword });
    setIsSending(false);
    if (answer.ok) {
      notify({ kind: "good", text: { key: "shell:account.passwordChanged" } });
      onClose();
    } else {
      setProblem(answer.problem);
      passwordRef.current?.focus();
    }
  };

  return (
    <dialog
      ref={dialogRef}
      className="password-dialog"
      aria-labelledby={titleId}
      aria-describedby={meaningId}
      onCancel={(event) => {
        // What has been sent is not taken back by looking away, and what comes of it is to be read.
        if (isSending) event.preventDefault();
      }}
      onClose={onClose}
    >
      <h2 id={titleId}>{t("password.title")}</h2>
      <p id={meaningId} className="muted">
        {t("password.meaning")}
      </p>
      <form className="door-form" noValidate onSubmit={(event) => void submit(event)}>
        {/* For the browser, which keeps a password under a name. */}
        <input
          className="unseen"
          type="text"
          value={username}
          autoComplete="username"
          aria-label={tDoor("username")}
          tabIndex={-1}
          readOnly
        />
        <PasswordField
          label={t("password.now")}
          value={password}
          isNew={false}
          wrong={wrong === "password" ? tDoor("wrong.password") : null}
          inputRef={passwordRef}
          onChange={setPassword}
        />
        <PasswordField
          label={t("password.next")}
          value={newPassword}
          isNew
          wrong={wrong === "newPassword" ? tDoor("wrong.newPassword") : null}
          inputRef={newPasswordRef}
          onChange={setNewPassword}
        />
        {problem !== null && (
          <div className="notice is-bad" role="alert" data-code={problem.code}>
            <p>{t(`password.problem.${passwordProblemKey(problem.code)}`)}</p>
          </div>
        )}
        <div className="password-dialog-acts">
          <button type="button" className="button" disabled={isSending} onClick={onClose}>
            {t("password.keep")}
          </button>
          <button type="submit" className="button is-main" aria-disabled={isSending}>
            {t(isSending ? "password.changing" : "password.change")}
          </button>
        </div>
      </form>
    </dialog>
  );
}
