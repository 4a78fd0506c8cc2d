import { useTranslation } from "react-i18next";
import { refusalCode } from "./refusalCode.ts";

/** What a code of the protocol means, in two or three words of the page's language. */
export function useRefusalTitle(): (code: string) => string {
  const { t } = useTranslation("refusals");
  return (code) => t(`title.${refusalCode(code)}`);
}
