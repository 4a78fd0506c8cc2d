/** The kinds of topic there are: who may watch one, and how its present is told to someone new. */
import type { Failure } from "../../../rpc/http/problem.ts";
import type { CallerClaims } from "../../../rpc/http/security.ts";
import { Lobby } from "../../../rpc/lobby.ts";
import { Wallet } from "../../../rpc/wallet.ts";
import type { Outcome } from "../../actor/Ask.ts";
import { mapOutcome } from "../Answer.ts";
import type { Game } from "../Game.ts";
import { isoTime, lobbyBody, walletFrame } from "../Wire.ts";
import type { ServerFrame } from "../../../rpc/frames.ts";

/** A topic's present: everything up to `version`. */
export interface Snapshot {
  readonly version: number;
  readonly frame: ServerFrame;
}

export interface TopicKind {
  readonly mayWatch: (caller: CallerClaims, entityId: string) => boolean;
  readonly snapshot: (entityId: string) => Promise<Outcome<Snapshot, Failure>>;
}

/** By the part of a topic's name before the colon. */
export type TopicKinds = ReadonlyMap<string, TopicKind>;

export const topicKinds = (game: Game, now: () => number): TopicKinds =>
  new Map<string, TopicKind>([
    [
      Lobby.kind,
      {
        mayWatch: () => true,
        snapshot: async (entityId) =>
          mapOutcome(await game.ask(Lobby, "GetLobby", { entityId }), (view) => ({
            version: view.stateVersion,
            frame: {
              type: "STATE_SNAPSHOT",
              ...lobbyBody(view),
              server_time: isoTime(now()),
            },
          })),
      },
    ],
    [
      Wallet.kind,
      {
        mayWatch: (caller, entityId) => caller.playerId === entityId,
        snapshot: async (entityId) =>
          mapOutcome(await game.ask(Wallet, "GetWallet", { entityId }), (wallet) => ({
            version: wallet.balance.version,
            frame: walletFrame(entityId, wallet),
          })),
      },
    ],
  ]);

/** `lobby:l_1` → `lobby` and `l_1`. */
export const parseTopic = (
  topic: string,
): { readonly kind: string; readonly entityId: string } | undefined => {
  const colon = topic.indexOf(":");
  if (colon <= 0 || colon === topic.length - 1) return undefined;
  return { kind: topic.slice(0, colon), entityId: topic.slice(colon + 1) };
};
