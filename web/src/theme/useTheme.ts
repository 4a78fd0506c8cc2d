/** Dark or light: what the system says, until the player says otherwise. Every part of the page sees the same choice. */
import { useSyncExternalStore } from "react";
import { createStore } from "../app/Store.ts";
import { BAR_COLOURS } from "./barColours.ts";
import type { Theme } from "./barColours.ts";

export const THEME_CHOICES = ["system", "light", "dark"] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

const STORAGE_KEY = "croupier.theme";
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

interface ThemeState {
  readonly choice: ThemeChoice;
  readonly theme: Theme;
}

const store = createStore<ThemeState>(stateOf("system"));

export const isThemeChoice = (value: unknown): value is ThemeChoice =>
  THEME_CHOICES.some((choice) => choice === value);

/** What the player chose in this browser. */
export function keptTheme(): ThemeChoice {
  const kept = localStorage.getItem(STORAGE_KEY);
  return isThemeChoice(kept) ? kept : "system";
}

/** To be called once, before the page is shown: shows the choice, and follows it and the system from then on. */
export function showTheme(choice: ThemeChoice): void {
  store.update(() => stateOf(choice));
  show(store.get());
  store.subscribe(() => show(store.get()));
  systemIsDark.addEventListener("change", () => store.update((state) => stateOf(state.choice)));
}

export interface ThemeInUse extends ThemeState {
  readonly choose: (choice: ThemeChoice) => void;
}

export function useTheme(): ThemeInUse {
  const state = useSyncExternalStore(store.subscribe, store.get);
  return { ...state, choose };
}

function choose(choice: ThemeChoice): void {
  if (choice === "system") localStorage.removeItem(STORAGE_KEY);
  else localStorage.setItem(STORAGE_KEY, choice);
  store.update(() => stateOf(choice));
}

function stateOf(choice: ThemeChoice): ThemeState {
  const ofSystem = systemIsDark.matches ? "dark" : "light";
  return { choice, theme: choice === "system" ? ofSystem : choice };
}

/** Marks the page, which the style sheet follows, and colours the browser's own bars like the page's header. */
function show({ choice, theme }: ThemeState): void {
  const { dataset } = document.documentElement;
  if (choice === "system") delete dataset["theme"];
  else dataset["theme"] = choice;
  document.querySelector("meta[name=theme-color]")?.setAttribute("content", BAR_COLOURS[theme]);
}
