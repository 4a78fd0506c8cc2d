import { useAdminText } from "../../texts/useAdminText.ts";
import type { FieldOf, InputProps } from "./InputProps.ts";

export function FlagInput({ draft, onChange, label, field }: InputProps<FieldOf<"flag">>) {
  const { t } = useAdminText();
  return (
    <label className="form-field form-flag">
      <input
        type="checkbox"
        checked={draft === true}
        onChange={(event) => onChange(event.target.checked)}
      />{" "}
      {label ?? t("field.yes")} {field.note !== null && <span className="muted">{field.note}</span>}
    </label>
  );
}
