/**
 * One thing that the administrator wants done. It has its idempotency key before it is first sent and keeps it until
 * the entity has answered: silence says nothing about whether it was carried out, and the key makes asking again safe.
 */
import type { SentBody } from "../../../../rpc/http/admin.ts";
import type { Answer } from "../../http/request.ts";

export interface Intent {
  readonly key: string;
  /** `unanswered`: sent, and nobody knows what came of it. What it says must not change then. */
  readonly step: "editing" | "sending" | "unanswered";
  /** The last answer, with the key and the message it belongs to. */
  readonly last: {
    readonly key: string;
    readonly tag: string;
    readonly answer: Answer<SentBody>;
  } | null;
}

/** The same command under a key that has been used for another. */
const KEY_REUSED = "idempotency_key_reused";
const UNKNOWN_CODES: readonly string[] = ["offline", "unavailable", "rate_limited", "unexpected"];
const SERVER_FAULT = 500;

export function newIntent(key: string): Intent {
  return { key, step: "editing", last: null };
}

export function sending(intent: Intent): Intent {
  return { ...intent, step: "sending" };
}

/** `nextKey` is taken when this one has served. */
export function answered(
  intent: Intent,
  tag: string,
  answer: Answer<SentBody>,
  nextKey: string,
): Intent {
  const last = { key: intent.key, tag, answer };
  if (answer.ok) return { key: nextKey, step: "editing", last };
  const { code, status } = answer.problem;
  if (UNKNOWN_CODES.includes(code) || status >= SERVER_FAULT) {
    return { ...intent, step: "unanswered", last };
  }
  return { key: code === KEY_REUSED ? nextKey : intent.key, step: "editing", last };
}
