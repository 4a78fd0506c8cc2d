/**
 * Sends a history to be imported, part by part, one after the other. A hand counts once however often it comes, so a part
 * that has no answer is sent again.
 */
import type { Croupier } from "../Croupier.ts";
import type { Refusal } from "../Command.ts";
import type { ImportedBody } from "../wire.ts";
import { historyParts, sizeOf } from "./historyParts.ts";
import type { HistorySource } from "./historyParts.ts";
import { persist, refusalOf } from "./patience.ts";

/**
 * What has come of a history: `failed` are the first 1,000 hands that were refused, with their lines in the whole source. A
 * part that was stored while its answer was lost is counted among the `duplicates`.
 */
export type Imported = ImportedBody;

export interface ImportProgress extends Imported {
  /** Stored, not only sent. */
  readonly doneBytes: number;
  /** Null where the source does not tell. */
  readonly totalBytes: number | null;
  /** Why the next part has to wait: the server is busy, or cannot be reached; null while it goes on. */
  readonly waiting: Refusal | null;
}

export interface ImportOptions {
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Stops it; the outcome is then refused as `cancelled`, and what was stored by then stays so. */
  readonly signal?: AbortSignal;
}

/** `imported`: what was done, also where the rest was refused. The whole source may be imported again. */
export type ImportOutcome =
  | { readonly ok: true; readonly imported: Imported }
  | { readonly ok: false; readonly refusal: Refusal; readonly imported: Imported };

/** A part over a poor line, behind other imports. */
const PART_TIMEOUT_MS = 120_000;
const MAX_FAILED = 1_000;
const NOTHING: Imported = { imported: 0, duplicates: 0, summaries: 0, failed: [], failed_count: 0 };

/** Rejects with what reading the source throws; all else is a value. */
export async function importHands(
  croupier: Croupier,
  source: HistorySource,
  { onProgress, signal }: ImportOptions,
  closed: AbortSignal,
): Promise<ImportOutcome> {
  const { base } = croupier;
  const over = signal === undefined ? closed : AbortSignal.any([signal, closed]);
  const totalBytes = sizeOf(source);
  let imported = NOTHING;
  let doneBytes = 0;
  const refused = (refusal: Refusal): ImportOutcome => ({ ok: false, refusal, imported });
  const cancelled = (): ImportOutcome =>
    refused({ code: "cancelled", detail: "It was cancelled here.", fields: {} });
  const tell = (waiting: Refusal | null): void => {
    try {
      onProgress?.({ ...imported, doneBytes, totalBytes, waiting });
    } catch (error) {
      base.onError(error);
    }
  };
  if (croupier.session.get() === null)
    return refused({ code: "no_session", detail: "Join or log in first.", fields: {} });
  for await (const { bytes, firstLine } of historyParts(source)) {
    if (over.aborted) return cancelled();
    const call = {
      // The contract has it as text; the bytes are what the file has, in whatever encoding.
      body: bytes as unknown as string,
      timeoutMs: PART_TIMEOUT_MS,
      signal: over,
    };
    const answer = await persist(base, {
      ask: () => croupier.post("/api/v1/hands/import", call),
      signal: over,
      onWait: (why) => tell(refusalOf(why)),
    });
    if (over.aborted && !answer.ok) return cancelled();
    if (!answer.ok) return refused(refusalOf(answer.problem));
    imported = together(imported, answer.body, firstLine);
    doneBytes += bytes.length;
    tell(null);
  }
  return { ok: true, imported };
}

function together(before: Imported, part: Imported, firstLine: number): Imported {
  const failed = part.failed.map((hand) => ({ ...hand, line: hand.line + firstLine }));
  return {
    imported: before.imported + part.imported,
    duplicates: before.duplicates + part.duplicates,
    summaries: before.summaries + part.summaries,
    failed: [...before.failed, ...failed].slice(0, MAX_FAILED),
    failed_count: before.failed_count + part.failed_count,
  };
}
