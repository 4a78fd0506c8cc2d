import { expect, test } from "vitest";
import { openApiDocument } from "../../rpc/http/openapi.ts";
import { CroupierApi } from "../../rpc/http/api.ts";
import { IMPORT_ROUTE } from "../../src/gateway/ImportRoute.ts";
import { compile } from "../../src/gateway/Routes.ts";

const document = openApiDocument();

test("describes every route, and the import that is served beside them", () => {
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  const served = [...compile(CroupierApi), IMPORT_ROUTE].map(
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

test("shows every body field by field, and leaves only an entity's own JSON open", () => {
  const open: Array<string> = [];
  const look = (schema: unknown, path: string): void => {
    if (typeof schema !== "object" || schema === null) return;
    if (Object.keys(schema).length === 0) open.push(path);
    for (const [name, part] of Object.entries(schema))
      if (["properties", "items", "anyOf", "additionalProperties"].includes(name)) {
        const parts = name === "items" || name === "additionalProperties" ? { [name]: part } : part;
        for (const [key, one] of Object.entries(parts as object)) look(one, `${path}.${key}`);
      }
  };
  for (const [path, operations] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(operations))
      for (const [status, response] of Object.entries(operation.responses))
        for (const media of Object.values(response.content ?? {}))
          if (Number(status) < 400) look(media?.schema, `${method} ${path}`);
  expect(open.filter((path) => !/\/admin\/(entities|kinds|acts)/.test(path))).toEqual([]);
});

test.each([
  ["/races/{race_id}", ["race_id", "status", "runners", "payouts", "server_seed"]],
  ["/races/{race_id}/replay", ["seed", "powers", "finish_ticks", "frames"]],
  ["/races/{race_id}/verify", ["commitment", "server_seed", "bets", "payouts"]],
  ["/analytics/runners/{name}", ["totals", "starts", "next_before"]],
  ["/analytics/races", ["races", "next_before"]],
  ["/admin/players/{player_id}", ["account", "wallet", "bets", "statement"]],
  ["/admin/acts", ["acts", "next_before"]],
] as const)("shows what GET %s answers", (path, fields) => {
  const media = document.paths[path]?.get?.responses["200"]?.content?.["application/json"];
  const schema = media?.schema as { readonly properties: object } | undefined;
  expect(Object.keys(schema?.properties ?? {})).toEqual(expect.arrayContaining([...fields]));
});
