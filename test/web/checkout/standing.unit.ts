import { expect, test } from "vitest";
import type { PaymentBody, ProviderBody, ReservationBody } from "../../../sdk/src/index.ts";
import { choiceOf, obstacleOf, offered } from "../../../web/src/checkout/providers.ts";
import { isMoving, pauseMs, raffleIdOf, standingOf } from "../../../web/src/checkout/standing.ts";

const payment = (status: PaymentBody["status"]): PaymentBody => ({
  id: "p_1",
  provider: "sandbox_card",
  status,
  amount: 500,
  next_step: null,
  failure: null,
  started_at: "",
});
const reservation = (
  phase: ReservationBody["phase"],
  status?: PaymentBody["status"],
): ReservationBody => ({
  id: "a.b.1",
  raffle_id: "a.b",
  phase,
  expires_at: "",
  numbers: [],
  total_amount: 500,
  payment: status === undefined ? null : payment(status),
});
const kind = (...of: Parameters<typeof reservation>) => standingOf(reservation(...of)).kind;

test("at the checkout a payment is chosen, waited for, and chosen anew when it came to nothing", () => {
  expect(kind("selection")).toBe("selection");
  expect(kind("checkout")).toBe("choose");
  expect(kind("checkout", "creating")).toBe("wait");
  expect(kind("checkout", "pending")).toBe("wait");
  expect(kind("checkout", "authorized")).toBe("wait");
  expect(kind("checkout", "succeeded")).toBe("wait");
  expect(kind("checkout", "cancelling")).toBe("wait");
  expect(kind("checkout", "failed")).toBe("choose");
  expect(kind("checkout", "cancelled")).toBe("choose");
  expect(kind("sold", "succeeded")).toBe("sold");
});

test("what is over says where the money is", () => {
  const money = (...of: Parameters<typeof reservation>) => {
    const standing = standingOf(reservation(...of));
    return standing.kind === "over" ? `${standing.why} ${standing.money}` : standing.kind;
  };
  expect(money("expired")).toBe("expired none");
  expect(money("expired", "failed")).toBe("expired none");
  expect(money("expired", "pending")).toBe("expired open");
  expect(money("expired", "cancelling")).toBe("expired open");
  expect(money("cancelled", "cancelled")).toBe("cancelled none");
  expect(money("cancelled", "refunding")).toBe("cancelled returning");
  expect(money("expired", "refunded")).toBe("expired returned");
  expect(money("refunded", "refunded")).toBe("refunded");
});

test("it is asked again only while something may change by itself", () => {
  expect(isMoving(reservation("checkout"))).toBe(false);
  expect(isMoving(reservation("checkout", "pending"))).toBe(true);
  expect(isMoving(reservation("expired", "cancelling"))).toBe(true);
  expect(isMoving(reservation("expired", "refunding"))).toBe(true);
  expect(isMoving(reservation("expired", "refunded"))).toBe(false);
  expect(isMoving(reservation("refunded", "refunding"))).toBe(true);
  expect(isMoving(reservation("sold", "succeeded"))).toBe(false);
});

test("pauses grow to a limit", () => {
  const pauses = [0, 1, 2, 5, 20, 400].map(pauseMs);
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  expect(pauses[0]).toBe(700);
  expect(pauses.at(-1)).toBe(5_000);
});

test("a reservation's raffle is what comes before its last full stop", () => {
  expect(raffleIdOf("a.b.c")).toBe("a.b");
  expect(raffleIdOf("nothing")).toBe("");
});

const provider = (name: ProviderBody["name"], part: Partial<ProviderBody> = {}): ProviderBody => ({
  name,
  enabled: true,
  configured: true,
  circuit: "closed",
  available: true,
  ...part,
});
const wallet = { total: 1_000, held: 0, available: 1_000, isFrozen: false, version: 1 };

test("each obstacle has its name", () => {
  expect(obstacleOf(provider("wallet"), wallet, 1_000)).toBeNull();
  expect(obstacleOf(provider("wallet"), wallet, 1_001)).toBe("poor");
  expect(obstacleOf(provider("wallet"), { ...wallet, isFrozen: true }, 1)).toBe("frozen");
  expect(obstacleOf(provider("stripe"), wallet, 1_001)).toBeNull();
  expect(obstacleOf(provider("stripe", { enabled: false, available: false }), null, 1)).toBe(
    "disabled",
  );
  expect(obstacleOf(provider("stripe", { circuit: "open", available: false }), null, 1)).toBe(
    "failing",
  );
});

test("the choice is the player's if it can be had, else the first that can", () => {
  const providers = [provider("wallet"), provider("sandbox_card"), provider("stripe")];
  expect(choiceOf(providers, "stripe", wallet, 500)).toBe("stripe");
  expect(choiceOf(providers, null, wallet, 500)).toBe("wallet");
  expect(choiceOf(providers, "wallet", wallet, 5_000)).toBe("sandbox_card");
  expect(choiceOf([provider("stripe", { available: false })], "stripe", null, 1)).toBeNull();
  const unset = provider("stripe", { configured: false, available: false });
  expect(offered([provider("wallet"), unset])).toEqual([provider("wallet")]);
});
