/**
 * What a raffle's own WebSocket says: the raffle's frames, translated into a message for each number. Messages of one frame
 * share its version, and there is at least one for each, so that who has seen version v has seen all up to v.
 */
import type { ServerFrame } from "../../../rpc/frames.ts";
import type { TopicFrame } from "../../actor/Topics.ts";
import type { Snapshot } from "./TopicKinds.ts";

type Frame<Type extends ServerFrame["type"]> = Extract<ServerFrame, { readonly type: Type }>;
type RaffleFrame = Frame<"NUMBERS_CHANGED" | "RAFFLE_CHANGED" | "RAFFLE_DRAWN">;

const message = (type: string, data: object, stateVersion: number) =>
  JSON.stringify({ type, data, state_version: stateVersion });

/** The present, for who comes new. */
export const snapshotMessage = ({ frame, version }: Snapshot): string => {
  if (frame.type !== "RAFFLE_SNAPSHOT") throw new Error(`${frame.type} is no raffle's snapshot`);
  const { raffle, reserved, sold } = frame;
  return message("snapshot", { raffle, reserved, sold }, version);
};

/** The messages that a frame makes, in order. */
export const messagesOf = ({ text }: TopicFrame): ReadonlyArray<string> => {
  // The text was made by the raffle's own process out of such a frame.
  const frame = JSON.parse(text) as RaffleFrame;
  switch (frame.type) {
    case "NUMBERS_CHANGED":
      return numberMessages(frame);
    case "RAFFLE_CHANGED":
      return [message("raffle_changed", { raffle: frame.raffle }, frame.state_version)];
    case "RAFFLE_DRAWN":
      return [message("raffle_drawn", frame.draw, frame.state_version)];
    default:
      // A release after this one may show more; what it is, this one cannot say.
      return [];
  }
};

/** An expiry frees thousands of numbers in one frame, so the texts are put together and not serialised one by one. */
const numberMessages = ({ changes, state_version }: Frame<"NUMBERS_CHANGED">) => {
  const messages: Array<string> = [];
  for (const { expired, numbers, player_id, reservation_id, status } of changes) {
    const owner = status === "available" ? "" : `,"user_id":${JSON.stringify(player_id)}`;
    const end = `","status":"${status}"${owner}},"state_version":${state_version}}`;
    for (const number of numbers)
      messages.push(`{"type":"number_update","data":{"number_id":"${number}${end}`);
    if (expired === true)
      messages.push(message("reservation_expired", { reservation_id }, state_version));
  }
  return messages;
};
