import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Blank } from "./Blank.tsx";

/** In place of what could not be read: what it was, and the way to ask for it again. */
export function Failed({
  title,
  meaning,
  code,
  onAgain,
  children,
}: {
  readonly title: string;
  readonly meaning?: string;
  readonly code?: string;
  readonly onAgain: () => void;
  /** Other ways on from here. */
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation("shell");
  return (
    <Blank icon="missing" title={title} meaning={meaning} role="alert" code={code}>
      <button type="button" className="button" onClick={onAgain}>
        {t("tryAgain")}
      </button>
      {children}
    </Blank>
  );
}
