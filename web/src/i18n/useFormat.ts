/** Money, numbers, dates and times as the page's language writes them. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { formatsOf } from "./formats.ts";
import type { Formats } from "./formats.ts";

export function useFormat(): Formats {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(() => formatsOf(language), [language]);
}
