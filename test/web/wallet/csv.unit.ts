import { expect, test } from "vitest";
import { statementCsv } from "../../../web/src/wallet/csv.ts";

const line = {
  line_id: "7.4",
  at: "2030-01-01T00:00:00.000Z",
  purpose: "adjustment",
  account: "player:p1:available",
  counter_account: "house:adjustments",
  amount: -205,
  balance_total: 99_795,
  balance_locked: 5,
  ref: 'said "no", twice',
};

test("one header, amounts as decimals, text quoted where it must be", () => {
  expect(statementCsv([line])).toBe(
    "line_id,at,purpose,account,counter_account,amount,balance_total,balance_locked,ref\r\n" +
      '7.4,2030-01-01T00:00:00.000Z,adjustment,player:p1:available,house:adjustments,-2.05,997.95,0.05,"said ""no"", twice"\r\n',
  );
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)"])("%s is no formula to a spreadsheet", (ref) => {
  expect(statementCsv([{ ...line, ref }])).toContain(`,'${ref}\r\n`);
});
