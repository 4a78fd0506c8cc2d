import { useRef, useState } from "react";
import type { FormEvent } from "react";
import type { Problem } from "../../http/request.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { Labelled } from "../Labelled.tsx";
import { Modal } from "../Modal.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { focusFault } from "../focusFault.ts";
import { problemFields } from "../problemFields.ts";
import type { Saying } from "../texts/AdminText.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import type { LobbyAnswer } from "./LobbyCalls.ts";
import { EMPTY_LOBBY, LOBBY_FIELDS, fieldOfWire, idFor, readLobby } from "./lobbyForm.ts";
import type { LobbyField } from "./lobbyForm.ts";

const EXAMPLE_MINOR = 250;
const NAMED: readonly LobbyField[] = ["name", "id"];

/** Asks how a new lobby is to be, and makes it. */
export function CreateLobby({
  onCreated,
  onClose,
}: {
  readonly onCreated: (lobby: LobbyAnswer) => void;
  readonly onClose: () => void;
}) {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const format = useFormat();
  const formRef = useRef<HTMLFormElement>(null);
  const [form, setForm] = useState(EMPTY_LOBBY);
  const [isIdOwn, setIsIdOwn] = useState(false);
  const [isChecked, setIsChecked] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { parseMoney } = format;
  const reading = readLobby(form, { parseMoney, example: format.money(EXAMPLE_MINOR) });
  const ofServer = problem === null ? new Map<string, string>() : problemFields(problem);
  const saidByServer = new Map([...ofServer].map(([path, text]) => [fieldOfWire(path), text]));
  // What belongs to no field stands below the form.
  const isAboutFields = saidByServer.size > 0 && !saidByServer.has(undefined);

  const faultOf = (field: LobbyField): Saying | string | null => {
    const own = isChecked && !reading.ok ? reading.faults.get(field) : undefined;
    return own ?? saidByServer.get(field) ?? null;
  };
  const type = (field: LobbyField, text: string) => {
    setProblem(null);
    if (field === "id") setIsIdOwn(text !== "");
    setForm((form) => ({
      ...form,
      [field]: text,
      ...(field === "name" && !isIdOwn ? { id: idFor(text) } : {}),
    }));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    setIsChecked(true);
    if (!reading.ok) return focusFault(formRef.current);
    setIsSending(true);
    const answer = await client.createLobby(reading.lobby);
    setIsSending(false);
    if (answer.ok) return onCreated(answer.body);
    setProblem(answer.problem);
    focusFault(formRef.current);
  };

  return (
    <Modal title={t("lobbies.createTitle")} onClose={onClose}>
      <form
        ref={formRef}
        className="admin-lobby-form"
        noValidate
        onSubmit={(event) => void submit(event)}
      >
        <p className="muted">
          {t("lobbies.createMeans")} {t("lobbies.byDefault")}
        </p>
        <div className="admin-lobby-form-fields">
          {LOBBY_FIELDS.map((field) => (
            <Labelled
              key={field}
              label={t(`lobbies.${field}`)}
              note={field === "id" ? t("lobbies.idNote") : null}
              fault={faultOf(field)}
            >
              {(control) => (
                <input
                  {...control}
                  className={field === "id" ? "input mono" : "input"}
                  value={form[field]}
                  inputMode={NAMED.includes(field) ? "text" : "decimal"}
                  autoComplete="off"
                  autoCapitalize={field === "name" ? "sentences" : "none"}
                  spellCheck={field === "name"}
                  onChange={(event) => type(field, event.target.value)}
                />
              )}
            </Labelled>
          ))}
        </div>
        {problem !== null && !isAboutFields && <ProblemNotice problem={problem} />}
        <div className="modal-buttons">
          <button type="button" className="button" onClick={onClose}>
            {t("leaveIt")}
          </button>
          <button type="submit" className="button is-main" disabled={isSending}>
            {isSending ? t("lobbies.creating") : t("lobbies.submit")}
          </button>
        </div>
      </form>
    </Modal>
  );
}
