/**
 * What someone has typed into a form, as typed, and the value it stands for. A draft is JSON of the field's outline, so it can be
 * kept: text for what is typed, the position for what is chosen, a record for what has members. A member that is
 * left out has no entry.
 */
import type { Json } from "../entity/json.ts";
import { saying } from "../texts/AdminText.ts";
import type { Saying } from "../texts/AdminText.ts";
import type { Field, Variant } from "./field.ts";

export type Draft = string | boolean | readonly Draft[] | { readonly [member: string]: Draft };

/** One thing to put right. `path` as in `items.0.payoutMinor`; empty for the whole. */
export interface Fault {
  readonly path: string;
  readonly message: Saying;
}

export type Reading =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export function emptyDraft(field: Field): Draft {
  switch (field.type) {
    case "flag":
      return false;
    case "list":
      return Array.from({ length: field.minItems }, () => emptyDraft(field.item));
    case "group":
      return Object.fromEntries(
        field.members
          .filter(({ isRequired }) => isRequired)
          .map((member) => [member.name, emptyDraft(member.field)]),
      );
    case "variants":
      return variantDraft(field.variants, 0);
    case "choice":
    case "constant":
    case "json":
    case "number":
    case "text":
      return "";
  }
}

export function variantDraft(variants: readonly Variant[], chosen: number): Draft {
  const variant = variants[chosen];
  return {
    chosen: String(chosen),
    draft: variant === undefined ? "" : emptyDraft(variant.field),
  };
}

/** A draft's part; the empty draft where there is none. */
export function memberOf(draft: Draft | undefined, name: string): Draft | undefined {
  if (typeof draft !== "object" || Array.isArray(draft)) return undefined;
  const members = draft as { readonly [member: string]: Draft };
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

export function withMember(draft: Draft, name: string, member: Draft | undefined): Draft {
  const members = typeof draft === "object" && !Array.isArray(draft) ? draft : {};
  const { [name]: _, ...others } = members as { readonly [member: string]: Draft };
  return member === undefined ? others : { ...others, [name]: member };
}

export function itemsOf(draft: Draft): readonly Draft[] {
  return Array.isArray(draft) ? (draft as readonly Draft[]) : [];
}

export function textOf(draft: Draft | undefined): string {
  return typeof draft === "string" ? draft : "";
}

export function chosenOf(draft: Draft): number {
  return Number(textOf(memberOf(draft, "chosen")) || "0");
}

/** The value, or everything that is wrong. */
export function readDraft(field: Field, draft: Draft, path = ""): Reading {
  const fault = (message: Saying): Reading => ({ ok: false, faults: [{ path, message }] });
  const at = (name: string | number) => (path === "" ? String(name) : `${path}.${name}`);
  switch (field.type) {
    case "constant":
      return { ok: true, value: field.value };
    case "flag":
      return { ok: true, value: draft === true };
    case "choice": {
      const option = field.options[Number(textOf(draft) || "-1")];
      return option === undefined ? fault(saying("fault.chooseOne")) : { ok: true, value: option };
    }
    case "text": {
      const value = textOf(draft);
      const problem = textProblem(field, value);
      return problem === null ? { ok: true, value } : fault(problem);
    }
    case "number": {
      const typed = textOf(draft).trim();
      const problem = numberProblem(field, typed);
      return problem === null ? { ok: true, value: Number(typed) } : fault(problem);
    }
    case "json":
      return readJson(textOf(draft), fault);
    case "variants": {
      const variant = field.variants[chosenOf(draft)];
      if (variant === undefined) return fault(saying("fault.chooseOne"));
      return readDraft(variant.field, memberOf(draft, "draft") ?? "", path);
    }
    case "list": {
      const items = itemsOf(draft);
      if (items.length < field.minItems)
        return fault(saying("fault.atLeast", { least: field.minItems }));
      if (field.maxItems !== null && items.length > field.maxItems) {
        return fault(saying("fault.atMost", { most: field.maxItems }));
      }
      return together(
        items.map((item, index) => readDraft(field.item, item, at(index))),
        (values) => values,
      );
    }
    case "group": {
      const present = field.members.flatMap(({ name, isRequired, field: own }) => {
        const member = memberOf(draft, name) ?? (isRequired ? emptyDraft(own) : undefined);
        return member === undefined ? [] : [{ name, reading: readDraft(own, member, at(name)) }];
      });
      return together(
        present.map(({ reading }) => reading),
        (values) =>
          Object.fromEntries(present.map(({ name }, index) => [name, values[index] ?? null])),
      );
    }
  }
}

function together(
  readings: readonly Reading[],
  compose: (values: readonly Json[]) => Json,
): Reading {
  const faults = readings.flatMap((reading) => (reading.ok ? [] : reading.faults));
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, value: compose(readings.flatMap((each) => (each.ok ? [each.value] : []))) };
}

function readJson(typed: string, fault: (message: Saying) => Reading): Reading {
  try {
    return { ok: true, value: JSON.parse(typed) as Json };
  } catch {
    return fault(saying("fault.notJson"));
  }
}

function textProblem(field: Field & { readonly type: "text" }, value: string): Saying | null {
  if (value === "" && field.minLength > 0) return saying("fault.required");
  if (value.length < field.minLength) return saying("fault.tooShort", { least: field.minLength });
  if (field.maxLength !== null && value.length > field.maxLength) {
    return saying("fault.tooLong", { most: field.maxLength });
  }
  if (field.pattern !== null && !new RegExp(field.pattern, "u").test(value)) {
    return saying("fault.pattern", { pattern: field.pattern });
  }
  return null;
}

function numberProblem(field: Field & { readonly type: "number" }, typed: string): Saying | null {
  if (typed === "") return saying("fault.required");
  const value = Number(typed);
  if (!Number.isFinite(value)) return saying("fault.number");
  if (field.isInteger && !/^-?\d+$/.test(typed)) return saying("fault.whole");
  if (field.isInteger && !Number.isSafeInteger(value)) return saying("fault.inexact");
  const { minimum, maximum, isAboveMinimum } = field;
  if (minimum !== null && (isAboveMinimum ? value <= minimum : value < minimum)) {
    return isAboveMinimum
      ? saying("fault.aboveLeast", { least: minimum })
      : saying("fault.atLeast", { least: minimum });
  }
  if (maximum !== null && value > maximum) return saying("fault.atMost", { most: maximum });
  return null;
}
