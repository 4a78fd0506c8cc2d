/** The administrator: user `admin`, whose password is the setting's and no other. */
import { PlayerId } from "../../rpc/id.ts";
import type { Accounts } from "./Accounts.ts";
import type { Passwords } from "./Passwords.ts";
import type { Revocations } from "./Revocations.ts";

export const ADMIN_USERNAME = "admin";

/** Makes the account, or brings its password in line with the setting; then whoever came in with the old one is out. */
export const ensureAdmin = async (
  accounts: Accounts,
  passwords: Passwords,
  revocations: Pick<Revocations, "next">,
  password: string,
): Promise<void> => {
  const existing = await accounts.byUsername(ADMIN_USERNAME);
  if (existing !== undefined) {
    if (await passwords.matches(password, existing.password_hash ?? undefined)) return;
    const passwordHash = await passwords.hash(password);
    await accounts.setPassword(existing.player_id, revocations.next(), passwordHash);
    return;
  }
  // Several processes may start at once: all but one find the name taken, by an account with the same password.
  await accounts.insert({
    player_id: PlayerId.make(ADMIN_USERNAME),
    username: ADMIN_USERNAME,
    password_hash: await passwords.hash(password),
    display_name: "Administrator",
    roles: ["admin"],
  });
};
