import { useRef, useState } from "react";
import type { FormEvent } from "react";
import type { RaffleBody } from "../../../../rpc/raffleBody.ts";
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
import { PrizeInputs } from "./PrizeInputs.tsx";
import { EMPTY_RAFFLE, fieldOfWire, formOf, readRaffle, suggestedId } from "./raffleForm.ts";
import type { RaffleField, RaffleForm } from "./raffleForm.ts";

const EXAMPLE_MINOR = 250;

/** One line of the form beside the others, or all of its width. */
const FIELDS: readonly {
  readonly name: Exclude<keyof RaffleForm, "prizes" | "description">;
  readonly type: "text" | "datetime-local";
  readonly mode: "text" | "decimal" | "numeric";
  readonly isMono?: boolean;
}[] = [
  { name: "title", type: "text", mode: "text" },
  { name: "id", type: "text", mode: "text", isMono: true },
  { name: "price", type: "text", mode: "decimal" },
  { name: "numbers", type: "text", mode: "numeric" },
  { name: "minSold", type: "text", mode: "numeric" },
  { name: "drawAt", type: "datetime-local", mode: "text" },
  { name: "organiser", type: "text", mode: "text", isMono: true },
];

/** Asks for a raffle's terms: of a new one, or of one that may still be edited. */
export function RaffleFormDialog({
  raffle,
  onDone,
  onClose,
}: {
  /** Null for a new one. */
  readonly raffle: RaffleBody | null;
  readonly onDone: (raffle: RaffleBody) => void;
  readonly onClose: () => void;
}) {
  const { client, state } = useAdmin();
  const { t } = useAdminText();
  const format = useFormat();
  const formRef = useRef<HTMLFormElement>(null);
  const [form, setForm] = useState(() =>
    raffle === null ? EMPTY_RAFFLE : formOf(raffle, format.money),
  );
  const [isIdOwn, setIsIdOwn] = useState(raffle !== null);
  const [isChecked, setIsChecked] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const reading = readRaffle(form, {
    parseMoney: format.parseMoney,
    example: format.money(EXAMPLE_MINOR),
    nowMs: state.nowMs,
  });
  const ofServer = problem === null ? new Map<string, string>() : problemFields(problem);
  const saidByServer = new Map([...ofServer].map(([path, text]) => [fieldOfWire(path), text]));
  // What belongs to no field stands below the form.
  const isAboutFields = saidByServer.size > 0 && !saidByServer.has(undefined);

  const faultOf = (field: RaffleField): Saying | string | null => {
    const own = isChecked && !reading.ok ? reading.faults.get(field) : undefined;
    return own ?? saidByServer.get(field) ?? null;
  };
  const change = (part: Partial<RaffleForm>) => {
    setProblem(null);
    if (part.id !== undefined) setIsIdOwn(part.id !== "");
    setForm((form) => ({
      ...form,
      ...(part.title !== undefined && !isIdOwn ? { id: suggestedId(part.title) } : {}),
      ...part,
    }));
  };
  const send = async (publish: boolean) => {
    if (isSending) return;
    setIsChecked(true);
    if (!reading.ok) return focusFault(formRef.current);
    setIsSending(true);
    const { raffleId, terms } = reading;
    const answer = await (raffle === null
      ? client.createRaffle({ raffle_id: raffleId, ...terms, publish })
      : client.editRaffle(raffle.id, terms));
    setIsSending(false);
    if (answer.ok) return onDone(answer.body);
    setProblem(answer.problem);
    focusFault(formRef.current);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(false);
  };
  const shown = FIELDS.filter(({ name }) => name !== "id" || raffle === null);

  return (
    <Modal
      title={
        raffle === null
          ? t("raffleForm.newTitle")
          : t("raffleForm.editTitle", { title: raffle.title })
      }
      onClose={onClose}
    >
      <form ref={formRef} className="raffle-form" noValidate onSubmit={submit}>
        <p className="muted">
          {t(raffle === null ? "raffleForm.newMeans" : "raffleForm.editMeans")}
        </p>
        <div className="raffle-form-fields">
          {shown.map(({ isMono = false, mode, name, type }) => (
            <div key={name} data-field={name}>
              <Labelled
                label={t(`raffleForm.${name}`)}
                note={noteOf(name, t)}
                fault={faultOf(name)}
              >
                {(control) => (
                  <input
                    {...control}
                    type={type}
                    className={isMono ? "input mono" : "input"}
                    value={form[name]}
                    inputMode={mode}
                    autoComplete="off"
                    autoCapitalize={name === "title" ? "sentences" : "none"}
                    spellCheck={name === "title"}
                    onChange={(event) => change({ [name]: event.target.value })}
                  />
                )}
              </Labelled>
            </div>
          ))}
          <div data-field="description">
            <Labelled
              label={t("raffleForm.description")}
              note={null}
              fault={faultOf("description")}
            >
              {(control) => (
                <textarea
                  {...control}
                  className="input raffle-form-description"
                  rows={3}
                  value={form.description}
                  onChange={(event) => change({ description: event.target.value })}
                />
              )}
            </Labelled>
          </div>
        </div>
        <PrizeInputs
          prizes={form.prizes}
          faultOf={faultOf}
          onChange={(prizes) => change({ prizes })}
        />
        {problem !== null && !isAboutFields && <ProblemNotice problem={problem} />}
        <div className="modal-buttons">
          <button type="button" className="button" onClick={onClose}>
            {t("leaveIt")}
          </button>
          {raffle === null ? (
            <>
              <button type="submit" className="button" disabled={isSending}>
                {t("raffleForm.saveDraft")}
              </button>
              <button
                type="button"
                className="button is-main"
                disabled={isSending}
                onClick={() => void send(true)}
              >
                {t("raffleForm.publishNow")}
              </button>
            </>
          ) : (
            <button type="submit" className="button is-main" disabled={isSending}>
              {t("raffleForm.save")}
            </button>
          )}
        </div>
      </form>
    </Modal>
  );
}

function noteOf(
  name: (typeof FIELDS)[number]["name"],
  t: ReturnType<typeof useAdminText>["t"],
): string | null {
  switch (name) {
    case "id":
      return t("raffleForm.idNote");
    case "organiser":
      return t("raffleForm.organiserNote");
    case "minSold":
      return t("raffleForm.minSoldNote");
    case "numbers":
      return t("raffleForm.numbersNote");
    case "drawAt": {
      const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
      return t("raffleForm.drawAtNote", { zone });
    }
    case "title":
    case "price":
      return null;
  }
}
