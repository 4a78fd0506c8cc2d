import { expect, test } from "vitest";
import { parseClaim } from "../../../web/src/verify/Claim.ts";
import { HONEST } from "./account.ts";

const faultOf = (value: unknown) => parseClaim(JSON.stringify(value));

test("what is not JSON is told from what is not a race's data", () => {
  expect(parseClaim("{")).toEqual({ ok: false, fault: null });
  expect(faultOf([])).toEqual({ ok: false, fault: "" });
  expect(faultOf({})).toEqual({ ok: false, fault: "race_id" });
});

test.each<[string, object]>([
  ["bets.1.stake", { bets: HONEST.bets.map((bet, i) => (i === 1 ? { ...bet, stake: 1.5 } : bet)) }],
  ["bets.0.market", { bets: [{ ...HONEST.bets[0], market: "superfecta" }] }],
  ["powers.0.power", { powers: [{ power: "pwr_wings", target: 1, tick: 1 }] }],
  ["field.0.form.speed", { field: [{ ...HONEST.field[0], form: { speed: 1e9 } }] }],
  ["order.0", { order: [1, 2] }],
  ["order", { order: undefined }],
  ["payouts", { payouts: "none" }],
  ["max_ticks", { max_ticks: "40" }],
])("says that %s is wrong", (fault, change) => {
  expect(faultOf({ ...HONEST, ...change })).toEqual({ ok: false, fault });
});

test("a downloaded verification can be read again", () => {
  expect(faultOf({ ...HONEST, verification: { steps: [] } })).toMatchObject({ ok: true });
});
