/** Why an administrator does something, as typed. */
import { saying } from "./texts/AdminText.ts";
import type { Saying } from "./texts/AdminText.ts";

/** As the contract has it. */
export const MAX_REASON_CHARACTERS = 200;
const CONTROL = /[\p{C}\p{Zl}\p{Zp}]/u;

/** What is wrong with a reason as typed; spaces around it do not count. */
export function faultOfReason(typed: string): Saying | null {
  const reason = typed.trim();
  if (reason === "") return saying("fault.required");
  if (reason.length > MAX_REASON_CHARACTERS) {
    return saying("fault.tooLong", { most: MAX_REASON_CHARACTERS });
  }
  return CONTROL.test(reason) ? saying("fault.oneLine") : null;
}
