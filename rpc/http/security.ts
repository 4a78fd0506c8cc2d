/** Who may call an endpoint. An endpoint with none of these is open to everyone, and does not ask who calls. */
import { HttpApiMiddleware, HttpApiSecurity } from "@effect/platform";
import { Context, Schema } from "effect";
import { Forbidden, Unauthorized } from "./failure.ts";
import { problem } from "./problem.ts";

export const Role = Schema.Literal("player", "admin", "service");
export type Role = typeof Role.Type;

/** What a verified token says about who calls. */
export interface CallerClaims {
  readonly playerId: string;
  /** The lobby a joiner joined; none for accounts with a password. */
  readonly lobbyId: string | undefined;
  readonly roles: ReadonlyArray<Role>;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export class Caller extends Context.Tag("croupier/http/Caller")<Caller, CallerClaims>() {}

/** Who calls, where no token is needed. */
export class MaybeCaller extends Context.Tag("croupier/http/MaybeCaller")<
  MaybeCaller,
  CallerClaims | undefined
>() {}

const bearer = HttpApiSecurity.bearer;

/** Anyone with a valid token. */
export class Authenticated extends HttpApiMiddleware.Tag<Authenticated>()(
  "croupier/http/Authenticated",
  { failure: problem(Unauthorized), provides: Caller, security: { bearer } },
) {}

/** Only who has the role `admin`. */
export class AdminOnly extends HttpApiMiddleware.Tag<AdminOnly>()("croupier/http/AdminOnly", {
  failure: Schema.Union(problem(Unauthorized), problem(Forbidden)),
  provides: Caller,
  security: { bearer },
}) {}

/** Anyone; who shows a valid token is known, who shows a bad one is refused. */
export class MaybeAuthenticated extends HttpApiMiddleware.Tag<MaybeAuthenticated>()(
  "croupier/http/MaybeAuthenticated",
  { failure: problem(Unauthorized), provides: MaybeCaller },
) {}
