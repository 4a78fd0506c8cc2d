/** Contracts as the server describes them: enough of each kind of field. */
import type { KindBody } from "../../../rpc/http/admin.ts";

const text = { type: "string" } as const;
const id = { type: "string", minLength: 1, maxLength: 128, pattern: "^[!-{}~]+$" } as const;
const money = {
  type: "integer",
  description: "Money in minor units, at least 1",
  title: "greaterThan(0)",
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  exclusiveMinimum: 0,
} as const;
const account = { type: "string", maxLength: 256, pattern: "^[a-z]+(:[!-~]*)?$" } as const;

const message = (
  tag: string,
  properties: Readonly<Record<string, unknown>>,
  required: readonly string[] = Object.keys(properties),
) => ({ tag, payload: { type: "object" as const, required, properties } });

export const FAKE_KINDS: readonly Omit<KindBody, "paused">[] = [
  {
    kind: "favor",
    entities: 31,
    entities_are_more: false,
    commands: [message("Accept", { playerId: id })],
    queries: [message("GetFavor", {})],
  },
  {
    kind: "lobby",
    entities: 1,
    entities_are_more: false,
    commands: [
      message(
        "AcceptBet",
        {
          betId: id,
          market: { type: "string", enum: ["win", "place", "show", "exacta"] },
          selection: { type: "array", items: { type: "integer", minimum: 1, maximum: 8 } },
          stakeMinor: money,
          raceId: id,
        },
        ["betId", "market", "selection", "stakeMinor"],
      ),
      message("Stop", {}),
    ],
    queries: [message("GetLobby", {})],
  },
  {
    kind: "wallet",
    entities: 10_000,
    entities_are_more: true,
    commands: [
      message("Deposit", { amountMinor: money, account, ref: text }),
      message("Spend", { amountMinor: money, account, ref: text }),
      message("Transfer", { to: id, amountMinor: money, ref: text }),
      message("Hold", {
        holdId: id,
        amountMinor: money,
        purpose: text,
        owner: {
          type: "object",
          required: ["kind", "entityId"],
          properties: { kind: text, entityId: text },
        },
      }),
      message("Settle", {
        items: {
          type: "array",
          items: {
            type: "object",
            required: ["holdId", "account", "payoutMinor"],
            properties: { holdId: id, account, payoutMinor: money },
          },
        },
        ref: text,
      }),
    ],
    queries: [message("GetWallet", {})],
  },
];
