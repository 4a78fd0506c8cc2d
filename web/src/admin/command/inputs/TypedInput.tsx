import { useFormat } from "../../../i18n/useFormat.ts";
import { Labelled } from "../../Labelled.tsx";
import { useAdminText } from "../../texts/useAdminText.ts";
import { textOf } from "../draft.ts";
import { faultAt } from "./InputProps.ts";
import type { FieldOf, InputProps } from "./InputProps.ts";

/** Shown where money is asked for in minor units. */
const EXAMPLE_MINOR = 250;

/** What is typed: text, a number, JSON. */
export function TypedInput({
  field,
  draft,
  path,
  faults,
  onChange,
  label,
}: InputProps<FieldOf<"text" | "number" | "json">>) {
  const { t } = useAdminText();
  const numberNote = useNumberNote();
  const typed = textOf(draft);
  const note = field.type === "number" ? numberNote(field, typed) : field.note;
  return (
    <Labelled
      label={label ?? t("field.value")}
      isLabelSeen={label !== undefined}
      note={note}
      fault={faultAt(faults, path)}
    >
      {(control) => {
        const common = {
          ...control,
          value: typed,
          autoComplete: "off",
          spellCheck: false,
        } as const;
        return field.type === "json" ? (
          <textarea
            {...common}
            className="input mono"
            rows={4}
            placeholder="JSON"
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <input
            {...common}
            className={field.type === "number" ? "input figure" : "input"}
            inputMode={field.type === "number" ? (field.isInteger ? "numeric" : "decimal") : "text"}
            autoCapitalize="none"
            onChange={(event) => onChange(event.target.value)}
          />
        );
      }}
    </Labelled>
  );
}

/** The bounds, or of money what is typed in major units. */
function useNumberNote(): (field: FieldOf<"number">, typed: string) => string | null {
  const { t } = useAdminText();
  const format = useFormat();
  return ({ isMoney, minimum, maximum, isAboveMinimum, note }, typed) => {
    if (isMoney) {
      const isExact = /^\d+$/.test(typed.trim()) && Number.isSafeInteger(Number(typed));
      return isExact
        ? t("field.isMinor", { money: format.money(Number(typed)) })
        : t("field.inMinor", { money: format.money(EXAMPLE_MINOR) });
    }
    if (minimum === null || maximum === null) return note;
    const least = isAboveMinimum ? t("field.moreThan", { least: minimum }) : String(minimum);
    return t("field.between", { least, most: maximum });
  };
}
