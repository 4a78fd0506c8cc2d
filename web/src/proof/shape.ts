/**
 * Whether data from outside have the shape that is expected, and if not, where they differ first: who pastes data of
 * their own wants to know what is wrong with them.
 */
import { isRecord } from "../http/request.ts";

/** The path of the first part that is not as expected (`bets.3.stake`, `""` for the whole); null when all is. */
export type Shape = (value: unknown) => string | null;

const as =
  (holds: (value: unknown) => boolean): Shape =>
  (value) =>
    holds(value) ? null : "";

export const text = as((value) => typeof value === "string");
export const integer = as(Number.isSafeInteger);
export const whole = as((value) => Number.isSafeInteger(value) && Number(value) >= 0);

export const within = (least: number, most: number): Shape =>
  as((value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most);

export const oneOf = (words: readonly string[]): Shape =>
  as((value) => typeof value === "string" && words.includes(value));

export const listOf =
  (shape: Shape, mostItems = Infinity): Shape =>
  (value) => {
    if (!Array.isArray(value) || value.length > mostItems) return "";
    for (const [index, item] of value.entries()) {
      const fault = shape(item);
      if (fault !== null) return join(String(index), fault);
    }
    return null;
  };

/** A record with these fields; others do not matter. */
export const fields =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value) => {
    if (!isRecord(value)) return "";
    for (const [name, shape] of Object.entries(shapes)) {
      const fault = shape(value[name]);
      if (fault !== null) return join(name, fault);
    }
    return null;
  };

const join = (name: string, rest: string) => (rest === "" ? name : `${name}.${rest}`);

/** Lower-case hexadecimal text of so many bytes. */
export const hexOf = (bytes: number): Shape =>
  as((value) => typeof value === "string" && new RegExp(`^[0-9a-f]{${2 * bytes}}$`).test(value));

/** An ISO-8601 moment. */
export const moment = as((value) => typeof value === "string" && !Number.isNaN(Date.parse(value)));

export const orNull =
  (shape: Shape): Shape =>
  (value) =>
    value === null ? null : shape(value);
