/**
 * REST calls to this page's own server. A failure is a value: either the server's problem document (RFC 9457), or
 * `offline` when there was no answer.
 */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** Of a request in the wrong shape: what is wrong where. */
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

export type Answer<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly problem: Problem };

export interface RequestOptions<Body> {
  readonly method?: "GET" | "POST" | "PUT";
  readonly token?: string;
  readonly body?: unknown;
  /** Of a command: repeated with the same key it is carried out once. */
  readonly idempotencyKey?: string;
  /** Until a request without an answer is given up. */
  readonly timeoutMs?: number;
  /** Checks the shape of a success; what fails the check is reported as a problem. */
  readonly is: (body: unknown) => body is Body;
}

/** Longer than any promised latency; a request without an answer is over then. */
const TIMEOUT_MS = 10_000;

const OFFLINE: Problem = {
  status: 0,
  code: "offline",
  detail: "The server cannot be reached. Check the connection and try again.",
};

export async function request<Body>(
  path: string,
  { method = "GET", token, body, idempotencyKey, timeoutMs = TIMEOUT_MS, is }: RequestOptions<Body>,
): Promise<Answer<Body>> {
  let response: Response;
  let received: unknown;
  try {
    response = await fetch(path, {
      method,
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(idempotencyKey === undefined ? {} : { "x-idempotency-key": idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    received = await response.json();
  } catch {
    return { ok: false, problem: OFFLINE };
  }
  if (response.ok && is(received)) return { ok: true, body: received };
  return { ok: false, problem: problemOf(response.status, received) };
}

function problemOf(status: number, body: unknown): Problem {
  const errors = isRecord(body) ? body["errors"] : undefined;
  return {
    status,
    code: field(body, "code") ?? "unexpected",
    detail: field(body, "detail") ?? field(body, "title") ?? `The server answered ${status}.`,
    ...(isErrors(errors) ? { errors } : {}),
  };
}

function isErrors(value: unknown): value is NonNullable<Problem["errors"]> {
  return Array.isArray(value) && value.every((error) => hasTexts(error, ["path", "message"]));
}

function field(body: unknown, name: string): string | undefined {
  if (!isRecord(body)) return undefined;
  const value = body[name];
  return typeof value === "string" ? value : undefined;
}

/** Whether it is a record in which each of the fields is text. */
export function hasTexts(value: unknown, names: readonly string[]): boolean {
  return isRecord(value) && names.every((name) => typeof value[name] === "string");
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
