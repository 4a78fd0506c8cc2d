import { useTranslation } from "react-i18next";
import type { RaffleBody } from "../../../sdk/src/index.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { countdown } from "../lobbies/lobbyView.ts";
import { useNow } from "../lobbies/useNow.ts";

/** Nearer than this, the seconds are counted. */
const COUNTED_MS = 3_600_000;

/** When a raffle is drawn: how long it is until then. */
export function DrawTime({ raffle }: { readonly raffle: Pick<RaffleBody, "draw_at" | "status"> }) {
  const { t } = useTranslation("raffle");
  const { ago, dateTime } = useFormat();
  const nowMs = useNow();
  const leftMs = Date.parse(raffle.draw_at) - nowMs;
  const isDue = leftMs <= 0;
  const isSoon = leftMs < COUNTED_MS;
  return (
    <time
      className="draw-time figure"
      dateTime={raffle.draw_at}
      title={dateTime(raffle.draw_at)}
      data-soon={isSoon && !isDue}
    >
      {isDue
        ? t("drawTime.due")
        : isSoon
          ? t("drawTime.in", { time: countdown(leftMs) })
          : ago(raffle.draw_at, nowMs)}
    </time>
  );
}
