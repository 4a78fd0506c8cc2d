import type { ReactNode } from "react";
import type { Saying } from "../../texts/AdminText.ts";
import type { Draft, Fault } from "../draft.ts";
import type { Field } from "../field.ts";

/** A field of one type. */
export type FieldOf<Type extends Field["type"]> = Field & { readonly type: Type };

/** What every input of a form is given, whatever its field. */
export interface InputProps<F extends Field = Field> {
  readonly field: F;
  readonly draft: Draft;
  /** As in `items.0.payoutMinor`. */
  readonly path: string;
  readonly faults: readonly Fault[];
  readonly onChange: (draft: Draft) => void;
  /** Stands over it; what is without one has it elsewhere. */
  readonly label?: string;
}

/** An input of any field, for fields that hold others: it is given to them, for files do not import each other in circles. */
export type AnyInput = (props: InputProps) => ReactNode;

export function faultAt(faults: readonly Fault[], path: string): Saying | null {
  return faults.find((fault) => fault.path === path)?.message ?? null;
}

/** The path of a part. */
export function pathAt(path: string, part: string | number): string {
  return path === "" ? String(part) : `${path}.${part}`;
}
