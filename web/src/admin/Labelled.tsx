import { useId } from "react";
import type { ReactNode } from "react";
import type { Saying } from "./texts/AdminText.ts";
import { useAdminText } from "./texts/useAdminText.ts";

/** What ties a control to its label and its note. */
export interface ControlProps {
  readonly id: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string;
}

/** One row of a form: a label, a control, what to know about it or what is wrong with it. */
export function Labelled({
  label,
  isLabelSeen = true,
  note,
  fault,
  children,
}: {
  readonly label: string;
  readonly isLabelSeen?: boolean;
  readonly note: string | null;
  /** In words already, as the server says it, or to be said. */
  readonly fault: Saying | string | null;
  readonly children: (control: ControlProps) => ReactNode;
}) {
  const { tell } = useAdminText();
  const id = useId();
  return (
    <div className="form-field">
      <label className={isLabelSeen ? "field-label" : "unseen"} htmlFor={id}>
        {label}
      </label>
      {children({ id, "aria-invalid": fault !== null, "aria-describedby": `${id}-note` })}
      <p id={`${id}-note`} className={fault === null ? "form-note muted" : "form-note is-bad"}>
        {fault === null ? (note ?? "") : typeof fault === "string" ? fault : tell(fault)}
      </p>
    </div>
  );
}
