import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { Unavailable } from "../failure.ts";
import { LobbyId } from "../id.ts";
import { LobbyNotFound } from "../lobby.ts";
import { BadCredentials, PasswordNotYours, RateLimited, UsernameTaken } from "./failure.ts";
import { problem } from "./problem.ts";
import { Authenticated, Role } from "./security.ts";

/** Shown to other players; what is invisible or breaks a line is refused. */
export const DisplayName = Schema.Trim.pipe(
  Schema.minLength(1),
  Schema.maxLength(40),
  Schema.pattern(/^[^\p{C}\p{Zl}\p{Zp}]+$/u),
);

/** Compared without regard to case. */
export const Username = Schema.String.pipe(Schema.pattern(/^[A-Za-z0-9_.-]{3,32}$/));

/** 8 to 128 characters of any kind. The upper bound keeps hashing affordable. */
export const Password = Schema.String.pipe(Schema.minLength(8), Schema.maxLength(128));

export const JoinBody = Schema.Struct({
  display_name: DisplayName,
  lobby_id: Schema.optional(LobbyId),
});

export const JoinedBody = Schema.Struct({
  token: Schema.String,
  player_id: Schema.String,
  lobby_id: Schema.String,
  ws_url: Schema.String,
  expires_at: Schema.String,
});
export type JoinedBody = typeof JoinedBody.Type;

export const Credentials = Schema.Struct({ username: Username, password: Password });

/** `ws_url` is of the gateway nearest to the player's wallet; any other serves as well. */
export const TokenBody = Schema.Struct({
  player_id: Schema.String,
  token: Schema.String,
  expires_at: Schema.String,
  ws_url: Schema.String,
});
export type TokenBody = typeof TokenBody.Type;

export const MeBody = Schema.Struct({
  player_id: Schema.String,
  display_name: Schema.String,
  roles: Schema.Array(Role),
});
export type MeBody = typeof MeBody.Type;

export class AuthApi extends HttpApiGroup.make("auth")
  .add(
    HttpApiEndpoint.post("join", "/auth/join")
      .setPayload(JoinBody)
      .addSuccess(JoinedBody, { status: 201 })
      .addError(problem(LobbyNotFound))
      .addError(problem(Unavailable))
      .annotate(OpenApi.Description, "A guest with a wallet and the joining grant."),
  )
  .add(
    HttpApiEndpoint.post("register", "/auth/register")
      .setPayload(Credentials)
      .addSuccess(TokenBody, { status: 201 })
      .addError(problem(UsernameTaken))
      .addError(problem(Unavailable)),
  )
  .add(
    HttpApiEndpoint.post("login", "/auth/login")
      // Whatever was once accepted as a password may be tried, so only the size is bounded here.
      .setPayload(Schema.Struct({ username: Schema.String, password: Schema.String }))
      .addSuccess(TokenBody)
      .addError(problem(BadCredentials))
      .addError(problem(RateLimited))
      .addError(problem(Unavailable)),
  )
  .add(
    HttpApiEndpoint.post("refresh", "/auth/refresh")
      .addSuccess(TokenBody)
      .addError(problem(Unavailable))
      .middleware(Authenticated)
      .annotate(
        OpenApi.Description,
        "A new token for the holder of a valid one, with the account's roles of now and the lobby of the old token, which stays valid until it expires or is revoked. 401 when there is no such account any more.",
      ),
  )
  .add(
    HttpApiEndpoint.post("logoutEverywhere", "/auth/logout_everywhere")
      .addSuccess(TokenBody)
      .addError(problem(Unavailable))
      .middleware(Authenticated)
      .annotate(
        OpenApi.Description,
        "Ends all tokens of the account, within a second everywhere, and closes their WebSockets with 1008. The answer has a new one, the only one that is good then: whoever asks stays, all others are out.",
      ),
  )
  .add(
    HttpApiEndpoint.post("changePassword", "/auth/password")
      .setPayload(Schema.Struct({ password: Schema.String, new_password: Password }))
      .addSuccess(TokenBody)
      .addError(problem(BadCredentials))
      .addError(problem(PasswordNotYours))
      .addError(problem(RateLimited))
      .addError(problem(Unavailable))
      .middleware(Authenticated)
      .annotate(
        OpenApi.Description,
        "Ends all tokens of the account as `/auth/logout_everywhere` does.",
      ),
  )
  .add(
    HttpApiEndpoint.get("me", "/auth/me")
      .addSuccess(MeBody)
      .addError(problem(Unavailable))
      .middleware(Authenticated),
  ) {}
