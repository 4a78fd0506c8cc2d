/** One REST call, as a client makes it. */
export interface Called<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface CallOptions {
  readonly token?: string;
  /** Idempotency key. */
  readonly key?: string;
  readonly body?: unknown;
}

export const caller =
  (url: () => string) =>
  async <Body = Readonly<Record<string, unknown>>>(
    method: string,
    path: string,
    { body, key, token }: CallOptions = {},
  ): Promise<Called<Body>> => {
    const response = await fetch(url() + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(key === undefined ? {} : { "x-idempotency-key": key }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Body,
    };
  };
