/** Joining, registering, logging in, and staying so. */
import { Unavailable } from "../../../rpc/failure.ts";
import type { CroupierApi } from "../../../rpc/http/api.ts";
import type { TokenBody } from "../../../rpc/http/auth.ts";
import {
  BadCredentials,
  PasswordNotYours,
  RateLimited,
  Unauthorized,
  UsernameTaken,
} from "../../../rpc/http/failure.ts";
import type { CallerClaims } from "../../../rpc/http/security.ts";
import { CommandId, type LobbyId, PlayerId } from "../../../rpc/id.ts";
import { Lobby, LobbyNotFound } from "../../../rpc/lobby.ts";
import { minor } from "../../../rpc/money.ts";
import { Wallet } from "../../../rpc/wallet.ts";
import type { Account } from "../Accounts.ts";
import { ADMIN_USERNAME } from "../Admin.ts";
import { failure, success } from "../Answer.ts";
import { homeSocketUrl } from "../Home.ts";
import { type CameBy, originOf } from "../OwnOrigin.ts";
import type { Services } from "../Services.ts";
import { isoTime } from "../Wire.ts";
import type { GroupHandlers } from "../Routes.ts";

/** No user name is longer. */
const MAX_NAME_CHARACTERS = 32;
const guessKey = (client: string, name: string) =>
  `${client} ${name.slice(0, MAX_NAME_CHARACTERS).toLowerCase()}`;

/** 96 bits: no two players will ever share an id. */
const PLAYER_ID_BYTES = 12;

type Issued = Pick<CallerClaims, "lobbyId" | "roles"> & { readonly playerId: PlayerId };

