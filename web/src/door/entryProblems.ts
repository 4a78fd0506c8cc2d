import type { door } from "../i18n/en/door.ts";

/** Why someone could not come in, as the door's texts name it. */
type EntryProblemKey = keyof (typeof door)["problem"];

const KEYS: Readonly<Record<string, EntryProblemKey>> = {
  bad_credentials: "badCredentials",
  lobby_not_found: "noLobby",
  no_lobby: "noLobby",
  not_found: "noLobby",
  offline: "offline",
  rate_limited: "rateLimited",
  unavailable: "unavailable",
  username_taken: "usernameTaken",
  validation_failed: "invalid",
};

/** The text's key for a problem's code; a code that is not known yet has the general one. */
export function entryProblemKey(code: string): EntryProblemKey {
  return KEYS[code] ?? "other";
}

const USERNAME = /^[A-Za-z0-9_.-]{3,32}$/;
const MIN_PASSWORD_LENGTH = 8;
const MAX_PASSWORD_LENGTH = 128;

/** What the server would refuse, found before it is asked. Which of both is wrong; null when neither. */
export function invalidField({
  username,
  password,
}: {
  readonly username: string;
  readonly password: string;
}): "username" | "password" | null {
  if (!USERNAME.test(username)) return "username";
  return isPassword(password) ? null : "password";
}

/** Whether it may be one that is new. */
export const isPassword = ({ length }: string): boolean =>
  length >= MIN_PASSWORD_LENGTH && length <= MAX_PASSWORD_LENGTH;
