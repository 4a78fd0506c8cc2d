import { ChoiceInput } from "./inputs/ChoiceInput.tsx";
import { FlagInput } from "./inputs/FlagInput.tsx";
import { GroupInput } from "./inputs/GroupInput.tsx";
import type { InputProps } from "./inputs/InputProps.ts";
import { ListInput } from "./inputs/ListInput.tsx";
import { TypedInput } from "./inputs/TypedInput.tsx";
import { VariantsInput } from "./inputs/VariantsInput.tsx";

/** A field of a form, and the fields in it. */
export function FieldInput({ field, ...props }: InputProps) {
  switch (field.type) {
    case "text":
    case "number":
    case "json":
      return <TypedInput field={field} {...props} />;
    case "flag":
      return <FlagInput field={field} {...props} />;
    case "choice":
      return <ChoiceInput field={field} {...props} />;
    case "constant":
      return props.label === undefined ? null : (
        <p className="form-field">
          <span className="field-label">{props.label}</span>
          <span className="mono">{JSON.stringify(field.value)}</span>
        </p>
      );
    case "group":
      return <GroupInput field={field} {...props} Input={FieldInput} />;
    case "list":
      return <ListInput field={field} {...props} Input={FieldInput} />;
    case "variants":
      return <VariantsInput field={field} {...props} Input={FieldInput} />;
  }
}
