import { useId } from "react";
import { useAdminText } from "../../texts/useAdminText.ts";
import { chosenOf, memberOf, variantDraft, withMember } from "../draft.ts";
import type { AnyInput, FieldOf, InputProps } from "./InputProps.ts";

/** A choice of what kind of field it is, and that field. */
export function VariantsInput({
  field,
  draft,
  path,
  faults,
  onChange,
  label,
  Input,
}: InputProps<FieldOf<"variants">> & { readonly Input: AnyInput }) {
  const { t, tell } = useAdminText();
  const id = useId();
  const chosen = chosenOf(draft);
  const variant = field.variants[chosen];
  return (
    <fieldset className="form-group">
      <legend className="field-label">{label ?? t("field.value")}</legend>
      <label className="unseen" htmlFor={id}>
        {t("field.whichKind", { name: label ?? t("field.aValue") })}
      </label>
      <select
        id={id}
        className="input"
        value={chosen}
        onChange={(event) => onChange(variantDraft(field.variants, Number(event.target.value)))}
      >
        {field.variants.map(({ label }, index) => (
          // Variants have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <option key={index} value={index}>
            {typeof label === "string" ? label : tell(label)}
          </option>
        ))}
      </select>
      {variant !== undefined && (
        <Input
          field={variant.field}
          draft={memberOf(draft, "draft") ?? ""}
          path={path}
          faults={faults}
          onChange={(next) => onChange(withMember(draft, "draft", next))}
        />
      )}
    </fieldset>
  );
}
