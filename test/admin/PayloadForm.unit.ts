import type { Schema } from "effect";
import { expect, test } from "vitest";
import { Favor } from "../../rpc/favor.ts";
import { Lobby } from "../../rpc/lobby.ts";
import { Wallet } from "../../rpc/wallet.ts";
import { payloadForm } from "../../src/admin/PayloadForm.ts";

const payloads = [Wallet, Lobby, Favor].flatMap(({ group, kind }) =>
  [...group.requests].map(
    ([tag, { payloadSchema }]) =>
      [`${kind}.${tag}`, payloadSchema as unknown as Schema.Struct<Schema.Struct.Fields>] as const,
  ),
);

test.each(payloads)("%s: every field of the contract, and nothing to look up", (_, payload) => {
  const { properties, required, type } = payloadForm(payload);
  expect(type).toBe("object");
  const own = Object.keys(payload.fields).filter(
    (name) => name !== "entityId" && name !== "commandId",
  );
  expect(Object.keys(properties)).toEqual(own);
  expect(own).toEqual(expect.arrayContaining([...required]));
  expect(JSON.stringify(properties)).not.toContain("$ref");
});

const formOf = (name: string) => {
  const payload = payloads.find(([one]) => one === name)?.[1];
  if (payload === undefined) throw new Error(`no message ${name}`);
  return payloadForm(payload);
};

test("a message without fields of its own is an empty form", () => {
  expect(formOf("wallet.GetWallet")).toEqual({ type: "object", required: [], properties: {} });
});

test("a field has its type, bounds and description, also where schemas narrow one another", () => {
  expect(formOf("wallet.Open").properties).toEqual({
    grantMinor: expect.objectContaining({
      type: "integer",
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      description: "Money in minor units: 250 is 2.50",
    }),
  });
  expect(formOf("lobby.Scratch").properties["runner"]).toMatchObject({
    type: "integer",
    minimum: 1,
    maximum: 8,
  });
});

test("fields within fields are described whole, optional ones are not required", () => {
  expect(formOf("lobby.Create").properties["settings"]).toMatchObject({
    type: "object",
    properties: { maxBetMinor: { type: "integer" }, syncHz: { minimum: 1, maximum: 60 } },
  });
  const check = formOf("lobby.CheckBet");
  expect(check.properties).toHaveProperty("raceId");
  expect(check.required).not.toContain("raceId");
});
