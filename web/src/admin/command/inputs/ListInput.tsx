import { useAdminText } from "../../texts/useAdminText.ts";
import { emptyDraft, itemsOf } from "../draft.ts";
import { faultAt, pathAt } from "./InputProps.ts";
import type { AnyInput, FieldOf, InputProps } from "./InputProps.ts";

/** Fields by place, to be added and taken out. */
export function ListInput({
  field,
  draft,
  path,
  faults,
  onChange,
  label,
  Input,
}: InputProps<FieldOf<"list">> & { readonly Input: AnyInput }) {
  const { t, tell } = useAdminText();
  const items = itemsOf(draft);
  const name = label ?? t("field.items");
  const fault = faultAt(faults, path);
  const isFull = field.maxItems !== null && items.length >= field.maxItems;
  return (
    <fieldset className="form-group">
      <legend className="field-label">
        {name} <span className="figure">({items.length})</span>
      </legend>
      <ol className="form-items">
        {items.map((item, index) => {
          const itemName = `${name} ${index + 1}`;
          return (
            // Items have no identity but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index}>
              <Input
                field={field.item}
                draft={item}
                path={pathAt(path, index)}
                faults={faults}
                onChange={(next) => onChange(items.with(index, next))}
                label={itemName}
              />
              <button
                type="button"
                className="button is-quiet is-small"
                aria-label={t("field.takeOut", { name: itemName })}
                onClick={() => onChange(items.toSpliced(index, 1))}
              >
                ×
              </button>
            </li>
          );
        })}
      </ol>
      {fault !== null && <p className="form-note is-bad">{tell(fault)}</p>}
      <button
        type="button"
        className="button is-small"
        disabled={isFull}
        onClick={() => onChange([...items, emptyDraft(field.item)])}
      >
        {t("field.addTo", { name })}
      </button>
    </fieldset>
  );
}
