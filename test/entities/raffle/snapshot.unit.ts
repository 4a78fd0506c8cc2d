/** A snapshot loses nothing: what is read again is looked at piece by piece, and not by how it would be written once more. */
import { HashMap } from "effect";
import { expect, it } from "vitest";
import { outcomeOf } from "../../../entities/raffle/Ended.ts";
import { branded, type ReservationId } from "../../../rpc/id.ts";
import { DeciderRun } from "../../support/DeciderRun.ts";
import { AT, raffleDesk } from "./desk.ts";
import { Cancelled, CheckedOut, open, Reserved, Sold } from "./history.ts";

it("keeps each claim, each sale and what has ended", () => {
  const run = new DeciderRun(raffleDesk, "r");
  const history = [
    ...open,
    ...[Reserved("r.a", "ada", 1, 2), Reserved("r.b", "bob", 3), CheckedOut("r.b")],
    ...[Reserved("r.c", "cy", 7, 8), CheckedOut("r.c"), Sold("r.c", "cy", 7, 8)],
    ...[Reserved("r.d", "dot", 9), Cancelled("r.d", "dot", 9)],
  ];
  run.replay(history, AT);
  const before = run.state;
  const after = raffleDesk.state.decode(
    JSON.parse(JSON.stringify(raffleDesk.state.encode(before))),
  );

  expect(HashMap.size(after.claims.byId)).toBe(2);
  expect([...HashMap.entries(after.claims.byId)].toSorted()).toEqual(
    [...HashMap.entries(before.claims.byId)].toSorted(),
  );
  expect([...HashMap.entries(after.claims.ofPlayer)].toSorted()).toEqual([
    ["ada", "r.a"],
    ["bob", "r.b"],
  ]);
  expect([...after.claims.numbers]).toEqual([1, 2, 3]);
  expect(after.claims.nextExpiry).toBe(before.claims.nextExpiry);
  expect(after.sales.slice(0, 1)).toEqual(before.sales.slice(0, 1));
  expect([...after.sales.numbers]).toEqual([7, 8]);
  expect(outcomeOf(after.ended, branded<ReservationId>("r.d"))).toBe("cancelled");
  expect(after.about).toEqual(before.about);
});
