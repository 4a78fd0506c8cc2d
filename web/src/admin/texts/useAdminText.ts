import i18next from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { addTexts } from "../../i18n/i18n.ts";
import type { Say, Saying } from "./AdminText.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";

const AREA = "admin";
addTexts(AREA, "en", en);
addTexts(AREA, "es", es);

export interface AdminTexts {
  readonly t: Say;
  /** What pure code had to say, in the page's language. */
  readonly tell: (saying: Saying) => string;
}

const made = new Map<string, AdminTexts>();

function textsIn(language: string): AdminTexts {
  const known = made.get(language);
  if (known !== undefined) return known;
  // i18next's own types know the players' areas only; `Say` holds keys and values to this one's.
  const translate = i18next.getFixedT(language, AREA as never) as unknown as (
    key: string,
    values?: Readonly<Record<string, string | number>>,
  ) => string;
  const texts: AdminTexts = {
    t: (key, ...[values]) => translate(key, values),
    tell: ({ key, values }) => translate(key, values),
  };
  made.set(language, texts);
  return texts;
}

/** The administrator's texts in the page's language. */
export function useAdminText(): AdminTexts {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(() => textsIn(language), [language]);
}
