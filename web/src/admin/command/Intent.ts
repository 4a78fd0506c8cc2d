/**
 * One thing that the administrator wants done. It has its idempotency key before it is first sent and keeps it until
 * there is an answer: silence says nothing about whether it was carried out, and the key makes asking again safe.
 */
import type { Answer, Problem } from "../../http/request.ts";

export interface Intent<Body> {
  readonly key: string;
  /** `unanswered`: sent, and nobody knows what came of it. What it says must not change then. */
  readonly step: "editing" | "sending" | "unanswered";
  /** The last answer, with the key and the message it belongs to. */
  readonly last: {
    readonly key: string;
    readonly tag: string;
    readonly answer: Answer<Body>;
  } | null;
}

/** After these nobody knows: the answer was lost, or the door was shut before the question came to whom it was for. */
const UNKNOWN_CODES: readonly string[] = [
  "offline",
  "unavailable",
  "rate_limited",
  "unauthorized",
  "unexpected",
];
const SERVER_FAULT = 500;

export function newIntent<Body>(key: string): Intent<Body> {
  return { key, step: "editing", last: null };
}

/** One that an earlier life of the page has sent and not heard of. */
export function unanswered<Body>(key: string): Intent<Body> {
  return { key, step: "unanswered", last: null };
}

export function sending<Body>(intent: Intent<Body>): Intent<Body> {
  return { ...intent, step: "sending" };
}

/** `nextKey` is taken when this one has served: whatever the answer, a next try is another intent. */
export function answered<Body>(
  intent: Intent<Body>,
  tag: string,
  answer: Answer<Body>,
  nextKey: string,
): Intent<Body> {
  const last = { key: intent.key, tag, answer };
  const isKnown = answer.ok || isDefinite(answer.problem);
  return isKnown
    ? { key: nextKey, step: "editing", last }
    : { ...intent, step: "unanswered", last };
}

function isDefinite({ code, status }: Problem): boolean {
  return !UNKNOWN_CODES.includes(code) && status < SERVER_FAULT;
}
