import { JSONSchema } from "effect";
import type { Schema } from "effect";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Wallet } from "../../../rpc/wallet.ts";
import {
  emptyDraft,
  memberOf,
  readDraft,
  variantDraft,
  withMember,
} from "../../../web/src/admin/command/draft.ts";
import type { Draft } from "../../../web/src/admin/command/draft.ts";
import { fieldOf } from "../../../web/src/admin/command/field.ts";
import type { Field } from "../../../web/src/admin/command/field.ts";
import type { Json } from "../../../web/src/admin/entity/json.ts";

const money = {
  type: "integer",
  description: "Money in minor units, at least 1",
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  exclusiveMinimum: 0,
};
const bet = {
  type: "object",
  required: ["market", "selection", "stake"],
  properties: {
    market: { type: "string", enum: ["win", "place"] },
    selection: {
      type: "array",
      minItems: 1,
      maxItems: 2,
      items: { type: "integer", minimum: 1, maximum: 8 },
    },
    stake: money,
    raceId: { type: "string", minLength: 1, pattern: "^[!-~]+$" },
  },
};
const betField = fieldOf(bet);
const given = (members: Readonly<Record<string, Draft>>) => ({
  market: "0",
  selection: ["3"],
  stake: "250",
  ...members,
});
const faultsOf = (field: Field, draft: Draft) => {
  const reading = readDraft(field, draft);
  return reading.ok
    ? {}
    : Object.fromEntries(
        reading.faults.map((f) => [
          f.path,
          [f.message.key, ...Object.values(f.message.values)].join(" "),
        ]),
      );
};

test("a filled form is the payload", () => {
  expect(readDraft(betField, given({}))).toEqual({
    ok: true,
    value: { market: "win", selection: [3], stake: 250 },
  });
});

test("an optional member is left out until it is given", () => {
  const draft = emptyDraft(betField);
  expect(memberOf(draft, "raceId")).toBeUndefined();
  expect(readDraft(betField, given({ raceId: "race-1" }))).toMatchObject({
    value: { raceId: "race-1" },
  });
  expect(withMember(given({ raceId: "race-1" }), "raceId", undefined)).toEqual(given({}));
});

test("everything that is wrong is said at once, each at its place", () => {
  const draft = given({ market: "", selection: ["3", "9"], stake: "0", raceId: "a b" });
  expect(faultsOf(betField, draft)).toEqual({
    market: "fault.chooseOne",
    "selection.1": "fault.atMost 8",
    stake: "fault.aboveLeast 0",
    raceId: "fault.pattern ^[!-~]+$",
  });
});

test.each([
  ["", "fault.required"],
  ["2.5", "fault.whole"],
  ["ten", "fault.number"],
  ["1e3", "fault.whole"],
  ["9007199254740993", "fault.inexact"],
  ["-1", "fault.aboveLeast 0"],
])("an amount of %j is refused: %s", (typed, message) => {
  expect(faultsOf(betField, given({ stake: typed }))).toEqual({ stake: message });
});

test("a list has as many items as it may", () => {
  expect(faultsOf(betField, given({ selection: [] }))).toEqual({ selection: "fault.atLeast 1" });
  expect(faultsOf(betField, given({ selection: ["1", "2", "3"] }))).toEqual({
    selection: "fault.atMost 2",
  });
});

test("a union is a choice of forms, called by their tags", () => {
  const field = fieldOf({
    anyOf: [
      {
        type: "object",
        required: ["_tag", "amount"],
        properties: { _tag: { type: "string", enum: ["Pay"] }, amount: money },
      },
      { type: "null" },
    ],
  });
  if (field.type !== "variants") throw new Error("A union becomes variants.");
  expect(field.variants.map(({ label }) => label)).toEqual([
    "Pay",
    { key: "variant.none", values: {} },
  ]);
  const pay = { chosen: "0", draft: { amount: "5" } };
  expect(readDraft(field, pay)).toEqual({ ok: true, value: { _tag: "Pay", amount: 5 } });
  expect(readDraft(field, variantDraft(field.variants, 1))).toEqual({ ok: true, value: null });
});

test("literals of any sort are one choice", () => {
  const field = fieldOf({ anyOf: [{ enum: ["a", "b"] }, { const: 3 }, { type: "null" }] });
  expect(field).toMatchObject({ type: "choice", options: ["a", "b", 3, null] });
  expect(readDraft(field, "3")).toEqual({ ok: true, value: null });
});

describe("what a form cannot say is JSON", () => {
  test.each<[string, Json]>([
    ["a record", { type: "object", additionalProperties: { type: "number" } }],
    ["a tuple", { type: "array", items: [{ type: "number" }, { type: "string" }] }],
    ["anything", {}],
    ["several types", { type: ["string", "number"] }],
  ])("%s", (_, schema) => {
    const field = fieldOf(schema);
    expect(field.type).toBe("json");
    expect(readDraft(field, '{"a":[1]}')).toEqual({ ok: true, value: { a: [1] } });
    expect(faultsOf(field, "{a")).toEqual({ "": "fault.notJson" });
  });
});

test("any JSON typed into a field for JSON is what is sent", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(readDraft(fieldOf({}), text)).toEqual({ ok: true, value: JSON.parse(text) });
    }),
  );
});

test("money is known by its description, and a generated description is no note", () => {
  expect(fieldOf(money)).toMatchObject({ type: "number", isMoney: true, isAboveMinimum: true });
  expect(
    fieldOf({ type: "string", description: "a string at most 80 character(s) long" }).note,
  ).toBe(null);
  expect(fieldOf({ type: "string", description: "The thing it is for" }).note).toBe(
    "The thing it is for",
  );
});

test("each command of a real contract becomes a form without a field for JSON", () => {
  const withoutReferences = (schema: Json, definitions: Readonly<Record<string, Json>>): Json => {
    if (Array.isArray(schema))
      return schema.map((each) => withoutReferences(each as Json, definitions));
    if (typeof schema !== "object" || schema === null) return schema;
    const { $ref, $defs: _, ...own } = schema as Readonly<Record<string, Json>>;
    const name = typeof $ref === "string" ? $ref.split("/").at(-1) : undefined;
    const referred = name === undefined ? {} : (definitions[name] as object);
    return Object.fromEntries(
      Object.entries({ ...referred, ...own }).map(([key, value]) => [
        key,
        withoutReferences(value as Json, definitions),
      ]),
    );
  };
  const types = (field: Field): readonly string[] => [
    field.type,
    ...(field.type === "group" ? field.members.flatMap((member) => types(member.field)) : []),
    ...(field.type === "list" ? types(field.item) : []),
  ];
  for (const [tag, rpc] of Wallet.group.requests) {
    const schema = JSONSchema.make(rpc.payloadSchema as Schema.Schema.Any) as unknown as Json;
    const { $defs } = schema as { readonly $defs?: Readonly<Record<string, Json>> };
    const field = fieldOf(withoutReferences(schema, $defs ?? {}));
    expect(field.type, tag).toBe("group");
    expect(types(field), tag).not.toContain("json");
  }
});
