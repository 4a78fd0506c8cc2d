import i18next from "i18next";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { formatsOf } from "../i18n/formats.ts";
import type { Figure, Said } from "./notify.ts";

/** A text in a language, its figures written as the language writes them. */
export function saidIn(language: string, said: Said): string {
  if (typeof said === "string") return said;
  const formats = formatsOf(language);
  const written = (value: string | number | Figure) => {
    if (typeof value !== "object") return value;
    return "money" in value ? formats.money(value.money) : formats.time(value.time);
  };
  const vars = Object.entries(said.vars ?? {}).map(([name, value]) => [name, written(value)]);
  // A key out of a list is no literal that i18next's types could look up; `TextKey` has checked it.
  const t = i18next.getFixedT(language) as TFunction as (key: string, vars: object) => string;
  return t(said.key, Object.fromEntries(vars));
}

/** `saidIn` the page's language; the component renders again when that changes. */
export function useSay(): (said: Said) => string {
  const { i18n } = useTranslation("shell");
  const { language } = i18n;
  return (said) => saidIn(language, said);
}
