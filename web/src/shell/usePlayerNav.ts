import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSeatState } from "../app/useSeat.ts";
import type { NavEntry } from "./navEntry.ts";
import { destinations, groupOf } from "./products.ts";
import { saidIn } from "./say.ts";

/** The player's ways through the console, in the page's language. */
export function usePlayerNav(): readonly NavEntry[] {
  const { i18n } = useTranslation("shell");
  const { language } = i18n;
  const hasSeat = useSeatState().table !== null;
  return useMemo(
    () =>
      destinations(hasSeat).map(({ id, label, href, icon, alsoAt = [] }) => ({
        id,
        label: saidIn(language, { key: label }),
        href,
        icon,
        group: groupOf(id),
        isHere: (location: string) =>
          location === href ||
          [...(href === "/" ? [] : [href]), ...alsoAt].some((at) => location.startsWith(`${at}/`)),
      })),
    [language, hasSeat],
  );
}
