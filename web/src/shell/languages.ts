import type { Language } from "../i18n/i18n.ts";

/** Each in itself, for who does not read the page's. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: "English",
  es: "Español",
};
