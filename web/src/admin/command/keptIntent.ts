/** What is unanswered, kept over a reload of the page: the question has to be asked again with its key. */
import { hasTexts, isRecord } from "../../http/request.ts";
import type { Draft } from "./draft.ts";

export interface KeptIntent {
  readonly kind: string;
  readonly entityId: string;
  readonly tag: string;
  readonly key: string;
  readonly draft: Draft;
}

/** What of a browser's storage is needed. */
export interface TextStorage {
  readonly getItem: (name: string) => string | null;
  readonly setItem: (name: string, text: string) => void;
  readonly removeItem: (name: string) => void;
}

/** One place for each thing that may be told something, so that what waits for one is not lost to another. */
const placeOf = (kind: string, entityId: string) => `croupier.admin.intent/${kind}/${entityId}`;

export function keepIntent(storage: TextStorage, intent: KeptIntent): void {
  storage.setItem(placeOf(intent.kind, intent.entityId), JSON.stringify(intent));
}

export function forgetIntent(storage: TextStorage, kind: string, entityId: string): void {
  storage.removeItem(placeOf(kind, entityId));
}

/** What was left unanswered for this entity; null if nothing was, or it cannot be read. */
export function keptIntent(
  storage: TextStorage,
  kind: string,
  entityId: string,
): KeptIntent | null {
  const text = storage.getItem(placeOf(kind, entityId));
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isKept(value) && value.kind === kind && value.entityId === entityId ? value : null;
  } catch {
    return null;
  }
}

function isKept(value: unknown): value is KeptIntent {
  return (
    hasTexts(value, ["kind", "entityId", "tag", "key"]) &&
    isRecord(value) &&
    value["draft"] !== undefined
  );
}
