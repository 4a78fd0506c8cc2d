import { refusals } from "../i18n/en/refusals.ts";

export type RefusalCode = keyof typeof refusals.title;

const isKnown = (code: string): code is RefusalCode => Object.hasOwn(refusals.title, code);

/** The code as the texts know it; `other` for one that they do not. */
export const refusalCode = (code: string): RefusalCode => (isKnown(code) ? code : "other");
