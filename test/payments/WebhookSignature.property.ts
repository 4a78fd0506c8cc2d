import fc from "fast-check";
import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { forgery, sign, TOLERANCE_SECONDS } from "../../src/payments/WebhookSignature.ts";

const NOW = 1_700_000_000_000;
const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 });
const secret = fc.string({ minLength: 16, maxLength: 64 });
const at = (seconds: number) => NOW + seconds * 1000;

describe("a webhook's signature", () => {
  it("vouches for what was signed", () => {
    fc.assert(
      fc.property(bytes, secret, (body, key) => {
        expect(forgery(sign(body, [key], NOW), body, [key], NOW)).toBeUndefined();
      }),
    );
  });

  it("does not vouch for a body with any byte changed, one more or one less", () => {
    fc.assert(
      fc.property(bytes, secret, fc.nat(), fc.integer({ min: 1, max: 255 }), (body, key, i, by) => {
        const header = sign(body, [key], NOW);
        const changed = body.map((byte, n) => (n === i % body.length ? byte ^ by : byte));
        for (const other of [changed, body.slice(0, -1), new Uint8Array([...body, by])])
          expect(forgery(header, other, [key], NOW)).toBe("the signature does not match");
      }),
    );
  });

  it("is not accepted with any character of it changed or cut off", () => {
    fc.assert(
      fc.property(bytes, fc.nat(), fc.constantFrom(..."0123456789abcdef,=tv"), (body, n, sign_) => {
        const header = sign(body, ["a secret of the house"], NOW);
        const i = n % header.length;
        const changed = header.slice(0, i) + sign_ + header.slice(i + 1);
        if (changed !== header)
          expect(forgery(changed, body, ["a secret of the house"], NOW)).toBeDefined();
        expect(forgery(header.slice(0, i), body, ["a secret of the house"], NOW)).toBeDefined();
      }),
    );
  });

  it("is refused under another secret", () => {
    const body = Buffer.from("{}");
    expect(forgery(sign(body, ["one"], NOW), body, ["other"], NOW)).toBe(
      "the signature does not match",
    );
  });

  it("is accepted while a secret is being changed, by whoever knows either", () => {
    const body = Buffer.from("{}");
    const header = sign(body, ["new", "old"], NOW);
    expect(forgery(header, body, ["old"], NOW)).toBeUndefined();
    expect(forgery(header, body, ["new"], NOW)).toBeUndefined();
    expect(forgery(sign(body, ["old"], NOW), body, ["new", "old"], NOW)).toBeUndefined();
    expect(forgery(header, body, ["third"], NOW)).toBeDefined();
  });

  it.each([
    [TOLERANCE_SECONDS, undefined],
    [TOLERANCE_SECONDS + 1, "signed too long ago"],
    [-TOLERANCE_SECONDS, undefined],
    [-TOLERANCE_SECONDS - 1, "signed too long ago"],
  ])("after %i s: %s", (seconds, why) => {
    const body = Buffer.from("{}");
    expect(forgery(sign(body, ["a"], NOW), body, ["a"], at(seconds))).toBe(why);
  });

  it.each([
    [undefined, "not signed"],
    ["", "the signature names no time"],
    ["t=,v1=00", "the signature names no time"],
    ["t=1700000000,t=1700000001,v1=00", "the signature names no time"],
    ["t=1700000000", "the signature has no v1"],
    [`t=1700000000,v0=${"0".repeat(64)}`, "the signature has no v1"],
    [`t=1700000000,v1=${"0".repeat(63)}`, "the signature has no v1"],
    [`t=1700000000,${`v1=${"0".repeat(64)},`.repeat(5)}`, "the signature has no v1"],
    ["t".repeat(600), "the signature is too long"],
  ])("%s: %s", (header, why) => {
    expect(forgery(header, Buffer.from("{}"), ["a"], NOW)).toBe(why);
  });

  it("is the scheme that Stripe's library makes and checks", () => {
    const payload = JSON.stringify({ id: "evt_1", object: "event" });
    const timestamp = NOW / 1000;
    const theirs = Stripe.webhooks.generateTestHeaderString({ payload, secret: "a", timestamp });
    expect(theirs).toBe(sign(Buffer.from(payload), ["a"], NOW));
  });
});