export const authHandlers = (services: Services): GroupHandlers<typeof CroupierApi, "auth"> => {
  const { game, accounts, guessLimit, passwords, revocations, tokens, entropy, settings, cluster } =
    services;

  const newPlayer = () => PlayerId.make(`p_${entropy.hex(PLAYER_ID_BYTES)}`);

  /** Opening twice changes nothing, so a repetition is safe. */
  const openWallet = (playerId: PlayerId, requestId: string) =>
    game.ask(
      Wallet,
      "Open",
      {
        entityId: playerId,
        commandId: CommandId.make(`open:${playerId}`),
        grantMinor: minor(settings.joinGrant),
      },
      { requestId, by: playerId },
    );

  const lobbyToJoin = async (asked: LobbyId | undefined, requestId: string) => {
    const lobbyId = asked ?? (await game.views.lobbies())[0];
    if (lobbyId === undefined) return failure(new LobbyNotFound({ lobbyId: "" }));
    if (asked === undefined) return success(lobbyId);
    const lobby = await game.ask(Lobby, "GetLobby", { entityId: lobbyId }, { requestId });
    return lobby.ok ? success(lobbyId) : lobby;
  };

  /** Of the gateway nearest to the player's wallet, else of this one, as the caller knows it. */
  const socketUrl = (playerId: PlayerId, cameBy: CameBy) => {
    const home = cluster === undefined ? undefined : homeSocketUrl(cluster, playerId);
    return home ?? `${originOf(cameBy, services.ownHost()).replace(/^http/, "ws")}/ws`;
  };

  const tokenFor = async (
    claims: Issued,
    cameBy: CameBy,
    notBefore: number | null = null,
  ): Promise<TokenBody> => {
    const { expiresAt, token } = await tokens.issue(claims, { notBefore: notBefore ?? 0 });
    return {
      player_id: claims.playerId,
      token,
      expires_at: isoTime(expiresAt),
      ws_url: socketUrl(claims.playerId, cameBy),
    };
  };

  return {
    join: async (request) => {
      const { payload, requestId } = request;
      const lobby = await lobbyToJoin(payload.lobby_id, requestId);
      if (!lobby.ok) return lobby;
      const playerId = newPlayer();
      // First the account: one without a wallet harms nobody, a grant without an owner is money lost.
      await accounts.insert({
        player_id: playerId,
        username: null,
        password_hash: null,
        display_name: payload.display_name,
        roles: ["player"],
      });
      const opened = await openWallet(playerId, requestId);
      if (!opened.ok) return unavailable(opened.error);
      const issued = { playerId, lobbyId: lobby.value, roles: ["player"] } as const;
      return success({ ...(await tokenFor(issued, request)), lobby_id: lobby.value });
    },

    register: async (request) => {
      const { payload, requestId } = request;
      if ((await accounts.byUsername(payload.username)) !== undefined)
        return failure(new UsernameTaken());
      const playerId = newPlayer();
      const passwordHash = await passwords.hash(payload.password);
      // First the wallet: were the account first and the wallet unavailable, the name would be taken for nothing.
      const opened = await openWallet(playerId, requestId);
      if (!opened.ok) return unavailable(opened.error);
      const inserted = await accounts.insert({
        player_id: playerId,
        username: payload.username,
        password_hash: passwordHash,
        display_name: payload.username,
        roles: ["player"],
      });
      if (!inserted) return failure(new UsernameTaken());
      return success(await tokenFor({ playerId, lobbyId: undefined, roles: ["player"] }, request));
    },

    login: async (request) => {
      const { password, username } = request.payload;
      const waitMs = guessLimit.take(guessKey(request.client, username));
      if (waitMs > 0) return failure(new RateLimited({ retryAfterMs: waitMs }));
      const account = await accounts.byUsername(username);
      const matched = await passwords.matches(password, account?.password_hash ?? undefined);
      if (!matched || account === undefined) return failure(new BadCredentials());
      const { not_before, player_id: playerId, roles } = account;
      return success(await tokenFor({ playerId, lobbyId: undefined, roles }, request, not_before));
    },

    refresh: async (request) => {
      const { issuedAt, lobbyId, playerId } = request.caller;
      const account = await accounts.byPlayer(playerId);
      // This process may not have heard yet that the token was revoked; it must not become another one.
      if (account === undefined || isOver(issuedAt, account)) return failure(new Unauthorized());
      const { not_before, player_id, roles } = account;
      const issued = { playerId: player_id, lobbyId, roles };
      return success(await tokenFor(issued, request, not_before));
    },

    logoutEverywhere: async (request) => {
      const { issuedAt, lobbyId } = request.caller;
      const playerId = PlayerId.make(request.caller.playerId);
      const revoked = await accounts.revokeAs(playerId, revocations.next(), issuedAt);
      if (revoked === undefined) return failure(new Unauthorized());
      const { not_before, roles } = revoked;
      revocations.learn(playerId, not_before);
      return success(await tokenFor({ playerId, lobbyId, roles }, request, not_before));
    },

    changePassword: async (request) => {
      const { caller, payload } = request;
      const account = await accounts.byPlayer(caller.playerId);
      if (account === undefined || isOver(caller.issuedAt, account))
        return failure(new Unauthorized());
      const { password_hash: hash, player_id: playerId, username } = account;
      if (hash === null || username === ADMIN_USERNAME) return failure(new PasswordNotYours());
      const waitMs = guessLimit.take(guessKey(request.client, username ?? playerId));
      if (waitMs > 0) return failure(new RateLimited({ retryAfterMs: waitMs }));
      if (!(await passwords.matches(payload.password, hash))) return failure(new BadCredentials());
      const newHash = await passwords.hash(payload.new_password);
      const revoked = await accounts.setPassword(playerId, revocations.next(), newHash);
      if (revoked === undefined) return failure(new Unauthorized());
      const { not_before, roles } = revoked;
      revocations.learn(playerId, not_before);
      const issued = { playerId, lobbyId: caller.lobbyId, roles };
      return success(await tokenFor(issued, request, not_before));
    },

    me: async ({ caller }) => {
      const account = await accounts.byPlayer(caller.playerId);
      return success({
        player_id: caller.playerId,
        display_name: account?.display_name ?? caller.playerId,
        roles: caller.roles,
      });
    },
  };
};

const isOver = (issuedAt: number, { not_before }: Account) =>
  not_before !== null && issuedAt < not_before;

/** `open:<player>` is ours alone, so its reuse cannot be the caller's doing. */
const unavailable = (error: { readonly _tag: string }) =>
  failure(
    error instanceof Unavailable
      ? error
      : new Unavailable({ reason: "wallet", retryAfterMs: 1000 }),
  );
