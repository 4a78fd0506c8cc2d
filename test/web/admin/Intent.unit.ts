import { expect, test } from "vitest";
import type { SentBody } from "../../../rpc/http/admin.ts";
import { answered, newIntent, sending, unanswered } from "../../../web/src/admin/command/Intent.ts";
import { forgetIntent, keepIntent, keptIntent } from "../../../web/src/admin/command/keptIntent.ts";

const sent = sending(newIntent<SentBody>("key-1"));
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
  [401, "unauthorized"],
  [500, "internal_error"],
  [200, "unexpected"],
])("%i %s tells nothing: the key is kept for asking again", (status, code) => {
  expect(failed(status, code)).toMatchObject({ key: "key-1", step: "unanswered" });
});

test.each([
  [400, "validation_failed"],
  [422, "insufficient_funds"],
  [422, "idempotency_key_reused"],
])("%i %s is an answer: what is put right is another intent, with a new key", (status, code) => {
  expect(failed(status, code)).toMatchObject({ key: "key-2", step: "editing" });
});

test("one of an earlier life is sent again as it was", () => {
  expect(sending(unanswered("key-0"))).toMatchObject({ key: "key-0", step: "sending" });
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
  // One does not take another's place.
  keepIntent(storage, { ...intent, entityId: "p_2" });
  forgetIntent(storage, "wallet", "p_2");
  expect(keptIntent(storage, "wallet", "p_1")).toEqual(intent);
  forgetIntent(storage, "wallet", "p_1");
  expect(keptIntent(storage, "wallet", "p_1")).toBeNull();
});
