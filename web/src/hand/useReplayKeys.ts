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

/** What a key does anyway where the focus is. */
function isTaken(target: Element, key: ReplayKey): boolean {
  const isText = "select, textarea, [contenteditable], input:not([type=radio], [type=range])";
  if (target.closest(isText) !== null) return true;
  if (key === " ") return target.closest("a, button, summary") !== null;
  // A choice, a slider and the list of actions have arrows of their own.
  return target.closest("input, [role=slider], [data-has-arrows]") !== null;
}
