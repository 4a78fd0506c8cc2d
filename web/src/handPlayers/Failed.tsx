import { useTranslation } from "react-i18next";
import type { Problem } from "../http/request.ts";

/** In place of what could not be read. */
export function Failed({
  title,
  problem,
  onAgain,
}: {
  readonly title: string;
  readonly problem: Problem;
  readonly onAgain: () => void;
}) {
  const { t } = useTranslation("handPlayers");
  return (
    <div className="empty hand-player-failed" role="alert" data-code={problem.code}>
      <p>{title}</p>
      <button type="button" className="button" onClick={onAgain}>
        {t("again")}
      </button>
    </div>
  );
}
