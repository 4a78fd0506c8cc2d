import { expect, test } from "vitest";
import { accountOf } from "../../../web/src/bets/account.ts";

test("what settled bets did to the balance: open stakes are not lost yet, a cancelled bet cost its fee", () => {
  expect(
    accountOf([
      { stake: 500, status: "won", payout: 2_100 },
      { stake: 300, status: "lost", payout: 0 },
      { stake: 200, status: "refunded", payout: 200 },
      { stake: 1_000, status: "cancelled", payout: 950 },
      { stake: 700, status: "accepted", payout: null },
    ]),
  ).toEqual({ stakedMinor: 2_700, returnedMinor: 3_250, openMinor: 700, netMinor: 1_250 });
});
