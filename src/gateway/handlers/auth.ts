/** Joining, registering, logging in. */
import { Unavailable } from "../../../rpc/failure.ts";
import type { CroupierApi } from "../../../rpc/http/api.ts";
import { BadCredentials, UsernameTaken } from "../../../rpc/http/failure.ts";
import { CommandId, type LobbyId, PlayerId } from "../../../rpc/id.ts";
import { Lobby, LobbyNotFound } from "../../../rpc/lobby.ts";
import { minor } from "../../../rpc/money.ts";
import { Wallet } from "../../../rpc/wallet.ts";
import { failure, success } from "../Answer.ts";
import { homeSocketUrl } from "../Home.ts";
import type { Services } from "../Services.ts";
import { isoTime } from "../Wire.ts";
import type { GroupHandlers } from "../Routes.ts";

/** 96 bits: no two players will ever share an id. */
const PLAYER_ID_BYTES = 12;

/** A host as a browser may be told to connect to it. */
const HOST = /^[\w.-]+(:\d{1,5})?$|^\[[\da-f:]+\](:\d{1,5})?$/i;

export const authHandlers = (services: Services): GroupHandlers<typeof CroupierApi, "auth"> => {
  const { game, accounts, passwords, tokens, entropy, settings, cluster } = services;

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

  return {
    join: async ({ payload, requestId, host, isSecure }) => {
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
      const issued = await tokens.issue({ playerId, lobbyId: lobby.value, roles: ["player"] });
      const home = cluster === undefined ? undefined : homeSocketUrl(cluster, playerId);
      const address = HOST.test(host) ? host : services.ownHost();
      return success({
        token: issued.token,
        player_id: playerId,
        lobby_id: lobby.value,
        ws_url: home ?? `${isSecure ? "wss" : "ws"}://${address}/ws`,
        expires_at: isoTime(issued.expiresAt),
      });
    },

    register: async ({ payload, requestId }) => {
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
      const issued = await tokens.issue({ playerId, lobbyId: undefined, roles: ["player"] });
      return success({
        player_id: playerId,
        token: issued.token,
        expires_at: isoTime(issued.expiresAt),
      });
    },

    login: async ({ payload }) => {
      const account = await accounts.byUsername(payload.username);
      const matched = await passwords.matches(
        payload.password,
        account?.password_hash ?? undefined,
      );
      if (!matched || account === undefined) return failure(new BadCredentials());
      const issued = await tokens.issue({
        playerId: account.player_id,
        lobbyId: undefined,
        roles: account.roles,
      });
      return success({
        player_id: account.player_id,
        token: issued.token,
        expires_at: isoTime(issued.expiresAt),
      });
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

/** `open:<player>` is ours alone, so its reuse cannot be the caller's doing. */
const unavailable = (error: { readonly _tag: string }) =>
  failure(
    error instanceof Unavailable
      ? error
      : new Unavailable({ reason: "wallet", retryAfterMs: 1000 }),
  );
