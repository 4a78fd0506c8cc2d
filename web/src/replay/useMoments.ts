import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { isPowerId } from "../../../entities/lobby/race/power.ts";
import { useFormat } from "../i18n/useFormat.ts";
import type { Film } from "./Film.ts";
import { secondsOf } from "./Playback.ts";

export interface Moments {
  /** A tick as seconds, `12.35 s`. */
  readonly clock: (tick: number) => string;
  readonly powerName: (power: string) => string;
  readonly runnerName: (number: number) => string;
  /** `Oil Slick on Neon Comet, 12.35 s`. */
  readonly nameOf: (cast: Film["casts"][number]) => string;
}

/** How moments of a film are called in the page's language. */
export function useMoments(film: Film): Moments {
  const { t } = useTranslation("replay");
  const { t: powers } = useTranslation("powers");
  const format = useFormat();
  return useMemo(() => {
    const clock = (tick: number) => `${format.number(secondsOf(tick), 2)} s`;
    const powerName = (power: string) => (isPowerId(power) ? powers(`name.${power}`) : power);
    const runnerName = (number: number) =>
      film.recording.runners.find((runner) => runner.number === number)?.name ?? String(number);
    return {
      clock,
      powerName,
      runnerName,
      nameOf: ({ castTick, power, target }) =>
        t("cast", { power: powerName(power), runner: runnerName(target), time: clock(castTick) }),
    };
  }, [film, format, t, powers]);
}
