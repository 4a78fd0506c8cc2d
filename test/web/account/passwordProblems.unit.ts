import { expect, test } from "vitest";
import { passwordProblemKey } from "../../../web/src/account/passwordProblems.ts";

test("what was refused is told from what nobody knows, and a newer server's codes have words, too", () => {
  expect(passwordProblemKey("bad_credentials")).toBe("badCredentials");
  expect(passwordProblemKey("unavailable")).toBe("unavailable");
  for (const code of ["offline", "unexpected"]) expect(passwordProblemKey(code)).toBe("noAnswer");
  expect(passwordProblemKey("of_a_newer_server")).toBe("other");
});
