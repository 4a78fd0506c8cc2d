import "./CommandPanel.css";
import { useId, useMemo, useRef, useState } from "react";
import type { FormEvent } from "react";
import type { KindBody, SentBody } from "../../../../rpc/http/admin.ts";
import type { Json, JsonObject } from "../entity/json.ts";
import { isObject } from "../entity/json.ts";
import { focusFault } from "../focusFault.ts";
import { newKey } from "../newKey.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { Answered } from "./Answered.tsx";
import { FieldInput } from "./FieldInput.tsx";
import { answered, newIntent, sending, unanswered } from "./Intent.ts";
import type { Intent } from "./Intent.ts";
import { emptyDraft, readDraft } from "./draft.ts";
import type { Draft, Fault } from "./draft.ts";
import { fieldOf } from "./field.ts";
import { forgetIntent, keepIntent, keptIntent } from "./keptIntent.ts";

/** Says something to the entity: any message of its contract, by a form made of the message's schema. */
export function CommandPanel({
  kind,
  entityId,
  contract,
  isOpenFirst,
  onCarriedOut,
}: {
  readonly kind: string;
  readonly entityId: string;
  /** Null while it is not known. */
  readonly contract: KindBody | null;
  readonly isOpenFirst: boolean;
  /** The entity has answered a command, one way or the other. */
  readonly onCarriedOut: () => void;
}) {
  const { t } = useAdminText();
  const [kept] = useState(() => keptIntent(sessionStorage, kind, entityId));
  return (
    <details className="panel command" open={isOpenFirst || kept !== null}>
      <summary>
        <h2>{t("command.title")}</h2>
      </summary>
      {contract === null ? (
        <p className="muted">{t("command.asking", { kind })}</p>
      ) : (
        <CommandForm
          kind={kind}
          entityId={entityId}
          contract={contract}
          kept={kept}
          onCarriedOut={onCarriedOut}
        />
      )}
    </details>
  );
}

function CommandForm({
  kind,
  entityId,
  contract,
  kept,
  onCarriedOut,
}: {
  readonly kind: string;
  readonly entityId: string;
  readonly contract: KindBody;
  readonly kept: ReturnType<typeof keptIntent>;
  /** The entity has answered a command, one way or the other. */
  readonly onCarriedOut: () => void;
}) {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const formId = useId();
  const formRef = useRef<HTMLFormElement>(null);
  const messages = [...contract.commands, ...contract.queries];
  const [tag, setTag] = useState(kept?.tag ?? messages[0]?.tag ?? "");
  const message = messages.find((each) => each.tag === tag);
  const isQuery = contract.queries.some((query) => query.tag === tag);
  const field = useMemo(() => fieldOf((message?.payload ?? {}) as unknown as Json), [message]);
  const [draft, setDraft] = useState<Draft>(() => kept?.draft ?? emptyDraft(field));
  const [intent, setIntent] = useState<Intent<SentBody>>(() =>
    kept === null ? newIntent(newKey()) : unanswered(kept.key),
  );
  // Nobody is told of faults before trying to send; from then on they go as they are put right.
  const [isChecked, setIsChecked] = useState(false);
  const reading = readDraft(field, draft);
  const faults: readonly Fault[] = isChecked && !reading.ok ? reading.faults : [];
  const isLocked = intent.step !== "editing";

  const send = async () => {
    if (!reading.ok || !isObject(reading.value)) {
      setIsChecked(true);
      return focusFault(formRef.current);
    }
    setIsChecked(false);
    const payload: JsonObject = reading.value;
    const { key } = intent;
    if (!isQuery) keepIntent(sessionStorage, { kind, entityId, tag, key, draft });
    setIntent(sending);
    const answer = await client.send({ kind, entityId, tag, payload, key });
    const next = answered(intent, tag, answer, newKey());
    setIntent(next);
    if (next.step === "unanswered") return;
    forgetIntent(sessionStorage, kind, entityId);
    if (answer.ok && !isQuery) onCarriedOut();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (intent.step !== "sending") void send();
  };
  const choose = (next: string) => {
    const payload = messages.find((each) => each.tag === next)?.payload ?? {};
    setTag(next);
    setDraft(emptyDraft(fieldOf(payload as unknown as Json)));
    setIsChecked(false);
  };

  return (
    <form ref={formRef} className="command-form" noValidate onSubmit={submit}>
      <fieldset disabled={isLocked}>
        <legend className="unseen">{t("command.message")}</legend>
        <label className="field-label" htmlFor={`${formId}-tag`}>
          {t("command.message")}
        </label>
        <select
          id={`${formId}-tag`}
          className="input"
          value={tag}
          onChange={(event) => choose(event.target.value)}
        >
          <optgroup label={t("command.commands")}>
            {contract.commands.map((each) => (
              <option key={each.tag}>{each.tag}</option>
            ))}
          </optgroup>
          {contract.queries.length > 0 && (
            <optgroup label={t("command.queries")}>
              {contract.queries.map((each) => (
                <option key={each.tag}>{each.tag}</option>
              ))}
            </optgroup>
          )}
        </select>
        <FieldInput field={field} draft={draft} path="" faults={faults} onChange={setDraft} />
      </fieldset>
      {!isQuery && (
        <p className="command-key">
          <span className="muted">{t("command.key")}</span>{" "}
          <span className="mono" data-key={intent.key}>
            {intent.key}
          </span>
        </p>
      )}
      {faults.length > 0 && (
        <p className="notice is-bad" role="alert">
          {t("command.faults", { count: faults.length })}
        </p>
      )}
      {intent.step === "unanswered" && (
        <p className="notice" role="alert">
          <span>
            <strong>{t("command.unanswered")}</strong>
            {intent.last?.answer.ok === false ? `${intent.last.answer.problem.detail} ` : ""}
            {t("command.unansweredMeans")}
          </span>
        </p>
      )}
      <div className="command-buttons">
        {intent.step === "unanswered" && (
          <button
            type="button"
            className="button is-quiet"
            onClick={() => {
              forgetIntent(sessionStorage, kind, entityId);
              setIntent(newIntent(newKey()));
            }}
          >
            {t("command.giveUp")}
          </button>
        )}
        <button type="submit" className="button is-main" disabled={intent.step === "sending"}>
          {intent.step === "sending"
            ? t("command.sending")
            : intent.step === "unanswered"
              ? t("command.again")
              : isQuery
                ? t("command.ask", { tag })
                : t("command.send", { tag })}
        </button>
      </div>
      {intent.step !== "unanswered" && intent.last !== null && <Answered last={intent.last} />}
    </form>
  );
}
