import { useEffect } from "react";

export type ReplayKey = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" | "Home" | "End" | " ";

const KEYS: readonly string[] = [
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "Home",
  "End",
  " ",
] satisfies readonly ReplayKey[];

const isReplayKey = (key: string): key is ReplayKey => KEYS.includes(key);

/** What is pressed anywhere on the page, but where the key is somebody else's: in fields, sliders, open dialogs. */
export function useReplayKeys(onKey: (key: ReplayKey) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.shiftKey || !isReplayKey(event.key)) return;
      const { target } = event;
      if (target instanceof Element && isTaken(target, event.key)) return;
      if (document.querySelector("[role=dialog], [role=menu]") !== null) return;
      event.preventDefault();
      onKey(event.key);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [onKey]);
}

const isTaken = (target: Element, key: ReplayKey): boolean =>
  target.closest("input, select, textarea, [contenteditable], [role=slider]") !== null ||
  (key === " " && target.closest("a, button, summary") !== null) ||
  // The list of actions scrolls.
  (target.closest("[data-scrolls]") !== null && key !== " ");
