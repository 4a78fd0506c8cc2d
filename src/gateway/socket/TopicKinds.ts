/** The kinds of topic there are: who may watch one, and how its present is told to someone new. */
import { HAND_FEED_ID, HandFeed } from "../../../rpc/handFeed.ts";
import { NotFound } from "../../../rpc/http/failure.ts";
import type { Failure } from "../../../rpc/http/problem.ts";
import type { CallerClaims } from "../../../rpc/http/security.ts";
import { Lobby } from "../../../rpc/lobby.ts";
import { Raffle } from "../../../rpc/raffle.ts";
import { Wallet } from "../../../rpc/wallet.ts";
import type { Outcome } from "../../actor/Ask.ts";
import type { Clock } from "../../actor/Clock.ts";
import { mapOutcome } from "../Answer.ts";
import type { Game } from "../Game.ts";
import type { RaffleSight } from "../RaffleSight.ts";
import { handSummaryBody } from "../../../entities/handFeed/body.ts";
import { raffleBody } from "../../../entities/raffle/body.ts";
import { isoTime, lobbyBody, walletFrame } from "../Wire.ts";
import type { ServerFrame } from "../../../rpc/frames.ts";

/** A topic's present: everything up to `version`. */
export interface Snapshot {
  readonly version: number;
  readonly frame: ServerFrame;
}

export interface TopicKind {
  /** Undefined: a caller without a token. */
  readonly mayWatch: (caller: CallerClaims | undefined, entityId: string) => boolean;
  /**
   * What else stands in the way, where only the entity knows: undefined when nothing does. Not asked (undefined instead of
   * a promise) when it is known that nothing does.
   */
  readonly obstacle?: (
    caller: CallerClaims | undefined,
    entityId: string,
  ) => Promise<Failure | undefined> | undefined;
  readonly snapshot: (entityId: string) => Promise<Outcome<Snapshot, Failure>>;
}

/** By the part of a topic's name before the colon. */
export type TopicKinds = ReadonlyMap<string, TopicKind>;

export const topicKinds = ({
  clock: { now },
  game,
  raffleSight,
}: {
  readonly clock: Pick<Clock, "now">;
  readonly game: Game;
  readonly raffleSight: RaffleSight;
}): TopicKinds =>
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
        mayWatch: (caller, entityId) => caller?.playerId === entityId,
        snapshot: async (entityId) =>
          mapOutcome(await game.ask(Wallet, "GetWallet", { entityId }), (wallet) => ({
            version: wallet.balance.version,
            frame: walletFrame(entityId, wallet),
          })),
      },
    ],
    [
      Raffle.kind,
      {
        mayWatch: () => true,
        obstacle: (caller, entityId) =>
          raffleSight.isPlain(caller, entityId) ? undefined : raffleSight.hidden(caller, entityId),
        snapshot: async (entityId) =>
          mapOutcome(
            await game.ask(Raffle, "GetGrid", { entityId }),
            ({ raffle, reserved, sold }) => ({
              version: raffle.stateVersion,
              frame: {
                type: "RAFFLE_SNAPSHOT",
                raffle_id: entityId,
                state_version: raffle.stateVersion,
                raffle: raffleBody(raffle),
                reserved,
                sold,
                server_time: isoTime(now()),
              },
            }),
          ),
      },
    ],
    [
      HandFeed.kind,
      {
        mayWatch: () => true,
        // There is one.
        obstacle: (_, entityId) =>
          entityId === HAND_FEED_ID ? undefined : Promise.resolve(new NotFound()),
        snapshot: async (entityId) =>
          mapOutcome(
            await game.ask(HandFeed, "GetLatest", { entityId }),
            ({ latest, stateVersion }) => ({
              version: stateVersion,
              frame: {
                type: "HANDS_SNAPSHOT",
                state_version: stateVersion,
                hands: latest.map(handSummaryBody),
                server_time: isoTime(now()),
              },
            }),
          ),
      },
    ],
  ]);

/** What clients call the one topic whose entity they need not know. */
const HANDS_TOPIC = "hands";

/** The topic that a client means: `hands` is short for the feed of hands. */
export const topicOf = (named: string): string =>
  named === HANDS_TOPIC ? `${HandFeed.kind}:${HAND_FEED_ID}` : named;

/** `lobby:l_1` → `lobby` and `l_1`. */
export const parseTopic = (
  topic: string,
): { readonly kind: string; readonly entityId: string } | undefined => {
  const colon = topic.indexOf(":");
  if (colon <= 0 || colon === topic.length - 1) return undefined;
  return { kind: topic.slice(0, colon), entityId: topic.slice(colon + 1) };
};
