import { useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useCroupier, useSession } from "../app/useSeat.ts";
import { lookAtPush, pushState, switchPushOff, switchPushOn } from "./Push.ts";
import type { PushState } from "./Push.ts";

export interface PushView {
  readonly state: PushState;
  readonly switchOn: () => void;
  readonly switchOff: () => void;
}

/** Whether notices come to this browser, and how to switch them. Nothing can be switched at the door. */
export function usePush(): PushView {
  const croupier = useCroupier();
  const playerId = useSession()?.playerId;
  const { i18n } = useTranslation();
  const { language } = i18n;
  const state = useSyncExternalStore(pushState.subscribe, pushState.get);
  useEffect(() => {
    if (playerId !== undefined) void lookAtPush(croupier, language);
  }, [croupier, playerId, language]);
  return {
    state: playerId === undefined ? "unsupported" : state,
    switchOn: () => void switchPushOn(croupier, language),
    switchOff: () => void switchPushOff(croupier),
  };
}
