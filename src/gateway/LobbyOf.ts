/** Which lobby a request is about: the one it names, else the one its caller joined. */
import { ValidationFailed } from "../../rpc/http/failure.ts";
import { LobbyId } from "../../rpc/id.ts";
import { Schema } from "effect";

const isLobbyId = Schema.is(LobbyId);

export const lobbyOf = (
  named: string | undefined,
  joined: string | undefined,
): LobbyId | undefined => {
  const id = named ?? joined;
  return isLobbyId(id) ? id : undefined;
};

export const NO_LOBBY = new ValidationFailed({
  errors: [{ path: "lobby_id", message: "must name a lobby, since the token does not" }],
});
