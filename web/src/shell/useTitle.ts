import { useEffect } from "react";

/** Names the page in the browser's tab and to who has it read out: `Wallet · Croupier`. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Croupier`;
    return () => {
      document.title = "Croupier";
    };
  }, [title]);
}
