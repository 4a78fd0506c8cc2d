/** Calls of the REST API, for what surrounds a measurement. */

/** Posts JSON, with an idempotency key of its own. Rejects unless the answer is 2xx. */
export const post = async <Body>(url: string, body: object, token?: string): Promise<Body> => {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-idempotency-key": crypto.randomUUID(),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${url} answered ${response.status}: ${text}`);
  return JSON.parse(text) as Body;
};
