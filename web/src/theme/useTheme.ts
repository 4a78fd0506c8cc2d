/** Dark or light: what the system says, until the player says otherwise. */
import { useEffect, useState } from "react";

export type Theme = "light" | "dark";

const STORAGE_KEY = "croupier.theme";
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

export function keptTheme(): Theme | null {
  const kept = localStorage.getItem(STORAGE_KEY);
  return kept === "light" || kept === "dark" ? kept : null;
}

/** Marks the page, which the style sheet follows; null leaves the choice to the system. */
export function showTheme(theme: Theme | null): void {
  if (theme === null) delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

export function useTheme(): { readonly theme: Theme; readonly toggle: () => void } {
  const [chosen, setChosen] = useState(keptTheme);
  const [isDark, setIsDark] = useState(systemIsDark.matches);
  useEffect(() => {
    const follow = () => setIsDark(systemIsDark.matches);
    systemIsDark.addEventListener("change", follow);
    return () => systemIsDark.removeEventListener("change", follow);
  }, []);
  const theme = chosen ?? (isDark ? "dark" : "light");
  return {
    theme,
    toggle: () => {
      const next = theme === "dark" ? "light" : "dark";
      localStorage.setItem(STORAGE_KEY, next);
      showTheme(next);
      setChosen(next);
    },
  };
}
