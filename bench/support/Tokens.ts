/** Tokens signed here instead of fetched: for players who are in the database already, and for the administrator. */
import { Tokens } from "../../src/gateway/Tokens.ts";

/** Given to the server as `JWT_SECRET`. */
export const SECRET = "bench-only-jwt-secret-of-at-least-32-bytes";

export const tokens = new Tokens({ secret: SECRET, now: () => Date.now(), isRevoked: () => false });
