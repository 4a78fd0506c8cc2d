import type { PlayerId } from "./id.ts";

/** Who asks, for what intent. */
export interface Intent {
  readonly playerId: PlayerId;
  /** The client's idempotency key; with the player it names the intent for ever. */
  readonly key: string;
  readonly requestId: string;
}
