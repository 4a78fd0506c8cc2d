import { SignJWT, UnsecuredJWT } from "jose";
import { expect, test } from "vitest";
import { Tokens } from "../../src/gateway/Tokens.ts";

const SECRET = "a secret of more than thirty-two bytes";
const START = Date.UTC(2026, 0, 1);

const at = (now: { ms: number }, secret = SECRET, isRevoked: Tokens["isRevoked"] = () => false) =>
  new Tokens({ secret, now: () => now.ms, isRevoked });
const claims = { playerId: "p_1", lobbyId: "demo", roles: ["player"] as const };

test("a token gives back what it was issued for, at once when it was seen before", async () => {
  const tokens = at({ ms: START });
  const { token, expiresAt } = await tokens.issue(claims);
  expect(tokens.recall(token)).toBeUndefined();
  const known = { ...claims, issuedAt: START, expiresAt };
  expect(await tokens.verify(token)).toEqual(known);
  expect(tokens.recall(token)).toEqual(known);
});

test("a token that has expired is no longer one, remembered or not", async () => {
  const now = { ms: START };
  const tokens = at(now);
  const { token, expiresAt } = await tokens.issue(claims, { lifetimeMs: 60_000 });
  await tokens.verify(token);
  now.ms = expiresAt;
  expect(tokens.recall(token)).toBeUndefined();
  expect(await tokens.verify(token)).toBeUndefined();
});

test("a token that has been revoked is no longer one, remembered or not; one of the same second may be", async () => {
  let notBefore = 0;
  const now = { ms: START + 100 };
  const tokens = at(now, SECRET, ({ issuedAt }) => issuedAt < notBefore);
  const { token } = await tokens.issue(claims);
  expect(await tokens.verify(token)).toBeDefined();
  now.ms = START + 300;
  notBefore = START + 200;
  expect(tokens.recall(token)).toBeUndefined();
  expect(await tokens.verify(token)).toBeUndefined();
  expect(await tokens.verify((await tokens.issue(claims)).token)).toBeDefined();
});

test("a token of an account that was revoked until later counts as issued then", async () => {
  const tokens = at({ ms: START });
  const { expiresAt, token } = await tokens.issue(claims, { notBefore: START + 9_999 });
  expect(await tokens.verify(token)).toMatchObject({ issuedAt: START + 9_999, expiresAt });
});

const key = new TextEncoder().encode(SECRET);
const seconds = START / 1000;

test.each([
  [
    "of another secret",
    async () => (await at({ ms: START }, `other ${SECRET}`).issue(claims)).token,
  ],
  [
    "without a signature",
    async () =>
      new UnsecuredJWT({ roles: ["admin"] })
        .setSubject("p_1")
        .setIssuer("croupier")
        .setExpirationTime(seconds + 60)
        .encode(),
  ],
  [
    "of another issuer",
    async () =>
      new SignJWT({ roles: ["admin"] })
        .setProtectedHeader({ alg: "HS256" })
        .setSubject("p_1")
        .setIssuer("elsewhere")
        .setExpirationTime(seconds + 60)
        .sign(key),
  ],
  [
    "without an expiry",
    async () =>
      new SignJWT({ roles: ["player"] })
        .setProtectedHeader({ alg: "HS256" })
        .setSubject("p_1")
        .setIssuer("croupier")
        .sign(key),
  ],
  [
    "with a role that does not exist",
    async () =>
      new SignJWT({ roles: ["root"] })
        .setProtectedHeader({ alg: "HS256" })
        .setSubject("p_1")
        .setIssuer("croupier")
        .setExpirationTime(seconds + 60)
        .sign(key),
  ],
  [
    "with another payload under the same signature",
    async () => {
      const [header, , signature] = (await at({ ms: START }).issue(claims)).token.split(".");
      const payload = Buffer.from(
        JSON.stringify({ sub: "p_2", iss: "croupier", roles: ["admin"], exp: seconds + 60 }),
      );
      return `${header}.${payload.toString("base64url")}.${signature}`;
    },
  ],
  ["that is none", async () => "x.y.z"],
  ["that is empty", async () => ""],
  ["that is endless", async () => "a".repeat(100_000)],
])("a token %s is refused", async (_, forge) => {
  expect(await at({ ms: START }).verify(await forge())).toBeUndefined();
});
