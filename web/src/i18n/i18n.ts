/**
 * The console's languages. English comes with the page, that of the other pages with the first of them, and stands in for
 * what another language lacks; the others are loaded when asked for. Texts live in `en/` and `es/`, one file an area of the console, and every language has the same
 * keys: the compiler holds it to that (`TextsLike`).
 */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { en } from "./en.ts";
import { enFirst } from "./enFirst.ts";
import type { TextsLike } from "./TextsLike.ts";

type Texts = TextsLike<typeof en>;

export const LANGUAGES = ["en", "es"] as const;
export type Language = (typeof LANGUAGES)[number];

const STORAGE_KEY = "croupier.language";

const LOADERS: Readonly<Record<Exclude<Language, "en">, () => Promise<Texts>>> = {
  es: () => import("./es.ts").then(({ es }) => es),
};

declare module "i18next" {
  interface CustomTypeOptions {
    resources: typeof en;
    defaultNS: "shell";
    returnNull: false;
  }
}

export const isLanguage = (text: string | null | undefined): text is Language =>
  LANGUAGES.some((language) => language === text);

/** What the player chose, else the first language of the browser's that the console has, else English. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(STORAGE_KEY);
  if (isLanguage(chosen)) return chosen;
  const ofBrowser = navigator.languages.map((tag) => tag.split("-")[0]).find(isLanguage);
  return ofBrowser ?? "en";
}

/** Resolves when texts can be shown. A language that cannot be loaded leaves the page in English. */
export async function startTexts(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { en: enFirst },
    lng: "en",
    fallbackLng: "en",
    ns: Object.keys(enFirst),
    defaultNS: "shell",
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  const language = preferredLanguage();
  try {
    await speak(language);
  } catch {
    mark("en");
  }
}

/** Loads a language and shows the page in it. Rejects when it cannot be loaded; then nothing has changed. */
export async function speak(language: Language): Promise<void> {
  if (language !== "en" && !i18next.hasResourceBundle(language, "shell")) {
    const texts = await LOADERS[language]();
    for (const [area, bundle] of Object.entries(texts)) {
      i18next.addResourceBundle(language, area, bundle);
    }
  }
  await i18next.changeLanguage(language);
  mark(language);
}

/** Speaks it from now on, in this browser. */
export async function chooseLanguage(language: Language): Promise<void> {
  await speak(language);
  localStorage.setItem(STORAGE_KEY, language);
}

/** The English of the pages that are loaded apart from the first; to be there before one of them is shown. */
export async function loadPageTexts(): Promise<void> {
  const { enPages } = await import("./enPages.ts");
  for (const [area, texts] of Object.entries(enPages)) addTexts(area, "en", texts);
}

/** Texts of a part that is loaded apart from the page, such as the administrator's. */
export function addTexts(area: string, language: Language, texts: object): void {
  i18next.addResourceBundle(language, area, texts);
}

function mark(language: Language): void {
  document.documentElement.lang = language;
}
