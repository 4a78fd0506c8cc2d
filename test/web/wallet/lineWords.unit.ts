import { expect, test } from "vitest";
import { accountKey, holdKey, purposeKey, racesOf } from "../../../web/src/wallet/lineWords.ts";

test("purposes have words, and those of a newer server a general one", () => {
  expect(purposeKey("transfer returned")).toBe("transferReturned");
  expect(purposeKey("settle")).toBe("settle");
  expect(purposeKey("rebate")).toBe("other");
  expect(holdKey("power")).toBe("power");
  expect(holdKey("ticket")).toBe("other");
});

test.each([
  ["player:p1:available", "available"],
  ["player:p1:held", "held"],
  ["player:p2:available", "player"],
  ["house:takeout", "takeout"],
  ["house:rebates", "house"],
  ["race:demo-3:pool", "race"],
  ["favor:f1", "favor"],
  ["transfer:x", "transfer"],
  ["provider:stripe:clearing", "provider"],
  ["moon:base", "other"],
])("%s is %s", (account, key) => {
  expect(accountKey(account, "p1")).toBe(key);
});

test("the race of a hold is known while it is open, and by its settlement after", () => {
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
  const races = racesOf(
    [
      line("settle", "race:demo-3:pool", "bet-1"),
      line("hold", "player:p1:held", "bet-1"),
      line("hold", "player:p1:held", "bet-0"),
    ],
    [
      { hold_id: "bet-2", amount: 5, purpose: "bet", ref: "demo-4", since: "" },
      { hold_id: "h-3", amount: 5, purpose: "favor", ref: "f-1", since: "" },
    ],
  );
  expect([...races]).toEqual([
    ["bet-2", "demo-4"],
    ["bet-1", "demo-3"],
  ]);
});
