import { useTranslation } from "react-i18next";
import { useTheme } from "./useTheme.ts";

const SUN =
  "M12 7a5 5 0 1 1 0 10a5 5 0 1 1 0-10zM11 1h2v3h-2zM11 20h2v3h-2zM1 11h3v2H1zM20 11h3v2h-3zM4.2 5.6l1.4-1.4 2.1 2.1-1.4 1.4zM16.3 17.7l1.4-1.4 2.1 2.1-1.4 1.4zM16.3 6.3l2.1-2.1 1.4 1.4-2.1 2.1zM4.2 18.4l2.1-2.1 1.4 1.4-2.1 2.1z";
const MOON = "M20.5 14.8A9 9 0 0 1 9.2 3.5a9 9 0 1 0 11.3 11.3z";

export function ThemeToggle() {
  const { theme, choose } = useTheme();
  const { t } = useTranslation("shell");
  const next = theme === "dark" ? "light" : "dark";
  const label = t(next === "dark" ? "darkColours" : "lightColours");
  return (
    <button
      type="button"
      className="button is-quiet is-small"
      aria-label={label}
      title={label}
      onClick={() => choose(next)}
    >
      <svg viewBox="0 0 24 24" width="18" height="18" fill="currentColor" aria-hidden="true">
        <path d={theme === "dark" ? SUN : MOON} />
      </svg>
    </button>
  );
}
