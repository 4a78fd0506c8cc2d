import { expect, test } from "vitest";
import { openApiDocument } from "../../rpc/http/openapi.ts";
import { CroupierApi } from "../../rpc/http/api.ts";
import { compile } from "../../src/gateway/Routes.ts";

const document = openApiDocument();

test("describes every route", () => {
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  const served = compile(CroupierApi).map(
    ({ method, path }) =>
      `${method === "del" ? "delete" : method} ${path.replace(/:(\w+)/g, "{$1}")}`,
  );
  expect(described.toSorted()).toEqual(served.toSorted());
});

test("failures are problems, each once, and none of the framework's own", () => {
  for (const operations of Object.values(document.paths))
    for (const operation of Object.values(operations))
      for (const [status, response] of Object.entries(operation.responses)) {
        if (Number(status) < 400) continue;
        expect(Object.keys(response.content ?? {})).toEqual(["application/problem+json"]);
      }
  const text = JSON.stringify(document);
  expect(text).not.toContain("HttpApiDecodeError");
  for (const [, name] of text.matchAll(/#\/components\/schemas\/([\w.]+)/g))
    expect(Object.keys(document.components.schemas)).toContain(name);
});

test("shows a problem as it is sent", () => {
  expect(document.components.schemas["StakeBelowMin"]).toMatchObject({
    required: ["type", "title", "status", "code", "detail", "min_stake"],
    properties: { code: { enum: ["stake_below_min"] }, status: { enum: [422] } },
  });
});

test("does not forbid the unknown fields that the server ignores", () => {
  expect(JSON.stringify(document.paths["/bets"]?.post?.requestBody)).not.toContain(
    '"additionalProperties":false',
  );
});
