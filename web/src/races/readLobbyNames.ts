import { request } from "../http/request.ts";
import type { Answer } from "../http/request.ts";
import { fields, listOf, text } from "../verify/shape.ts";

export interface LobbyName {
  readonly lobby_id: string;
  readonly name: string;
}

const lobbies = fields({ lobbies: listOf(fields({ lobby_id: text, name: text })) });

const isLobbies = (value: unknown): value is { readonly lobbies: readonly LobbyName[] } =>
  lobbies(value) === null;

export function readLobbyNames(): Promise<Answer<{ readonly lobbies: readonly LobbyName[] }>> {
  return request("/lobbies", { is: isLobbies });
}
