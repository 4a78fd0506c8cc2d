import type { AdminAct } from "../../../../rpc/http/admin/acts.ts";
import { en } from "../texts/en.ts";
import type { Say } from "../texts/AdminText.ts";

/** All acts there are, in the order of a menu. The compiler holds that none is missing. */
const KINDS: Readonly<Record<AdminAct, true>> = {
  create_lobby: true,
  stop_lobby: true,
  create_raffle: true,
  edit_raffle: true,
  publish_raffle: true,
  suspend_raffle: true,
  resume_raffle: true,
  close_raffle: true,
  draw_raffle: true,
  cancel_raffle: true,
  switch_provider: true,
  resolve_refund: true,
  adjust_wallet: true,
  freeze_wallet: true,
  unfreeze_wallet: true,
  revoke_tokens: true,
  grant_admin: true,
  revoke_admin: true,
  send_command: true,
  pause_kind: true,
  resume_kind: true,
  add_process: true,
  pause_process: true,
  resume_process: true,
  drain_process: true,
  stop_process: true,
  kill_process: true,
};

export const ACT_KINDS = Object.keys(KINDS) as readonly AdminAct[];

export const isAct = (text: string): text is AdminAct => Object.hasOwn(KINDS, text);

/** What was done, in words; an act of another release as it comes. */
export function actText(act: string, t: Say): string {
  return Object.hasOwn(en.acts.kinds, act) ? t(`acts.kinds.${act as AdminAct}`) : act;
}
