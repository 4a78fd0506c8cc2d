/**
 * What the poker entrance says: the frames of the feed of hands, translated into a message for each hand. Messages of one
 * frame share its version, and there is at least one for each, so that who has seen version v has seen all up to v.
 */
import type { ServerFrame } from "../../../rpc/frames.ts";
import type { TopicFrame } from "../../actor/Topics.ts";
import type { Snapshot } from "./TopicKinds.ts";

type HandsImported = Extract<ServerFrame, { readonly type: "HANDS_IMPORTED" }>;

const message = (type: string, data: object, stateVersion: number) =>
  JSON.stringify({ type, data, state_version: stateVersion });

/** The newest hands, for who comes new or has missed more than is remembered. */
export const snapshotMessage = ({ frame, version }: Snapshot): string => {
  if (frame.type !== "HANDS_SNAPSHOT") throw new Error(`${frame.type} is no snapshot of hands`);
  return message("snapshot", { hands: frame.hands }, version);
};

/** The messages that a frame makes, in order. */
export const messagesOf = ({ text }: TopicFrame): ReadonlyArray<string> => {
  // The text was made by the feed's own process. A release after this one may show more, of which this one can say nothing.
  const frame = JSON.parse(text) as HandsImported | { readonly type: "other" };
  if (frame.type !== "HANDS_IMPORTED") return [];
  const { count, hands, state_version } = frame;
  const messages = hands.map((hand) => message("new_hand", hand, state_version));
  // Of a large import only the newest are told one by one.
  return count === hands.length
    ? messages
    : [message("hands_imported", { count, told: hands.length }, state_version), ...messages];
};
