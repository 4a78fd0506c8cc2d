import { useTranslation } from "react-i18next";
import { figuresOf } from "./figures.ts";
import type { Figures } from "./figures.ts";

export function useFigures(): Figures {
  return figuresOf(useTranslation().i18n.language);
}
