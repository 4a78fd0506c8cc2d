import { expect, test } from "vitest";
import { applyWalletFrame, applyWalletReading } from "../../../web/src/wallet/WalletState.ts";

const frame = (version: number, locked: number, playerId = "ada") =>
  ({
    type: "WALLET_UPDATED",
    player_id: playerId,
    version,
    balance_total: 1000,
    balance_locked: locked,
    balance_available: 1000 - locked,
  }) as const;

test("the later version counts, whichever comes later", () => {
  const wallet = applyWalletFrame(
    applyWalletFrame(null, frame(3, 300), "ada"),
    frame(2, 200),
    "ada",
  );
  expect(wallet).toEqual({ total: 1000, held: 300, available: 700, version: 3 });
  expect(applyWalletReading(wallet, frame(1, 0))).toBe(wallet);
});

test("another player's wallet is none of ours", () => {
  expect(applyWalletFrame(null, frame(3, 300, "bob"), "ada")).toBeNull();
});
