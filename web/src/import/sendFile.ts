/**
 * Sends one file to be imported. By XMLHttpRequest, which tells how much has gone: the server takes the body no faster than
 * it stores the hands, so that is how far the import has come.
 */
import type { ImportedBody } from "../../../sdk/src/index.ts";
import { isRecord } from "../http/request.ts";
import type { Problem } from "../http/request.ts";

export type Sent =
  | { readonly kind: "done"; readonly result: ImportedBody }
  | { readonly kind: "failed"; readonly problem: Problem; readonly retryAfterMs: number | null }
  | { readonly kind: "cancelled" };

export interface SendOptions {
  readonly token: string;
  readonly signal: AbortSignal;
  readonly onSent: (bytes: number) => void;
}

const IMPORT_PATH = "/api/v1/hands/import";
const ACCEPTED = 202;
const MS_PER_SECOND = 1_000;
const OFFLINE: Problem = { status: 0, code: "offline", detail: "" };

/** Never rejects. */
export function sendFile(file: Blob, { onSent, signal, token }: SendOptions): Promise<Sent> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ kind: "cancelled" });
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const end = (sent: Sent) => {
      signal.removeEventListener("abort", abort);
      resolve(sent);
    };
    signal.addEventListener("abort", abort);
    request.upload.addEventListener("progress", ({ loaded }) => onSent(loaded));
    request.addEventListener("abort", () => end({ kind: "cancelled" }));
    request.addEventListener("error", () =>
      end({ kind: "failed", problem: OFFLINE, retryAfterMs: null }),
    );
    request.addEventListener("load", () => {
      const body = jsonIn(request.responseText);
      if (request.status === ACCEPTED && isImported(body))
        return end({ kind: "done", result: body });
      const retryAfter = Number(request.getResponseHeader("retry-after") ?? Number.NaN);
      return end({
        kind: "failed",
        problem: problemIn(request.status, body),
        retryAfterMs: Number.isFinite(retryAfter) ? retryAfter * MS_PER_SECOND : null,
      });
    });
    request.open("POST", IMPORT_PATH);
    request.setRequestHeader("authorization", `Bearer ${token}`);
    request.setRequestHeader("content-type", "text/plain");
    request.send(file);
  });
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isImported = (body: unknown): body is ImportedBody =>
  isRecord(body) &&
  typeof body["imported"] === "number" &&
  typeof body["duplicates"] === "number" &&
  typeof body["failed_count"] === "number" &&
  Array.isArray(body["failed"]);

function problemIn(status: number, body: unknown): Problem {
  const text = (name: string): string | undefined => {
    const value = isRecord(body) ? body[name] : undefined;
    return typeof value === "string" ? value : undefined;
  };
  return { status, code: text("code") ?? "unexpected", detail: text("detail") ?? "" };
}
