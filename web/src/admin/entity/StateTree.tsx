import "./StateTree.css";
import type { Formats } from "../../i18n/formats.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import type { Say } from "../texts/AdminText.ts";
import type { Part } from "./compare.ts";
import type { Json } from "./json.ts";

/** A list that is shorter stands on one line. */
const MAX_INLINE_LENGTH = 72;
/** As much of what is shut as may fit its line. */
const MAX_PREVIEW_LENGTH = 160;
/** Text beyond is cut in what was; what is now is shown whole. */
const MAX_WAS_LENGTH = 60;

/** Outermost to innermost, each part with its mark. */
export function StateTree({
  root,
  isOnlyChanges = false,
  label,
}: {
  readonly root: Part;
  readonly isOnlyChanges?: boolean;
  readonly label: string;
}) {
  if (root.shape === "leaf") {
    return (
      <p className="tree">
        <Value part={root} />
      </p>
    );
  }
  return <Parts part={root} depth={0} isOnlyChanges={isOnlyChanges} label={label} />;
}

function Parts({
  part,
  depth,
  isOnlyChanges,
  label,
}: {
  readonly part: Part;
  readonly depth: number;
  readonly isOnlyChanges: boolean;
  readonly label?: string;
}) {
  const { t } = useAdminText();
  const parts = isOnlyChanges ? part.parts.filter(({ change }) => change !== "same") : part.parts;
  return (
    <ul className="tree" aria-label={label}>
      {parts.map((child) => (
        <li key={child.path} data-path={child.path} data-change={child.change}>
          {isInline(child) ? (
            <p className="tree-line">
              <Name part={child} />
              <Value part={child} />
            </p>
          ) : (
            // Opens by itself when something in it changes, and stays as it was left otherwise.
            <details key={String(isOpenFirst(child, depth))} open={isOpenFirst(child, depth)}>
              <summary className="tree-line">
                <Name part={child} />
                <span className="tree-size">{sizeOf(child, t)}</span>
                {child.was !== undefined && <Was value={child.was} />}
                <span className="tree-preview mono" aria-hidden="true">
                  {JSON.stringify(child.value).slice(0, MAX_PREVIEW_LENGTH)}
                </span>
              </summary>
              <Parts part={child} depth={depth + 1} isOnlyChanges={isOnlyChanges} />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The outermost parts, and wherever something has changed. */
function isOpenFirst({ change }: Part, depth: number): boolean {
  return change !== "same" || depth === 0;
}

function isInline({ shape, change, value, parts }: Part): boolean {
  if (shape === "leaf" || parts.length === 0) return true;
  if (shape !== "list" || change === "changed") return false;
  return JSON.stringify(value).length <= MAX_INLINE_LENGTH;
}

function Name({ part }: { readonly part: Part }) {
  const { t } = useAdminText();
  const { change } = part;
  return (
    <>
      <span className="tree-name">{part.name}</span>
      {change !== "same" && <span className="unseen">{t(`tree.${change}`)}</span>}
    </>
  );
}

function Value({ part }: { readonly part: Part }) {
  const { value, was, name } = part;
  const hint = hintOf(name, value, useFormat());
  return (
    <span className="tree-value">
      {was !== undefined && <Was value={was} />}
      <span className="mono" data-type={typeOf(value)}>
        {JSON.stringify(value)}
      </span>
      {hint !== null && <span className="tree-hint">{hint}</span>}
    </span>
  );
}

function Was({ value }: { readonly value: Json }) {
  const text = JSON.stringify(value);
  return (
    <>
      <del className="mono" title={text}>
        {text.length > MAX_WAS_LENGTH ? `${text.slice(0, MAX_WAS_LENGTH)}…` : text}
      </del>
      <span className="tree-arrow" aria-hidden="true">
        →
      </span>
    </>
  );
}

function sizeOf({ shape, parts }: Part, t: Say): string {
  const unit = shape === "object" ? "fields" : shape === "map" ? "entries" : "items";
  return t(`tree.${unit}`, { count: parts.length });
}

function typeOf(value: Json): string {
  return value === null ? "null" : typeof value;
}

/** Epoch milliseconds between 2001 and 2286: thirteen digits. */
const MOMENT = /^1\d{12}$|^[2-9]\d{12}$/;

/** What a number means, where its name says what it is: money in major units, a moment as a date. */
function hintOf(name: string, value: Json, format: Formats): string | null {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) return null;
  if (name.endsWith("Minor")) return format.money(value);
  return MOMENT.test(String(value)) ? format.dateTime(value) : null;
}
