/**
 * What a frame of a topic is. A **change** bears the version after the one before it; a **snapshot** tells the whole
 * present, so it may follow anything older; a **sample** shows something of the present (positions, odds) at the version
 * that it bears, and may be missed.
 */
import type { ServerFrame } from "./wire.ts";

export interface TopicFrame {
  readonly topic: string;
  readonly version: number;
  readonly kind: "change" | "snapshot" | "sample";
  readonly frame: ServerFrame;
}

/** Undefined for frames that are of no topic: answers, greetings, heartbeats. */
export function topicFrame(frame: ServerFrame): TopicFrame | undefined {
  switch (frame.type) {
    case "STATE_SNAPSHOT":
      return ofLobby(frame, "snapshot");
    case "STATE_SYNC":
      return ofLobby(frame, "sample");
    case "RACE_STATE_CHANGED":
    case "RUNNER_SCRATCHED":
    case "RACE_SETTLED":
      return ofLobby(frame, "change");
    case "POWER_CAST": {
      // Without a version it is the answer to the caster.
      const { lobby_id, state_version } = frame;
      return lobby_id === undefined || state_version === undefined
        ? undefined
        : { topic: lobbyTopic(lobby_id), version: state_version, kind: "change", frame };
    }
    case "RAFFLE_SNAPSHOT":
      return ofRaffle(frame, "snapshot");
    case "NUMBERS_CHANGED":
    case "RAFFLE_CHANGED":
    case "RAFFLE_DRAWN":
      return ofRaffle(frame, "change");
    case "HANDS_SNAPSHOT":
      return ofHands(frame, "snapshot");
    case "HANDS_IMPORTED":
      return ofHands(frame, "change");
    case "WALLET_UPDATED": {
      // Each tells the whole balance, so a later one makes up for those before it.
      const { player_id, version } = frame;
      return { topic: walletTopic(player_id), version, kind: "snapshot", frame };
    }
    default:
      return undefined;
  }
}

export const lobbyTopic = (lobbyId: string): string => `lobby:${lobbyId}`;
export const raffleTopic = (raffleId: string): string => `raffle:${raffleId}`;
/** Recorded poker hands, as they come. */
export const HANDS_TOPIC = "hands";
export const walletTopic = (playerId: string): string => `wallet:${playerId}`;

function ofLobby(
  frame: Extract<ServerFrame, { readonly lobby_id: string; readonly state_version: number }>,
  kind: TopicFrame["kind"],
): TopicFrame {
  return { topic: lobbyTopic(frame.lobby_id), version: frame.state_version, kind, frame };
}

function ofRaffle(
  frame: Extract<ServerFrame, { readonly raffle_id: string; readonly state_version: number }>,
  kind: TopicFrame["kind"],
): TopicFrame {
  return { topic: raffleTopic(frame.raffle_id), version: frame.state_version, kind, frame };
}

function ofHands(
  frame: Extract<ServerFrame, { readonly type: `HANDS_${string}` }>,
  kind: TopicFrame["kind"],
): TopicFrame {
  return { topic: HANDS_TOPIC, version: frame.state_version, kind, frame };
}
