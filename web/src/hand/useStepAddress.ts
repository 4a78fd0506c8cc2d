import { useEffect } from "react";
import { useLocation } from "wouter";
import { paths } from "../app/paths.ts";

/** Browsers refuse to have the address changed all the time; it follows when the replay rests. */
const REST_MS = 250;

export const stepAddress = (handId: string, index: number): string =>
  index === 0 ? paths.hand(handId) : `${paths.hand(handId)}?step=${index}`;

/** The address names the step that is shown, so that it can be shared and found again. */
export function useStepAddress(handId: string, index: number, isPlaying: boolean): void {
  const [, navigate] = useLocation();
  useEffect(() => {
    if (isPlaying) return undefined;
    const address = stepAddress(handId, index);
    const timer = setTimeout(() => {
      if (location.hash !== `#${address}`) navigate(address, { replace: true });
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [handId, index, isPlaying, navigate]);
}
