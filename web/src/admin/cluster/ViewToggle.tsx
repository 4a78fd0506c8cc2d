import "./ViewToggle.css";
import { useAdminText } from "../texts/useAdminText.ts";
import { VIEWS } from "./view.ts";
import type { View } from "./view.ts";

export function ViewToggle({
  view,
  onChoose,
}: {
  readonly view: View;
  readonly onChoose: (view: View) => void;
}) {
  const { t } = useAdminText();
  return (
    <div className="view-toggle" role="group" aria-label={t("cluster.view")}>
      {VIEWS.map((each) => (
        <button
          key={each}
          type="button"
          className="button is-quiet is-small"
          aria-pressed={each === view}
          onClick={() => onChoose(each)}
        >
          {t(`cluster.${each}`)}
        </button>
      ))}
    </div>
  );
}
