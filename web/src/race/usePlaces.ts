import { useTranslation } from "react-i18next";

const KEYS = ["p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8"] as const;

/** Writes a place as the page's language does: `1st`, `1.º`. */
export function usePlaces(): (place: number) => string {
  const { t } = useTranslation("results");
  return (place) => {
    const key = KEYS[place - 1];
    return key === undefined ? String(place) : t(`place.${key}`);
  };
}
