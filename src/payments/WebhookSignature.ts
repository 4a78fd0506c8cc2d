/**
 * How webhooks are signed: the scheme that Stripe made common. The header says `t=<epoch seconds>,v1=<hex>[,v1=<hex>…]`; each
 * v1 is the HMAC-SHA256, under one secret, of `<t>.` and the body's bytes as they were sent. While a secret is being changed
 * the sender signs with both, and a receiver that knows either is content. The time is signed too, so that a webhook that was
 * listened to cannot be played again later.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

export const SIGNATURE_HEADER = "sandbox-signature";

/** Clocks differ and retries are signed anew: what is further from now than this is a replay. */
export const TOLERANCE_SECONDS = 300;
/** Two secrets at a time are enough to change one; a sender of hundreds makes us compute for nothing. */
const MAX_SIGNATURES = 4;
const MAX_HEADER_LENGTH = 512;
const MS_PER_SECOND = 1000;

const mac = (secret: string, seconds: string, body: Uint8Array) =>
  createHmac("sha256", secret).update(`${seconds}.`).update(body).digest();

/** The header of a webhook that is sent at `now`, epoch milliseconds: signed with each of the secrets. */
export const sign = (body: Uint8Array, secrets: ReadonlyArray<string>, now: number): string => {
  const seconds = String(Math.trunc(now / MS_PER_SECOND));
  const signatures = secrets.map((secret) => `v1=${mac(secret, seconds, body).toString("hex")}`);
  return [`t=${seconds}`, ...signatures].join(",");
};

/** Why the header does not vouch for the body, in a few words; undefined when it does. `now`: epoch milliseconds. */
export const forgery = (
  header: string | undefined,
  body: Uint8Array,
  secrets: ReadonlyArray<string>,
  now: number,
): string | undefined => {
  if (header === undefined) return "not signed";
  if (header.length > MAX_HEADER_LENGTH) return "the signature is too long";
  const fields = header.split(",").map((field) => field.split("="));
  const valuesOf = (name: string) =>
    fields.flatMap(([key, value, ...rest]) =>
      key === name && value !== undefined && rest.length === 0 ? [value] : [],
    );
  const [seconds, ...otherTimes] = valuesOf("t");
  if (seconds === undefined || otherTimes.length > 0 || !/^\d{1,12}$/.test(seconds))
    return "the signature names no time";
  const given = valuesOf("v1").filter((value) => /^[0-9a-f]{64}$/.test(value));
  if (given.length === 0 || given.length > MAX_SIGNATURES) return "the signature has no v1";
  const expected = secrets.map((secret) => mac(secret, seconds, body));
  const isSigned = given.some((value) =>
    expected.some((one) => timingSafeEqual(one, Buffer.from(value, "hex"))),
  );
  if (!isSigned) return "the signature does not match";
  const ageSeconds = Math.abs(now / MS_PER_SECOND - Number(seconds));
  return ageSeconds > TOLERANCE_SECONDS ? "signed too long ago" : undefined;
};
