import "./StateTree.css";
import { formatMoney } from "../../wallet/money.ts";
import { formatDateTime } from "../figures.ts";
import type { Part } from "./compare.ts";
import type { Json } from "./json.ts";

/** A part with more than this is shut at first, unless something in it has changed. */
const MAX_OPEN_PARTS = 12;
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
  return <Parts part={root} isOnlyChanges={isOnlyChanges} label={label} />;
}

function Parts({
  part,
  isOnlyChanges,
  label,
}: {
  readonly part: Part;
  readonly isOnlyChanges: boolean;
  readonly label?: string;
}) {
  const parts = isOnlyChanges ? part.parts.filter(({ change }) => change !== "same") : part.parts;
  return (
    <ul className="tree" aria-label={label}>
      {parts.map((child) => (
        <li key={child.path} data-path={child.path} data-change={child.change}>
          {child.shape === "leaf" || child.parts.length === 0 ? (
            <p className="tree-line">
              <Name part={child} />
              <Value part={child} />
            </p>
          ) : (
            // Opens by itself when something in it changes, and stays as it was left otherwise.
            <details key={String(isOpenFirst(child))} open={isOpenFirst(child)}>
              <summary className="tree-line">
                <Name part={child} />
                <span className="tree-size">{sizeOf(child)}</span>
                {child.was !== undefined && <Was value={child.was} />}
              </summary>
              <Parts part={child} isOnlyChanges={isOnlyChanges} />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

function isOpenFirst({ change, parts }: Part): boolean {
  return change !== "same" || parts.length <= MAX_OPEN_PARTS;
}

const MARKS = { same: "", added: "added", removed: "removed", changed: "changed" } as const;

function Name({ part }: { readonly part: Part }) {
  return (
    <>
      <span className="tree-name">{part.name}</span>
      {part.change !== "same" && <span className="unseen">({MARKS[part.change]})</span>}
    </>
  );
}

function Value({ part }: { readonly part: Part }) {
  const { value, was, name } = part;
  const hint = hintOf(name, value);
  return (
    <span className="tree-value">
      {was !== undefined && <Was value={was} />}
      <span className="mono" data-type={typeOf(value)}>
        {part.shape === "leaf" ? JSON.stringify(value) : emptyText(part)}
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

function sizeOf({ shape, parts }: Part): string {
  const unit = { object: "field", list: "item", map: "entry", leaf: "" }[shape];
  const plural = shape === "map" ? "entries" : `${unit}s`;
  return `${parts.length} ${parts.length === 1 ? unit : plural}`;
}

function emptyText({ shape }: Part): string {
  return shape === "object" ? "{}" : "[]";
}

function typeOf(value: Json): string {
  return value === null ? "null" : typeof value;
}

/** Epoch milliseconds between 2001 and 2286: thirteen digits. */
const MOMENT = /^1\d{12}$|^[2-9]\d{12}$/;

/** What a number means, where its name says what it is: money in major units, a moment as a date. */
function hintOf(name: string, value: Json): string | null {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) return null;
  if (name.endsWith("Minor")) return formatMoney(value);
  return MOMENT.test(String(value)) ? formatDateTime(value) : null;
}
