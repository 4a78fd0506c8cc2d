/**
 * Text that can be kept. U+0000 and half of a surrogate pair may be written in JSON as escapes, and U+0000 in an address; no text that
 * PostgreSQL stores may have them. It would be refused there, where nothing tells the caller's fault from the house's,
 * so it is refused where it enters, whatever field it stands in.
 */
import type { FieldProblem } from "../../rpc/http/failure.ts";

const UNKEEPABLE = /[\0\p{Surrogate}]/u;

/** As many as are told: what is sent may be all faults, each with a path as long as the body. */
const MAX_PROBLEMS = 10;

const MESSAGE = "has U+0000 or half of a surrogate pair, which no text here may have";

/** JSON without an escape like `\u0000` has no such character: then there is nothing to look through. */
export const mayBeUnkeepable = (json: string): boolean => json.includes("\\u");

/** The texts in a value out of JSON that cannot be kept, and the names that cannot, by their path. */
export const unkeepable = (value: unknown): ReadonlyArray<FieldProblem> => {
  const problems: Array<FieldProblem> = [];
  // A list and no recursion: JSON nests deeper than the stack is.
  const left: Array<readonly [path: string, value: unknown]> = [["", value]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (problems.length === MAX_PROBLEMS) break;
    const [path, found] = next;
    if (typeof found === "string") {
      if (UNKEEPABLE.test(found)) problems.push({ path, message: MESSAGE });
    } else if (typeof found === "object" && found !== null)
      for (const [name, inner] of Object.entries(found)) {
        if (UNKEEPABLE.test(name)) problems.push({ path, message: MESSAGE });
        else left.push([path === "" ? name : `${path}.${name}`, inner]);
      }
  }
  return problems;
};
