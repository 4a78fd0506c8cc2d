/**
 * REST calls, typed by method and path from the contract. A failure is a value: the server's problem document (RFC 9457),
 * or a problem of this side where there was no answer.
 */
import type { Endpoints, Problem } from "./wire.ts";

export type Call = keyof Endpoints;
export type Method = "GET" | "POST" | "PUT" | "DELETE";
/** The paths that a method has, as the contract writes them: `/lobbies/{lobby_id}`. */
export type PathOf<M extends Method> = Call extends infer C
  ? C extends `${M} ${infer Path}`
    ? Path
    : never
  : never;

type PartsOf<C extends Call> = {
  readonly [
    Part in "path" | "query" | "body" | "key" as Endpoints[C][Part] extends undefined ? never : Part
  ]: Endpoints[C][Part];
};
type OptionalPart<Parts> = {
  [Part in keyof Parts]: {} extends Parts[Part] ? Part : never;
}[keyof Parts];

/**
 * What a call takes: `path` parameters, `query`, `body`, and `key`, the idempotency key of a call that moves money. With
 * the same key it may be repeated until it is answered, and is carried out once.
 */
export type CallOptions<C extends Call> = Omit<PartsOf<C>, OptionalPart<PartsOf<C>>> &
  Partial<Pick<PartsOf<C>, OptionalPart<PartsOf<C>>>> & {
    /** Until a call without an answer is given up; 10 s by default. */
    readonly timeoutMs?: number;
    /** Gives the call up when it aborts, with the problem `aborted`. A command may have been carried out all the same. */
    readonly signal?: AbortSignal;
  };
export type CallArguments<C extends Call> =
  {} extends CallOptions<C> ? [options?: CallOptions<C>] : [options: CallOptions<C>];

/** No answer (`aborted`: none was waited for any more), or none that this server gives. Of a command the outcome is unknown: ask again with the same key. */
export interface LocalProblem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: "offline" | "unexpected" | "aborted";
  readonly detail: string;
}

export type Answer<Body> =
  | { readonly ok: true; readonly status: number; readonly body: Body }
  | { readonly ok: false; readonly problem: Problem | LocalProblem };

/** The part of `fetch` that is needed. */
export type Fetch = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body?: string | Uint8Array<ArrayBuffer>;
    readonly signal: AbortSignal;
  },
) => Promise<{
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { readonly get: (name: string) => string | null };
  readonly text: () => Promise<string>;
}>;

export interface Rest {
  readonly get: <P extends PathOf<"GET">>(
    path: P,
    ...options: CallArguments<`GET ${P}`>
  ) => Promise<Answer<Endpoints[`GET ${P}`]["answer"]>>;
  readonly post: <P extends PathOf<"POST">>(
    path: P,
    ...options: CallArguments<`POST ${P}`>
  ) => Promise<Answer<Endpoints[`POST ${P}`]["answer"]>>;
  readonly put: <P extends PathOf<"PUT">>(
    path: P,
    ...options: CallArguments<`PUT ${P}`>
  ) => Promise<Answer<Endpoints[`PUT ${P}`]["answer"]>>;
  readonly delete: <P extends PathOf<"DELETE">>(
    path: P,
    ...options: CallArguments<`DELETE ${P}`>
  ) => Promise<Answer<Endpoints[`DELETE ${P}`]["answer"]>>;
}

export interface RestOptions {
  /** Of the server, without a slash at its end. */
  readonly url: string;
  readonly fetch: Fetch;
  readonly token: () => string | undefined;
  /** Told of every token that the server did not accept. */
  readonly onUnauthorized: (token: string) => void;
}

/** Longer than any promised latency; a call without an answer is over then. */
const TIMEOUT_MS = 10_000;
const UNAUTHORIZED = 401;
/** The server's problem documents, and its answers. */
const JSON_TYPE = /^application\/(problem\+)?json\b/;

interface UntypedOptions {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly key?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export function createRest({ url, fetch, token, onUnauthorized }: RestOptions): Rest {
  const call = async (
    method: Method,
    template: string,
    { path = {}, query = {}, body, key, signal, timeoutMs = TIMEOUT_MS }: UntypedOptions = {},
  ): Promise<Answer<never>> => {
    const bearer = token();
    const timeout = AbortSignal.timeout(timeoutMs);
    const isJson = typeof body === "object" && !(body instanceof Uint8Array);
    let answered: { readonly ok: boolean; readonly status: number };
    let received: unknown;
    try {
      const response = await fetch(url + addressOf(template, path, query), {
        method,
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
        headers: {
          ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
          ...(body === undefined
            ? {}
            : { "content-type": isJson ? "application/json" : "text/plain" }),
          ...(key === undefined ? {} : { "x-idempotency-key": key }),
        },
        ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : (body as string) }),
      });
      const text = await response.text();
      const type = response.headers.get("content-type") ?? "";
      answered = response;
      received = JSON_TYPE.test(type)
        ? JSON.parse(text)
        : type.startsWith("text/plain")
          ? text
          : null;
    } catch {
      return failed(0, signal?.aborted ? "aborted" : "offline", "There was no answer.");
    }
    const { ok, status } = answered;
    // `null` is what something else than this server says, for example a network that wants to be logged in to.
    if (ok && received !== null) return { ok, status, body: received as never };
    if (!isProblem(received)) return failed(status, "unexpected", `The answer was ${status}.`);
    // A login's 401 is about the password that was given, not about the token.
    if (status === UNAUTHORIZED && received.code === "unauthorized" && bearer !== undefined)
      onUnauthorized(bearer);
    return { ok: false, problem: received };
  };
  const bound =
    (method: Method) =>
    (path: string, options?: UntypedOptions): Promise<Answer<never>> =>
      call(method, path, options);
  return { get: bound("GET"), post: bound("POST"), put: bound("PUT"), delete: bound("DELETE") };
}

function addressOf(
  template: string,
  path: Readonly<Record<string, unknown>>,
  query: Readonly<Record<string, unknown>>,
): string {
  const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(path[name])),
  );
  const search = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join("&");
  return search === "" ? filled : `${filled}?${search}`;
}

function failed(
  status: number,
  code: LocalProblem["code"],
  detail: string,
): { readonly ok: false; readonly problem: LocalProblem } {
  return {
    ok: false,
    problem: { type: `urn:croupier:problem:${code}`, title: detail, status, code, detail },
  };
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === "object" && value !== null && "code" in value && typeof value.code === "string"
  );
}
