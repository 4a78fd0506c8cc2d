/** What a player orders, and how it comes out. */
import type { ClientFrame, Problem, ServerFrame } from "./wire.ts";

/** A client frame that the server carries out once for its key, and answers with its `id`. */
export type CommandFrame = Extract<ClientFrame, { readonly idempotency_key: string }>;

/** A command without what the outbox adds. */
export type Command = CommandFrame extends infer Frame
  ? Frame extends CommandFrame
    ? Omit<Frame, "id" | "idempotency_key">
    : never
  : never;

interface AnswerTypes {
  readonly PLACE_BET: "BET_PLACED";
  readonly CANCEL_BET: "BET_CANCELLED";
  readonly CAST_POWER: "POWER_CAST";
  readonly RESERVE_NUMBERS: "NUMBERS_RESERVED";
}
/** The frame that answers a command which was carried out. */
export type CommandAnswer<Type extends Command["type"] = Command["type"]> = Extract<
  ServerFrame,
  { readonly type: AnswerTypes[Type] }
>;

/** Refusals of this side. Only after `abandoned` is the outcome unknown: the player's bets and statement show it. */
export type LocalRefusalCode =
  /** It was not answered for as long as it was kept, or the player left before. */
  | "abandoned"
  /** Nobody has joined or logged in here. Nothing was sent. */
  | "no_session"
  /** More commands wait for an answer than are kept. Nothing was sent. */
  | "outbox_full"
  /** The client was closed. Nothing was sent. */
  | "closed";

export interface Refusal {
  /** Stable; as in the protocol, or one of this side. A newer server may have more. */
  readonly code: Problem["code"] | LocalRefusalCode | (string & {});
  /** A sentence for people, in English. */
  readonly detail: string;
  /** What else the server told: `retry_after_ms`, `min_stake`, … */
  readonly fields: Readonly<Record<string, unknown>>;
}

export type Outcome<Answer = CommandAnswer> =
  | { readonly ok: true; readonly key: string; readonly frame: Answer }
  | { readonly ok: false; readonly key: string; readonly refusal: Refusal };

/** A command that has not been answered, as it is kept. */
export interface KeptCommand {
  /** Its idempotency key: one effect and one answer, however often and from wherever it is sent. */
  readonly key: string;
  readonly playerId: string;
  /** Epoch milliseconds by the local clock. */
  readonly madeAtMs: number;
  readonly command: Command;
}

/** A command has come out; the only news of one that was made by an earlier life of the page or process. */
export interface SettledCommand {
  readonly kept: KeptCommand;
  readonly outcome: Outcome;
  /** It was not made by this client but found in the storage. */
  readonly isInherited: boolean;
}

/** From a command's first sending by this client to its answer, which says that it is durable. */
export interface Latency {
  readonly key: string;
  readonly type: Command["type"];
  readonly ms: number;
  /** How often it was sent; more than once after a lost connection or an overload. */
  readonly attempts: number;
}
