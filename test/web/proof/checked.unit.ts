import { expect, test } from "vitest";
import { checked } from "../../../web/src/proof/checked.ts";

const isShort = (body: string): body is "short" => body === "short";

test("an answer of the right kind, and a failure, pass as they are", () => {
  const right = { ok: true, status: 200, body: "short" } as const;
  expect(checked(right, isShort)).toEqual(right);
  const problem = { type: "", title: "", status: 0, code: "offline", detail: "" } as const;
  expect(checked({ ok: false, problem }, isShort)).toEqual({ ok: false, problem });
});

test("what the house answers in another shape is no answer", () => {
  const other = checked({ ok: true, status: 200, body: "much longer" }, isShort);
  expect(other).toMatchObject({ ok: false, problem: { status: 200, code: "unexpected" } });
});
