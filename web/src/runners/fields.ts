/** What the lobbies' fields tell of a runner. */
import type { LobbyBody } from "../../../sdk/src/index.ts";
import type { Form } from "./form.ts";

/** Each name's number. A runner bears the same one in every lobby. */
export function numbersOf(lobbies: readonly LobbyBody[]): ReadonlyMap<string, number> {
  return new Map(
    lobbies.flatMap(({ runners }) => runners.map(({ name, number }) => [name, number])),
  );
}

/** Its form in each lobby in which it runs now. */
export function formsOf(
  lobbies: readonly LobbyBody[],
  name: string,
): readonly { readonly lobbyId: string; readonly lobby: string; readonly form: Form }[] {
  return lobbies.flatMap(({ lobby_id: lobbyId, name: lobby, runners }) =>
    runners.flatMap((runner) =>
      runner.name === name ? [{ lobbyId, lobby, form: runner.form }] : [],
    ),
  );
}
