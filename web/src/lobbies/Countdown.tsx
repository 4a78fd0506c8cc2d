import { useTranslation } from "react-i18next";
import type { LobbyBody } from "../../../sdk/src/index.ts";
import { countdown, leftMs } from "./lobbyView.ts";
import { useNow } from "./useNow.ts";

/** Under it the countdown calls for attention. */
const URGENT_MS = 10_000;

/** Where a lobby stands, and for how long. */
export function Countdown({
  lobby,
  isOld,
}: {
  readonly lobby: LobbyBody;
  readonly isOld: boolean;
}) {
  const { t } = useTranslation("lobbies");
  const left = leftMs(lobby, useNow());
  const { phase } = lobby;
  return (
    <p className="lobby-phase" data-phase={phase}>
      <span className="tag lobby-phase-name" data-phase={phase}>
        {t(`phase.${phase}`)}
      </span>
      {left !== null && !isOld && phase !== "settling" && (
        <span
          className="lobby-left figure"
          role="timer"
          data-urgent={phase === "betting" && left < URGENT_MS}
        >
          <span className="unseen">{t(`until.${phase}`)} </span>
          {countdown(left)}
        </span>
      )}
    </p>
  );
}
