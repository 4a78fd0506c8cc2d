import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";

const KIB = 1024;

/** `1.2 MB`, as the page's language writes it. */
export function useBytes(): (bytes: number) => string {
  const { t } = useTranslation("handImport");
  const { number } = useFormat();
  return useMemo(
    () => (bytes) => {
      if (bytes < KIB) return t("size.bytes", { size: number(bytes) });
      if (bytes < KIB * KIB) return t("size.kilo", { size: number(bytes / KIB) });
      return t("size.mega", { size: number(bytes / KIB / KIB, 1) });
    },
    [t, number],
  );
}
