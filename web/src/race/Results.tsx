/**
 * The result of a race that is over. The parts below show what they are given and need neither table nor session, so any
 * page can use them:
 *
 *   <Results race={race} crossings={crossings} bets={bets} powersMinor={0} links={false} />
 *     race         body of `GET /races/{id}`, or what is known of it: `race_id`, `runners`, and once known `order`,
 *                  `photo_finish`, `payouts`
 *     crossings?   when each runner reached the line (`crossingsOfReplay(replay)`); without it there are no times and no
 *                  picture of the finish
 *     bets?        the viewer's own on this race, as `GET /bets?race_id=` tells them; without it no account is shown
 *     powersMinor? what the viewer spent on powers in this race
 *     links?       whether links to the replay and the proof stand below; true unless said otherwise
 *
 *   <FinishOrder race crossings? />            the order with places, times and margins
 *   <PhotoFinish race crossings />             (PhotoFinish.tsx) the picture; always shown, so ask `isClose` before
 *   <Dividends race />                         (Dividends.tsx) what each market pays
 *   <Arithmetic race bets powersMinor? />      (Arithmetic.tsx) how each of the viewer's payouts came about
 *
 * Pure parts: `finishersOf`, `winningMarginMs`, `isClose` (finishers.ts), `crossingsOfReplay` (RaceOutcome.ts),
 * `accountOf` (../bets/account.ts), `useMarkets()` (../bets/useMarkets.ts: names of the markets).
 */
import "./Results.css";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import type { Bet } from "../../../sdk/src/index.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { Arithmetic } from "./Arithmetic.tsx";
import { Dividends } from "./Dividends.tsx";
import { PhotoFinish } from "./PhotoFinish.tsx";
import type { Crossings, RaceOutcome } from "./RaceOutcome.ts";
import { RunnerMark } from "./RunnerMark.tsx";
import { finishersOf, isClose, winningMarginMs } from "./finishers.ts";
import { usePlaces } from "./usePlaces.ts";

export interface ResultsProps {
  readonly race: RaceOutcome;
  readonly crossings?: Crossings | undefined;
  readonly bets?: readonly Bet[] | undefined;
  readonly powersMinor?: number | undefined;
  readonly links?: boolean | undefined;
}

/** What came in and how close, what each market pays, and how that came about for the viewer. */
export function Results({ race, crossings, bets, powersMinor, links = true }: ResultsProps) {
  const { t } = useTranslation("results");
  const note = useFinishNote(race, crossings);
  if (race.order === undefined) return null;
  const hasPicture = crossings !== undefined && isClose(race, finishersOf(race, crossings));
  return (
    <section className="panel results" aria-labelledby="results-title">
      <div className="panel-head">
        <h2 id="results-title">{t("title")}</h2>
        {note !== null && <span className="tag is-note">{note}</span>}
      </div>
      {hasPicture && <PhotoFinish race={race} crossings={crossings} />}
      <div className="results-parts">
        <FinishOrder race={race} crossings={crossings} />
        <Dividends race={race} />
      </div>
      {links && (
        <p className="results-links">
          <Link href={paths.race(race.race_id)} className="button is-small">
            {t("replay")}
          </Link>
          <Link
            href={paths.verify(race.race_id)}
            className="button is-small"
            title={t("verifyHint")}
          >
            {t("verify")}
          </Link>
        </p>
      )}
      {bets !== undefined && <Arithmetic race={race} bets={bets} powersMinor={powersMinor ?? 0} />}
    </section>
  );
}

export function FinishOrder({
  race,
  crossings,
}: {
  readonly race: RaceOutcome;
  readonly crossings?: Crossings | undefined;
}) {
  const { t } = useTranslation("results");
  const places = usePlaces();
  const format = useFormat();
  const finishers = finishersOf(race, crossings);
  const winnerMs = finishers[0]?.atMs ?? null;
  const timeOf = (place: number, atMs: number | null): string => {
    if (winnerMs === null) return "";
    if (atMs === null) return t("notHome");
    if (place === 1) return seconds(format.number, atMs);
    return t("behind", { time: seconds(format.number, atMs - winnerMs) });
  };
  return (
    <ol className="results-order" aria-label={t("order")}>
      {finishers.map(({ number, name, place, isShared, atMs }) => (
        <li key={number} data-place={place}>
          <span className="results-place figure" title={isShared ? t("sharedTitle") : undefined}>
            {isShared ? t("shared", { place: places(place) }) : places(place)}
          </span>
          <RunnerMark number={number} size={place <= 3 ? 30 : 22} />
          <span className="results-name">{name}</span>
          <span className="results-time figure muted">{timeOf(place, atMs)}</span>
        </li>
      ))}
    </ol>
  );
}

/** Two decimals, as a stopwatch has them. */
const seconds = (number: (value: number, digits: number) => string, ms: number): string =>
  `${number(ms / 1000, 2)} s`;

function useFinishNote(race: RaceOutcome, crossings: Crossings | undefined): string | null {
  const { t } = useTranslation("results");
  const format = useFormat();
  if ((race.order?.[0]?.length ?? 0) > 1) return t("deadHeat");
  const marginMs = winningMarginMs(finishersOf(race, crossings));
  const isPhoto = race.photo_finish === true;
  if (marginMs === null) return isPhoto ? t("photo") : null;
  const time =
    marginMs < 10
      ? t("hairsbreadth", { time: seconds(format.number, 10) })
      : seconds(format.number, marginMs);
  return isPhoto ? t("photoBy", { time }) : t("wonBy", { time });
}
