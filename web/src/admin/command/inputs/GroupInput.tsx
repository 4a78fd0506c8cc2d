import { useAdminText } from "../../texts/useAdminText.ts";
import { emptyDraft, memberOf, withMember } from "../draft.ts";
import type { Draft, Fault } from "../draft.ts";
import type { Member } from "../field.ts";
import { pathAt } from "./InputProps.ts";
import type { AnyInput, FieldOf, InputProps } from "./InputProps.ts";

/** Fields by name. */
export function GroupInput({
  field,
  draft,
  path,
  faults,
  onChange,
  label,
  Input,
}: InputProps<FieldOf<"group">> & { readonly Input: AnyInput }) {
  const members = field.members.map((member) => (
    <MemberInput
      key={member.name}
      member={member}
      draft={memberOf(draft, member.name)}
      path={pathAt(path, member.name)}
      faults={faults}
      onChange={(next) => onChange(withMember(draft, member.name, next))}
      Input={Input}
    />
  ));
  if (label === undefined) return <div className="form-members">{members}</div>;
  return (
    <fieldset className="form-group">
      <legend className="field-label">{label}</legend>
      <div className="form-members">{members}</div>
    </fieldset>
  );
}

/** One that may be left out has a box to tick. */
function MemberInput({
  member: { name, isRequired, field },
  draft,
  path,
  faults,
  onChange,
  Input,
}: {
  readonly member: Member;
  readonly draft: Draft | undefined;
  readonly path: string;
  readonly faults: readonly Fault[];
  readonly onChange: (draft: Draft | undefined) => void;
  readonly Input: AnyInput;
}) {
  const { t } = useAdminText();
  const input = (
    <Input
      field={field}
      draft={draft ?? emptyDraft(field)}
      path={path}
      faults={faults}
      onChange={onChange}
      label={name}
    />
  );
  if (isRequired) return input;
  return (
    <div className="form-optional">
      <label className="form-flag">
        <input
          type="checkbox"
          checked={draft !== undefined}
          onChange={(event) => onChange(event.target.checked ? emptyDraft(field) : undefined)}
        />{" "}
        {t("field.give")} <strong>{name}</strong>{" "}
        <span className="muted">{t("field.optional")}</span>
      </label>
      {draft !== undefined && input}
    </div>
  );
}
