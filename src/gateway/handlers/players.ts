/** Players as the administrator sees them, and what is done to their wallets. */
import type { CroupierApi } from "../../../rpc/http/api.ts";
import {
  PlayerNotFound,
  type PlayerWalletBody,
  RoleRefused,
} from "../../../rpc/http/admin/players.ts";
import { branded, type CommandId, type PlayerId } from "../../../rpc/id.ts";
import { type Freeze, type Standing, Wallet } from "../../../rpc/wallet.ts";
import { Forbidden } from "../../../rpc/http/failure.ts";
import type { Failure } from "../../../rpc/http/problem.ts";
import type { Account, Revoked } from "../Accounts.ts";
import { ADMIN_USERNAME } from "../Admin.ts";
import type { Called } from "../AdminActs.ts";
import { failure, mapOutcome, success } from "../Answer.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";
import { isoTime, walletBalances, walletBody } from "../Wire.ts";

/** Bets and lines of the statement shown with a player; the whole of them have lists of their own. */
const SHOWN_ROWS = 20;
const COMMAND_ID_BYTES = 16;

export const playerHandlers = ({
  accounts,
  acts,
  entropy,
  game,
  revocations,
}: Services): GroupHandlers<typeof CroupierApi, "players"> => {
  /** Freezes or unfreezes. Twice is as good as once, so neither takes a key. */
  const setFrozen = async (
    tag: "Freeze" | "Unfreeze",
    request: Called & {
      readonly path: { readonly player_id: PlayerId };
      readonly payload: { readonly reason: string };
    },
  ) => {
    const { caller, path, payload, requestId } = request;
    const { player_id: playerId } = path;
    const act = {
      act: tag === "Freeze" ? "freeze_wallet" : "unfreeze_wallet",
      target: { player_id: playerId },
      reason: payload.reason,
    } as const;
    const standing = await acts.carryOut(request, act, () =>
      game.ask(
        Wallet,
        tag,
        {
          entityId: playerId,
          commandId: branded<CommandId>(`admin:${tag}:${entropy.hex(COMMAND_ID_BYTES)}`),
          reason: payload.reason,
        },
        { requestId, by: caller.playerId },
      ),
    );
    return mapOutcome(standing, (value) => playerWalletBody(playerId, value));
  };

  interface AccessRequest extends Called {
    readonly path: { readonly player_id: PlayerId };
    readonly payload: { readonly reason: string };
  }

  /**
   * Ends an account's tokens, by whichever change of it. Who is an administrator no more must not undo that in the moment
   * until this process has heard of it, so the caller is looked up here.
   */
  const changeAccess = <Refusal extends Failure>(
    act: "revoke_tokens" | "grant_admin" | "revoke_admin",
    request: AccessRequest,
    refusal: (account: Account) => Refusal | undefined,
    change: (playerId: PlayerId, notBefore: number) => Promise<Revoked | undefined>,
  ) => {
    const { caller, path, payload } = request;
    const { player_id: playerId } = path;
    const written = { act, target: { player_id: playerId }, reason: payload.reason };
    return acts.carryOut(request, written, async () => {
      const [admin, account] = await Promise.all([
        accounts.byPlayer(caller.playerId),
        accounts.byPlayer(playerId),
      ]);
      if (admin?.roles.includes("admin") !== true || caller.issuedAt < (admin.not_before ?? 0))
        return failure(new Forbidden());
      if (account === undefined) return failure(new PlayerNotFound({ playerId }));
      const refused = refusal(account);
      if (refused !== undefined) return failure(refused);
      const revoked = await change(playerId, revocations.next());
      if (revoked === undefined) return failure(new PlayerNotFound({ playerId }));
      revocations.learn(playerId, revoked.not_before);
      return success({ player_id: playerId, roles: revoked.roles });
    });
  };

  return {
    list: async ({ query }) => {
      // One more than fits tells whether there is another page.
      const found = await accounts.search({ ...query, limit: query.limit + 1 });
      const players = found.slice(0, query.limit);
      const last = found.length > query.limit ? players.at(-1) : undefined;
      return success({ players, next_after: last?.player_id ?? null });
    },

    get: async ({ path, requestId }) => {
      const { player_id: playerId } = path;
      const [account, wallet, bets, statement] = await Promise.all([
        accounts.profile(playerId),
        game.ask(Wallet, "GetWallet", { entityId: playerId }, { requestId }),
        game.views.bets(playerId, { limit: SHOWN_ROWS }),
        game.views.statement(playerId, { limit: SHOWN_ROWS }),
      ]);
      if (!wallet.ok && wallet.error._tag === "Unavailable") return failure(wallet.error);
      if (!wallet.ok && account === undefined) return failure(new PlayerNotFound({ playerId }));
      return success({
        player_id: playerId,
        account: account ?? null,
        wallet: wallet.ok
          ? { ...walletBody(playerId, wallet.value), ...freezeBody(wallet.value.freeze) }
          : null,
        bets: bets.bets,
        statement,
      });
    },

    freeze: (request) => setFrozen("Freeze", request),
    unfreeze: (request) => setFrozen("Unfreeze", request),

    revokeTokens: (request) =>
      changeAccess<never>(
        "revoke_tokens",
        request,
        () => undefined,
        (playerId, notBefore) => accounts.revoke(playerId, notBefore),
      ),

    grantAdmin: (request) =>
      changeAccess(
        "grant_admin",
        request,
        ({ username }) => (username === null ? new RoleRefused({ reason: "guest" }) : undefined),
        (playerId, notBefore) => accounts.setAdmin(playerId, notBefore, true),
      ),

    revokeAdmin: (request) =>
      changeAccess(
        "revoke_admin",
        request,
        ({ username }) =>
          username === ADMIN_USERNAME
            ? new RoleRefused({ reason: "administrator_of_the_settings" })
            : undefined,
        (playerId, notBefore) => accounts.setAdmin(playerId, notBefore, false),
      ),

    adjust: async (request) => {
      const { caller, headers, path, payload, requestId } = request;
      const { player_id: playerId } = path;
      const { amount, reason } = payload;
      const key = headers["x-idempotency-key"];
      const act = {
        act: "adjust_wallet",
        target: { player_id: playerId },
        details: { amount },
        reason,
        key,
      } as const;
      const intent = { playerId: branded<PlayerId>(caller.playerId), key, requestId };
      const standing = await acts.carryOut(request, act, () =>
        game.adjustWallet(intent, playerId, payload),
      );
      return mapOutcome(standing, (value) => playerWalletBody(playerId, value));
    },
  };
};

const freezeBody = (freeze: Freeze | undefined): Pick<PlayerWalletBody, "freeze"> => ({
  freeze: freeze === undefined ? null : { reason: freeze.reason, since: isoTime(freeze.since) },
});

const playerWalletBody = (playerId: string, { balance, freeze }: Standing): PlayerWalletBody => ({
  player_id: playerId,
  ...walletBalances(balance),
  frozen: freeze !== undefined,
  ...freezeBody(freeze),
  version: balance.version,
});
