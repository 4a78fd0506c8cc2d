const KEY_BYTES = 12;

/** An idempotency key: not guessed, not repeated. `crypto.randomUUID` is missing where the console is served without TLS. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return `admin-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
