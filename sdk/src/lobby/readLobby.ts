import { createCell } from "../Readable.ts";
import type { Cell, Readable } from "../Readable.ts";
import { lobbyTopic } from "../TopicFrame.ts";
import type { Topics } from "../Topics.ts";
import { applyLobbyFrame, NO_LOBBY } from "./LobbyState.ts";
import type { LobbyState } from "./LobbyState.ts";

/** A lobby, subscribed while anyone listens; afterwards it stays as it was last seen, and is resumed from there. */
export function readLobby(
  topics: Topics,
  lobbyId: string,
  onError: (error: unknown) => void,
): Readable<LobbyState> {
  const cell: Cell<LobbyState> = createCell<LobbyState>(NO_LOBBY, {
    onError,
    whileWatched: () =>
      topics.watch(
        lobbyTopic(lobbyId),
        {
          frame: ({ frame }) => cell.set(applyLobbyFrame(cell.get(), frame)),
          refused: (refusal) => cell.set({ ...cell.get(), refusal }),
        },
        cell.get().lobby?.state_version,
      ).close,
  });
  return cell;
}
