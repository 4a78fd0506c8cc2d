/**
 * Bearer tokens: JWTs signed with HS256 by this service for itself. Verifying one costs some fifty microseconds and a
 * turn of the event loop, so the claims of those verified lately are remembered until they expire.
 */
import { jwtVerify, SignJWT } from "jose";
import { Either, Schema } from "effect";
import { type CallerClaims, Role } from "../../rpc/http/security.ts";
import { LruMap } from "./LruMap.ts";

const ISSUER = "croupier";

/** A guest's token is all it has of its wallet, so it outlasts a weekend. */
export const TOKEN_LIFETIME_MS = 7 * 24 * 3_600_000;

/** Verified tokens remembered: more than the callers a process serves at once; some 500 bytes each. */
const MAX_REMEMBERED = 65_536;

/** Longer ones are not ours, and are not worth the hashing. */
const MAX_TOKEN_CHARACTERS = 2048;

const Claims = Schema.Struct({
  sub: Schema.NonEmptyString,
  iat: Schema.Finite,
  exp: Schema.Int,
  lobby_id: Schema.optional(Schema.String),
  roles: Schema.Array(Role),
});
const decodeClaims = Schema.decodeUnknownEither(Claims);

export interface IssuedToken {
  readonly token: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export class Tokens {
  private readonly key: Uint8Array;
  private readonly now: () => number;
  readonly isRevoked: (claims: CallerClaims) => boolean;
  private readonly remembered = new LruMap<string, CallerClaims>(MAX_REMEMBERED);

  constructor(options: {
    readonly secret: string;
    readonly now: () => number;
    /** Asked for every token at every use, so it must be cheap. */
    readonly isRevoked: (claims: CallerClaims) => boolean;
  }) {
    this.key = new TextEncoder().encode(options.secret);
    this.now = options.now;
    this.isRevoked = options.isRevoked;
  }

  /** `notBefore`, of an account whose tokens were revoked: the token counts as issued then at the earliest. */
  async issue(
    claims: Pick<CallerClaims, "playerId" | "lobbyId" | "roles">,
    {
      lifetimeMs = TOKEN_LIFETIME_MS,
      notBefore = 0,
    }: { readonly lifetimeMs?: number | undefined; readonly notBefore?: number } = {},
  ): Promise<IssuedToken> {
    // A JWT counts in seconds, of which this one may be a fraction: a revocation lies between two tokens of one second.
    const issuedAt = Math.max(this.now(), notBefore) / 1000;
    const expiresAt = Math.floor((this.now() + lifetimeMs) / 1000);
    const token = await new SignJWT({
      player_id: claims.playerId,
      ...(claims.lobbyId === undefined ? {} : { lobby_id: claims.lobbyId }),
      roles: claims.roles,
    })
      .setProtectedHeader({ alg: "HS256" })
      .setSubject(claims.playerId)
      .setIssuer(ISSUER)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(this.key);
    return { token, expiresAt: expiresAt * 1000 };
  }

  /** The claims of a token that was verified lately; undefined says nothing about it. */
  recall(token: string): CallerClaims | undefined {
    const claims = this.remembered.get(token);
    if (claims === undefined) return undefined;
    if (claims.expiresAt > this.now() && !this.isRevoked(claims)) return claims;
    this.remembered.delete(token);
    return undefined;
  }

  /** The token's claims, or undefined when it is forged, expired, revoked or unreadable. */
  async verify(token: string): Promise<CallerClaims | undefined> {
    if (token.length > MAX_TOKEN_CHARACTERS) return undefined;
    const payload = await jwtVerify(token, this.key, {
      algorithms: ["HS256"],
      issuer: ISSUER,
      currentDate: new Date(this.now()),
    }).then(
      (verified) => verified.payload,
      // Whatever is wrong with a token, it is no token.
      () => undefined,
    );
    const decoded = decodeClaims(payload);
    if (Either.isLeft(decoded)) return undefined;
    const { sub, exp, iat, lobby_id, roles } = decoded.right;
    const claims = {
      playerId: sub,
      lobbyId: lobby_id,
      roles,
      issuedAt: Math.round(iat * 1000),
      expiresAt: exp * 1000,
    };
    if (this.isRevoked(claims)) return undefined;
    this.remembered.set(token, claims);
    return claims;
  }
}
