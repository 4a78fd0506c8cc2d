import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import { FORM_MAX, FORM_PARTS } from "./form.ts";
import type { formsOf } from "./fields.ts";

type Forms = ReturnType<typeof formsOf>;

/** What the runner brings to its next race, in each lobby where it runs; another runner's below each bar. */
export function FormNow({
  name,
  forms,
  rival,
}: {
  readonly name: string;
  readonly forms: Forms;
  readonly rival: { readonly name: string; readonly forms: Forms } | null;
}) {
  const { t } = useTranslation("runners");
  return (
    <section className="panel" aria-labelledby="runner-form">
      <div className="panel-head">
        <h2 id="runner-form">{t("page.form")}</h2>
      </div>
      {forms.length === 0 && <p className="empty">{t("page.noForm")}</p>}
      {forms.map(({ lobbyId, lobby, form }) => {
        const other = rival?.forms.find((one) => one.lobbyId === lobbyId)?.form;
        return (
          <div key={lobbyId} className="runner-form">
            <p className="muted">{t("page.formIn", { lobby })}</p>
            <ul>
              {FORM_PARTS.map((part) => (
                <li key={part} data-form={part}>
                  <span>{t(`page.${part}`)}</span>
                  <Bar label={`${t(`page.${part}`)}, ${name}`} value={form[part]} colour={1} />
                  {rival !== null && other !== undefined && (
                    <Bar
                      label={`${t(`page.${part}`)}, ${rival.name}`}
                      value={other[part]}
                      colour={3}
                    />
                  )}
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}

function Bar({
  label,
  value,
  colour,
}: {
  readonly label: string;
  readonly value: number;
  readonly colour: number;
}) {
  const format = useFormat();
  return (
    <span className="runner-bar">
      <meter className="unseen" aria-label={label} min={0} max={FORM_MAX} value={value} />
      <span className="runner-bar-track" aria-hidden="true">
        <span
          style={{ width: `${(value / FORM_MAX) * 100}%`, background: `var(--series-${colour})` }}
        />
      </span>
      <strong className="figure" aria-hidden="true">
        {format.number(value)}
      </strong>
    </span>
  );
}
