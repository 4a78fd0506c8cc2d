import { expect, test } from "vitest";
import { accountKey, holdKey, purposeKey, subjectsOf } from "../../../web/src/wallet/lineWords.ts";

test("purposes have words, and those of a newer server a general one", () => {
  expect(purposeKey("transfer returned")).toBe("transferReturned");
  expect(purposeKey("settle")).toBe("settle");
  expect(purposeKey("rebate")).toBe("other");
  expect(holdKey("power")).toBe("power");
  expect(holdKey("ticket")).toBe("raffle");
  expect(holdKey("parking")).toBe("other");
});

test.each([
  ["player:p1:available", "available"],
  ["player:p1:held", "held"],
  ["player:p2:available", "player"],
  ["house:takeout", "takeout"],
  ["house:rebates", "house"],
  ["race:demo-3:pool", "race"],
  ["raffle:fete:escrow", "raffle"],
  ["reservation:fete.r1", "raffle"],
  ["favor:f1", "favor"],
  ["transfer:x", "transfer"],
  ["provider:stripe:clearing", "provider"],
  ["moon:base", "other"],
])("%s is %s", (account, key) => {
  expect(accountKey(account, "p1")).toBe(key);
});

test("what a hold is for is known while it is open, and by its settlement after", () => {
  const line = (purpose: string, account: string, ref: string) => ({
    line_id: "1",
    at: "",
    purpose,
    account: "player:p1:held",
    counter_account: account,
    amount: -5,
    balance_total: 0,
    balance_locked: 0,
    ref,
  });
  const subjects = subjectsOf(
    [
      line("settle", "race:demo-3:pool", "bet-1"),
      line("hold", "player:p1:held", "bet-1"),
      line("hold", "player:p1:held", "bet-0"),
      line("settle", "reservation:fete.2025.r-1", "pay-1"),
      line("deposit", "raffle:gala:escrow", "gala"),
    ],
    [
      { hold_id: "bet-2", amount: 5, purpose: "bet", ref: "demo-4", since: "" },
      { hold_id: "pay-2", amount: 5, purpose: "ticket", ref: "fair", since: "" },
      { hold_id: "h-3", amount: 5, purpose: "favor", ref: "f-1", since: "" },
    ],
  );
  expect([...subjects]).toEqual([
    ["bet-2", { kind: "race", id: "demo-4" }],
    ["pay-2", { kind: "raffle", id: "fair" }],
    ["bet-1", { kind: "race", id: "demo-3" }],
    ["pay-1", { kind: "raffle", id: "fete.2025" }],
    ["gala", { kind: "raffle", id: "gala" }],
  ]);
});
