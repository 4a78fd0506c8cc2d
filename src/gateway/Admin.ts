/** The administrator: user `admin`, whose password is the setting's and no other. */
import { PlayerId } from "../../rpc/id.ts";
import type { Accounts } from "./Accounts.ts";
import type { Passwords } from "./Passwords.ts";

const USERNAME = "admin";

/** Makes the account, or brings its password in line with the setting. */
export const ensureAdmin = async (
  accounts: Accounts,
  passwords: Passwords,
  password: string,
): Promise<void> => {
  const existing = await accounts.byUsername(USERNAME);
  if (existing !== undefined) {
    if (await passwords.matches(password, existing.password_hash ?? undefined)) return;
    return accounts.setPasswordHash(existing.player_id, await passwords.hash(password));
  }
  // Several processes may start at once: all but one find the name taken, by an account with the same password.
  await accounts.insert({
    player_id: PlayerId.make(USERNAME),
    username: USERNAME,
    password_hash: await passwords.hash(password),
    display_name: "Administrator",
    roles: ["admin"],
  });
};
