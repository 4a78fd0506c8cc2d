import type { ClientFrame, ServerFrame } from "../../../rpc/frames.ts";

/** Every type in `ServerFrame`, checked by the compiler both ways: none missing, none made up. */
const TYPES: Readonly<Record<ServerFrame["type"], true>> = {
  CONNECTION_ACK: true,
  HEARTBEAT: true,
  PONG: true,
  ERROR: true,
  SUBSCRIBED: true,
  UNSUBSCRIBED: true,
  STATE_SNAPSHOT: true,
  STATE_SYNC: true,
  RACE_STATE_CHANGED: true,
  RUNNER_SCRATCHED: true,
  POWER_CAST: true,
  RACE_SETTLED: true,
  BET_PLACED: true,
  BET_CANCELLED: true,
  WALLET_UPDATED: true,
};

/**
 * A frame from the wire; undefined for text that is none, and for types that a newer server may have added. Below its
 * type a frame is trusted: it comes from the origin that served this code.
 */
export function parseFrame(text: string): ServerFrame | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isServerFrame(value) ? value : undefined;
}

function isServerFrame(value: unknown): value is ServerFrame {
  return (
    typeof value === "object" &&
    value !== null &&
    "type" in value &&
    typeof value.type === "string" &&
    Object.hasOwn(TYPES, value.type)
  );
}

/** A client frame that the server answers with its `id`. */
export type CommandFrame = Extract<ClientFrame, { readonly idempotency_key: string }>;

/** A command without what the outbox adds. */
export type Command = CommandFrame extends infer Frame
  ? Frame extends CommandFrame
    ? Omit<Frame, "id" | "idempotency_key">
    : never
  : never;
