import { Labelled } from "../../Labelled.tsx";
import { useAdminText } from "../../texts/useAdminText.ts";
import { textOf } from "../draft.ts";
import { faultAt } from "./InputProps.ts";
import type { FieldOf, InputProps } from "./InputProps.ts";

/** One of some values, by its position. */
export function ChoiceInput({
  field,
  draft,
  path,
  faults,
  onChange,
  label,
}: InputProps<FieldOf<"choice">>) {
  const { t } = useAdminText();
  return (
    <Labelled
      label={label ?? t("field.value")}
      isLabelSeen={label !== undefined}
      note={field.note}
      fault={faultAt(faults, path)}
    >
      {(control) => (
        <select
          {...control}
          className="input"
          value={textOf(draft)}
          onChange={(event) => onChange(event.target.value)}
        >
          <option value="">{t("field.choose")}</option>
          {field.options.map((option, index) => (
            <option key={JSON.stringify(option)} value={String(index)}>
              {typeof option === "string" ? option : JSON.stringify(option)}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
