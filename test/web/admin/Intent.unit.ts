import { expect, test } from "vitest";
import { answered, newIntent, sending } from "../../../web/src/admin/command/Intent.ts";
import { forgetIntent, keepIntent, keptIntent } from "../../../web/src/admin/command/keptIntent.ts";

const sent = sending(newIntent("key-1"));
const failed = (status: number, code: string) =>
  answered(sent, "Deposit", { ok: false, problem: { status, code, detail: "" } }, "key-2");

test("an answer of the entity, a refusal too, ends the intent: the next has a new key", () => {
  const done = { ok: true, value: {}, replayed: false } as const;
  const refused = {
    ok: false,
    error: { tag: "InsufficientFunds", message: "", fields: {} },
    replayed: false,
  } as const;
  for (const body of [done, refused]) {
    const next = answered(sent, "Deposit", { ok: true, body }, "key-2");
    expect(next).toMatchObject({ key: "key-2", step: "editing", last: { key: "key-1" } });
  }
});

test.each([
  [0, "offline"],
  [503, "unavailable"],
  [429, "rate_limited"],
  [500, "internal_error"],
  [200, "unexpected"],
])("%i %s tells nothing: the key is kept for asking again", (status, code) => {
  expect(failed(status, code)).toMatchObject({ key: "key-1", step: "unanswered" });
});

test("what was turned away before the entity may be put right and sent with its key", () => {
  expect(failed(400, "validation_failed")).toMatchObject({ key: "key-1", step: "editing" });
});

test("a key that stands for another command is given up", () => {
  expect(failed(422, "idempotency_key_reused")).toMatchObject({ key: "key-2", step: "editing" });
});

test("what is unanswered outlives a reload, for its own entity", () => {
  const items = new Map<string, string>();
  const storage = {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  };
  const intent = { kind: "wallet", entityId: "p_1", tag: "Spend", key: "k", draft: { ref: "x" } };
  keepIntent(storage, intent);
  expect(keptIntent(storage, "wallet", "p_1")).toEqual(intent);
  expect(keptIntent(storage, "wallet", "p_2")).toBeNull();
  forgetIntent(storage);
  expect(keptIntent(storage, "wallet", "p_1")).toBeNull();
});
