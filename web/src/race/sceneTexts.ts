import i18next from "i18next";
import { formatsOf } from "../i18n/formats.ts";

/** Words that are painted into the picture. */
export interface SceneTexts {
  readonly start: string;
  readonly finish: string;
  readonly finishPicture: string;
  readonly you: string;
  readonly toGo: (metres: number) => string;
  readonly metres: (metres: number) => string;
  readonly scratched: (name: string) => string;
}

let made: { readonly language: string; readonly texts: SceneTexts } | null = null;

/** In the page's language; the same object until that changes. Not a hook, for a canvas is painted outside of React. */
export function sceneTexts(): SceneTexts {
  const { language } = i18next;
  if (made?.language !== language) made = { language, texts: make(language) };
  return made.texts;
}

function make(language: string): SceneTexts {
  const t = i18next.getFixedT(language, "race");
  const format = formatsOf(language);
  return {
    start: t("start"),
    finish: t("finish"),
    finishPicture: t("finishPicture"),
    you: t("you"),
    metres: (metres) => `${format.number(metres)} m`,
    toGo: (metres) => t("toGo", { distance: `${format.number(metres)} m` }),
    scratched: (name) => t("scratched", { name }),
  };
}
