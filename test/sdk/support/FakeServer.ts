/** The REST side of a server, as far as sessions need it: answers by method and path, and remembers what was asked. */
import type { Fetch } from "../../../sdk/src/index.ts";

export interface Asked {
  readonly call: string;
  readonly token: string | undefined;
  /** The idempotency key. */
  readonly key: string | undefined;
  readonly body: unknown;
}
export interface Given {
  readonly status: number;
  readonly body: unknown;
  readonly type?: string;
}

export class FakeServer {
  readonly asked: Asked[] = [];
  /** By `METHOD /path`; a call that is not here finds nobody. */
  readonly answers = new Map<string, (asked: Asked) => Given | Promise<Given>>();

  readonly fetch: Fetch = async (url, { body, headers, method, signal }) => {
    const { pathname, search } = new URL(url);
    const asked: Asked = {
      call: `${method} ${pathname}${search}`,
      token: headers["authorization"]?.replace("Bearer ", ""),
      key: headers["x-idempotency-key"],
      body: body === undefined ? undefined : bodyIn(body, headers["content-type"]),
    };
    this.asked.push(asked);
    const answer = this.answers.get(`${method} ${pathname}`);
    if (answer === undefined) throw new TypeError("fetch failed");
    const answered = answer(asked);
    const aborted = new Promise<never>((_, reject) => {
      const abort = (): void => reject(signal.reason);
      signal.addEventListener("abort", abort);
      if (signal.aborted) abort();
    });
    const {
      body: given,
      status,
      type = "application/json",
    } = await Promise.race([answered, aborted]);
    return {
      ok: status < 300,
      status,
      headers: { get: (name) => (name === "content-type" ? type : null) },
      text: async () => (typeof given === "string" ? given : JSON.stringify(given)),
    };
  };

  calls(call: string): number {
    return this.asked.filter((asked) => asked.call === call).length;
  }
}

const bodyIn = (body: string | Uint8Array, type: string | undefined): unknown => {
  const text = typeof body === "string" ? body : new TextDecoder().decode(body);
  return type === "application/json" ? JSON.parse(text) : text;
};

export const problem = (
  status: number,
  code: string,
  more: Readonly<Record<string, unknown>> = {},
): Given => ({
  status,
  type: "application/problem+json",
  body: { type: "urn:x", title: "No", status, code, detail: "No.", ...more },
});

export const UNAUTHORIZED = problem(401, "unauthorized");
