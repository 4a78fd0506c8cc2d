import type { account } from "../i18n/en/account.ts";

/** Why the password was not changed, as the account's texts name it. */
type PasswordProblemKey = keyof (typeof account)["password"]["problem"];

const KEYS: Readonly<Record<string, PasswordProblemKey>> = {
  bad_credentials: "badCredentials",
  // Without an answer, whatever the reason.
  offline: "noAnswer",
  unexpected: "noAnswer",
  password_not_yours: "notYours",
  rate_limited: "rateLimited",
  unavailable: "unavailable",
};

/** The text's key for a problem's code; a code that is not known yet has the general one. */
export const passwordProblemKey = (code: string): PasswordProblemKey => KEYS[code] ?? "other";
