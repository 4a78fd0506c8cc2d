import { useEffect } from "react";

/** While betting is open: a digit picks the runner with that number, Enter on the page itself places the bet. */
export function useNumberKeys(isOpen: boolean, onPick: (number: number) => void): void {
  useEffect(() => {
    if (!isOpen) return;
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const { target } = event;
      if (!(target instanceof HTMLElement) || isTyping(target)) return;
      if (document.querySelector("dialog[open]") !== null) return;
      if (/^[1-8]$/.test(event.key)) {
        const runner = document.querySelector<HTMLButtonElement>(`[data-runner="${event.key}"]`);
        if (runner === null || runner.disabled) return;
        event.preventDefault();
        onPick(Number(event.key));
      } else if (event.key === "Enter" && (target === document.body || target.id === "main")) {
        document
          .querySelector<HTMLButtonElement>("form#slip > button[type=submit]:not(:disabled)")
          ?.click();
      }
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [isOpen, onPick]);
}

/** Whether the key belongs to a field in which text is typed. */
function isTyping(target: HTMLElement): boolean {
  if (target instanceof HTMLInputElement) return target.type !== "radio";
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    target.isContentEditable
  );
}
