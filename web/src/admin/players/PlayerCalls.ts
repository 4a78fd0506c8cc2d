import type {
  AccessBody,
  PlayerBody,
  PlayersBody,
  PlayerWalletBody,
} from "../../../../rpc/http/admin/players.ts";
import { hasTexts, isRecord } from "../../http/request.ts";
import type { Answer } from "../../http/request.ts";
import { asking, pathOf } from "../address.ts";
import { hasListOf, hasLists, hasNumbers } from "../call.ts";
import type { Call } from "../call.ts";

export interface PlayerCalls {
  /** The page after `after`, of players whose id or name begins with `query`. */
  readonly players: (page: {
    readonly query: string;
    readonly after: string | null;
  }) => Promise<Answer<PlayersBody>>;
  readonly player: (playerId: string) => Promise<Answer<PlayerBody>>;
  readonly freeze: (playerId: string, reason: string) => Promise<Answer<PlayerWalletBody>>;
  readonly unfreeze: (playerId: string, reason: string) => Promise<Answer<PlayerWalletBody>>;
  readonly revokeTokens: (playerId: string, reason: string) => Promise<Answer<AccessBody>>;
  readonly grantAdmin: (playerId: string, reason: string) => Promise<Answer<AccessBody>>;
  readonly revokeAdmin: (playerId: string, reason: string) => Promise<Answer<AccessBody>>;
  readonly adjust: (
    playerId: string,
    adjustment: { readonly amountMinor: number; readonly reason: string; readonly key: string },
  ) => Promise<Answer<PlayerWalletBody>>;
}

export function playerCalls(call: Call): PlayerCalls {
  const of = (playerId: string, ...more: readonly string[]) =>
    pathOf("admin", "players", playerId, ...more);
  const told = (part: "freeze" | "unfreeze") => (playerId: string, reason: string) =>
    call(of(playerId, part), { method: "POST", body: { reason }, is: isPlayerWalletBody });
  const access =
    (part: "revoke_tokens" | "grant_admin" | "revoke_admin") =>
    (playerId: string, reason: string) =>
      call(of(playerId, part), { method: "POST", body: { reason }, is: isAccessBody });
  return {
    players: (page) => call(asking("/admin/players", page), { is: isPlayersBody }),
    player: (playerId) => call(of(playerId), { is: isPlayerBody }),
    freeze: told("freeze"),
    unfreeze: told("unfreeze"),
    revokeTokens: access("revoke_tokens"),
    grantAdmin: access("grant_admin"),
    revokeAdmin: access("revoke_admin"),
    adjust: (playerId, { amountMinor, reason, key }) =>
      call(of(playerId, "adjust"), {
        method: "POST",
        body: { amount: amountMinor, reason },
        idempotencyKey: key,
        is: isPlayerWalletBody,
      }),
  };
}

const BALANCES = ["balance_total", "balance_locked", "balance_available"] as const;

function isPlayersBody(value: unknown): value is PlayersBody {
  return hasListOf(
    value,
    "players",
    (row) => hasTexts(row, ["player_id", "display_name"]) && hasLists(row, ["roles"]),
  );
}

function isPlayerBody(value: unknown): value is PlayerBody {
  return (
    hasTexts(value, ["player_id"]) &&
    hasLists(value, ["bets", "statement"]) &&
    isRecord(value) &&
    (value["account"] === null || hasTexts(value["account"], ["display_name", "created_at"])) &&
    (value["wallet"] === null ||
      (hasNumbers(value["wallet"], BALANCES) && hasLists(value["wallet"], ["open_holds"])))
  );
}

function isAccessBody(value: unknown): value is AccessBody {
  return hasTexts(value, ["player_id"]) && hasLists(value, ["roles"]);
}

function isPlayerWalletBody(value: unknown): value is PlayerWalletBody {
  return (
    hasTexts(value, ["player_id"]) &&
    hasNumbers(value, BALANCES) &&
    isRecord(value) &&
    typeof value["frozen"] === "boolean"
  );
}
