import { useId } from "react";
import type { ReactNode } from "react";
import { formatMoney } from "../../wallet/money.ts";
import {
  chosenOf,
  emptyDraft,
  itemsOf,
  memberOf,
  textOf,
  variantDraft,
  withMember,
} from "./draft.ts";
import type { Draft, Fault } from "./draft.ts";
import type { Field, Member } from "./field.ts";

interface InputProps<F extends Field = Field> {
  readonly field: F;
  readonly draft: Draft;
  /** As in `items.0.payoutMinor`. */
  readonly path: string;
  readonly faults: readonly Fault[];
  readonly onChange: (draft: Draft) => void;
  /** Stands over it; what is without one has it elsewhere. */
  readonly label?: string;
}

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
        <p className="field">
          <span className="field-label">{props.label}</span>
          <span className="mono">{JSON.stringify(field.value)}</span>
        </p>
      );
    case "group":
      return <GroupInput field={field} {...props} />;
    case "list":
      return <ListInput field={field} {...props} />;
    case "variants":
      return <VariantsInput field={field} {...props} />;
  }
}

function faultAt(faults: readonly Fault[], path: string): string | null {
  return faults.find((fault) => fault.path === path)?.message ?? null;
}

/** A label, a control, what to know about it and what is wrong with it. */
function Labelled({
  id,
  label,
  note,
  fault,
  children,
}: {
  readonly id: string;
  readonly label: string | undefined;
  readonly note: string | null;
  readonly fault: string | null;
  readonly children: ReactNode;
}) {
  return (
    <div className="field">
      <label className={label === undefined ? "unseen" : "field-label"} htmlFor={id}>
        {label ?? "Value"}
      </label>
      {children}
      <p id={`${id}-note`} className={fault === null ? "field-note muted" : "field-note is-bad"}>
        {fault ?? note ?? ""}
      </p>
    </div>
  );
}

function TypedInput({
  field,
  draft,
  path,
  faults,
  onChange,
  label,
}: InputProps<Extract<Field, { readonly type: "text" | "number" | "json" }>>) {
  const id = useId();
  const fault = faultAt(faults, path);
  const typed = textOf(draft);
  const common = {
    id,
    value: typed,
    "aria-invalid": fault !== null,
    "aria-describedby": `${id}-note`,
    autoComplete: "off",
    spellCheck: false,
  } as const;
  const note = field.type === "number" ? numberNote(field, typed) : field.note;
  return (
    <Labelled id={id} label={label} note={note} fault={fault}>
      {field.type === "json" ? (
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
      )}
    </Labelled>
  );
}

/** The bounds, or of money what is typed in major units. */
function numberNote(field: Field & { readonly type: "number" }, typed: string): string | null {
  if (field.isMoney) {
    const isExact = /^\d+$/.test(typed.trim()) && Number.isSafeInteger(Number(typed));
    return isExact ? `= ${formatMoney(Number(typed))}` : "in minor units: 250 is 2.50";
  }
  if (field.minimum !== null && field.maximum !== null) {
    const least = field.isAboveMinimum ? `more than ${field.minimum}` : String(field.minimum);
    return `${least} to ${field.maximum}`;
  }
  return field.note;
}

function FlagInput({
  draft,
  onChange,
  label,
  field,
}: InputProps<Field & { readonly type: "flag" }>) {
  return (
    <label className="field field-flag">
      <input
        type="checkbox"
        checked={draft === true}
        onChange={(event) => onChange(event.target.checked)}
      />{" "}
      {label ?? "yes"} {field.note !== null && <span className="muted">{field.note}</span>}
    </label>
  );
}

function ChoiceInput({
  field,
  draft,
  path,
  faults,
  onChange,
  label,
}: InputProps<Field & { readonly type: "choice" }>) {
  const id = useId();
  const fault = faultAt(faults, path);
  return (
    <Labelled id={id} label={label} note={field.note} fault={fault}>
      <select
        id={id}
        className="input"
        value={textOf(draft)}
        aria-invalid={fault !== null}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">Choose…</option>
        {field.options.map((option, index) => (
          <option key={JSON.stringify(option)} value={String(index)}>
            {typeof option === "string" ? option : JSON.stringify(option)}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

function GroupInput({
  field,
  draft,
  path,
  faults,
  onChange,
  label,
}: InputProps<Field & { readonly type: "group" }>) {
  const members = field.members.map((member) => (
    <MemberInput
      key={member.name}
      member={member}
      draft={memberOf(draft, member.name)}
      path={path === "" ? member.name : `${path}.${member.name}`}
      faults={faults}
      onChange={(next) => onChange(withMember(draft, member.name, next))}
    />
  ));
  if (label === undefined) return <div className="field-members">{members}</div>;
  return (
    <fieldset className="field-group">
      <legend className="field-label">{label}</legend>
      <div className="field-members">{members}</div>
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
}: {
  readonly member: Member;
  readonly draft: Draft | undefined;
  readonly path: string;
  readonly faults: readonly Fault[];
  readonly onChange: (draft: Draft | undefined) => void;
}) {
  const input = (
    <FieldInput
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
    <div className="field-optional">
      <label className="field-flag">
        <input
          type="checkbox"
          checked={draft !== undefined}
          onChange={(event) => onChange(event.target.checked ? emptyDraft(field) : undefined)}
        />{" "}
        give <strong>{name}</strong> <span className="muted">(optional)</span>
      </label>
      {draft !== undefined && input}
    </div>
  );
}

function ListInput({
  field,
  draft,
  path,
  faults,
  onChange,
  label,
}: InputProps<Field & { readonly type: "list" }>) {
  const items = itemsOf(draft);
  const name = label ?? "items";
  const fault = faultAt(faults, path);
  const isFull = field.maxItems !== null && items.length >= field.maxItems;
  return (
    <fieldset className="field-group">
      <legend className="field-label">
        {name} <span className="figure">({items.length})</span>
      </legend>
      <ol className="field-items">
        {items.map((item, index) => (
          // Items have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>
            <FieldInput
              field={field.item}
              draft={item}
              path={path === "" ? String(index) : `${path}.${index}`}
              faults={faults}
              onChange={(next) => onChange(items.with(index, next))}
              label={`${name} ${index + 1}`}
            />
            <button
              type="button"
              className="button is-quiet is-small"
              aria-label={`Take out ${name} ${index + 1}`}
              onClick={() => onChange(items.toSpliced(index, 1))}
            >
              ×
            </button>
          </li>
        ))}
      </ol>
      {fault !== null && <p className="field-note is-bad">{fault}</p>}
      <button
        type="button"
        className="button is-small"
        disabled={isFull}
        onClick={() => onChange([...items, emptyDraft(field.item)])}
      >
        Add to {name}
      </button>
    </fieldset>
  );
}

function VariantsInput({
  field,
  draft,
  path,
  faults,
  onChange,
  label,
}: InputProps<Field & { readonly type: "variants" }>) {
  const id = useId();
  const chosen = chosenOf(draft);
  const variant = field.variants[chosen];
  return (
    <fieldset className="field-group">
      <legend className="field-label">{label ?? "Value"}</legend>
      <label className="unseen" htmlFor={id}>
        Which kind of {label ?? "value"}
      </label>
      <select
        id={id}
        className="input"
        value={chosen}
        onChange={(event) => onChange(variantDraft(field.variants, Number(event.target.value)))}
      >
        {field.variants.map((each, index) => (
          <option key={each.label} value={index}>
            {each.label}
          </option>
        ))}
      </select>
      {variant !== undefined && (
        <FieldInput
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
