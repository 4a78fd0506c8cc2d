import "./RacePage.css";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { BetBody, RaceBody } from "../../../sdk/src/index.ts";
import { paths } from "../app/paths.ts";
import { useHashQuery } from "../app/useLocationHash.ts";
import { useCroupier, useSession } from "../app/useSeat.ts";
import { readBets } from "../bets/readBets.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { crossingsOfReplay } from "../race/RaceOutcome.ts";
import { Results } from "../race/Results.tsx";
import { tickOf } from "../replay/Playback.ts";
import { Replay } from "../replay/Replay.tsx";
import type { ReplayHandle } from "../replay/Replay.tsx";
import { readReplay } from "../replay/readReplay.ts";
import type { Recording } from "../replay/readReplay.ts";
import { Blank } from "../shell/Blank.tsx";
import { Failed } from "../shell/Failed.tsx";
import { PageLoading } from "../shell/PageLoading.tsx";
import { useTitle } from "../shell/useTitle.ts";
import { noteCommitment } from "../verify/notedCommitments.ts";
import { Casts } from "./Casts.tsx";
import { Field } from "./Field.tsx";
import { Proof } from "./Proof.tsx";
import { useEvery } from "./useEvery.ts";
import { useRead } from "../http/useRead.ts";

/** Until a race is settled its page looks what has become of it. */
const LOOK_EVERY_MS = 2_000;

/** A race, whatever its status. Over, it can be watched again, with `?t=12.3` in the address from that moment on. */
export default function RacePage({ raceId }: { readonly raceId: string }) {
  const croupier = useCroupier();
  const tick = tickOf(useHashQuery().get("t")) ?? 0;
  const { t } = useTranslation("races");
  const { again, reading } = useRead(
    useMemo(
      () => () => croupier.get("/races/{race_id}", { path: { race_id: raceId } }),
      [croupier, raceId],
    ),
  );
  const race = reading.kind === "read" ? reading.body : null;
  useEvery(race === null || race.status === "settled" ? null : LOOK_EVERY_MS, again);
  useNote(race);
  const title = useTitleOf(race);
  useTitle(title);

  if (reading.kind === "loading") return <PageLoading />;
  if (race === null) {
    const isUnknown = reading.kind === "failed" && reading.problem.status === 404;
    return (
      <main id="main" tabIndex={-1} className="page is-stack race-page">
        <p className="page-back">
          <Link href={paths.races}>{t("race.back")}</Link>
        </p>
        <h1>{t("race.title")}</h1>
        {isUnknown ? (
          <Blank icon="races" title={t("race.unknown")} role="alert">
            <Link href={paths.races} className="button">
              {t("race.back")}
            </Link>
          </Blank>
        ) : (
          <Failed title={t("race.failed")} onAgain={again} />
        )}
      </main>
    );
  }
  return (
    <main id="main" tabIndex={-1} className="page is-stack race-page" data-status={race.status}>
      <Head race={race} title={title} />
      <Present race={race} />
      {race.order === undefined ? (
        <div className="race-page-columns">
          <Field race={race} />
          <Proof race={race} />
        </div>
      ) : (
        <Over key={tick} race={race} initialTick={tick} />
      )}
    </main>
  );
}

function useTitleOf(race: RaceBody | null): string {
  const { t } = useTranslation("races");
  const winners = race?.order?.[0] ?? [];
  const winner = winners
    .map((number) => race?.runners.find((runner) => runner.number === number)?.name ?? number)
    .join(" = ");
  if (winners.length === 0) return t("race.title");
  return winners.length > 1 ? t("race.titleHeat", { winner }) : t("race.titleWon", { winner });
}

/** Whoever looks while bets are taken has the commitment to compare with. */
function useNote(race: RaceBody | null): void {
  useEffect(() => {
    if (race?.status !== "betting") return;
    const { commitment, race_id: raceId, runners } = race;
    noteCommitment(localStorage, { raceId, commitment, runners }, Date.now());
  }, [race]);
}

const TONES: Readonly<Record<RaceBody["status"], string>> = {
  betting: "tag is-note",
  racing: "tag is-good",
  settling: "tag is-note",
  settled: "tag",
};

function Head({ race, title }: { readonly race: RaceBody; readonly title: string }) {
  const { t } = useTranslation("races");
  const format = useFormat();
  return (
    <header className="race-page-head">
      <p>
        <Link href={paths.races}>{t("race.back")}</Link>
      </p>
      <h1>{title}</h1>
      <p className="race-page-facts muted">
        <span className={TONES[race.status]}>{t(`race.status.${race.status}`)}</span>
        <Link href={paths.lobby(race.lobby_id)}>{t("race.lobby", { lobby: race.lobby_id })}</Link>
        <span className="race-page-id">{t("race.number", { race: race.race_id })}</span>
        <time dateTime={race.settled_at ?? race.opened_at}>
          {race.settled_at === undefined
            ? t("race.openedAt", { time: format.dateTime(race.opened_at) })
            : t("race.settledAt", { time: format.dateTime(race.settled_at) })}
        </time>
      </p>
    </header>
  );
}

/** What can be done about a race that is not settled yet. */
function Present({ race }: { readonly race: RaceBody }) {
  const { t } = useTranslation("races");
  switch (race.status) {
    case "settled":
      return null;
    case "settling":
      return (
        <p className="notice" role="status">
          {t("race.settlingNow")}
        </p>
      );
    default: {
      const isBetting = race.status === "betting";
      return (
        <div className="panel race-page-present" role="status">
          <div>
            <strong>{isBetting ? t("race.bettingNow") : t("race.racingNow")}</strong>
            <p className="muted">{t("race.replayComes")}</p>
          </div>
          <Link href={paths.lobby(race.lobby_id)} className="button is-main">
            {isBetting ? t("race.toBet") : t("race.toWatch")}
          </Link>
        </div>
      );
    }
  }
}

/** The parts of a race that is over. */
function Over({ race, initialTick }: { readonly race: RaceBody; readonly initialTick: number }) {
  const { t } = useTranslation("replay");
  const croupier = useCroupier();
  const session = useSession();
  const { race_id: raceId, status } = race;
  const { again, reading } = useRead(
    useMemo(() => () => readReplay(croupier, raceId), [croupier, raceId]),
  );
  const recording = reading.kind === "read" ? reading.body : null;
  const bets = useOwnBets(raceId, status);
  const replay = useRef<ReplayHandle>(null);
  const show = useCallback((tick: number) => {
    replay.current?.show(tick);
    document.querySelector(".replay")?.scrollIntoView({ block: "start" });
  }, []);
  const playerId = session?.playerId ?? null;
  const powersMinor = spentBy(playerId, recording);
  return (
    <>
      {reading.kind === "loading" && (
        <section className="panel race-page-replay" aria-busy="true">
          <p className="muted">{t("loading")}</p>
        </section>
      )}
      {reading.kind === "failed" && <Failed title={t("failed")} onAgain={again} />}
      {recording !== null && (
        <Replay ref={replay} recording={recording} initialTick={initialTick} playerId={playerId} />
      )}
      <div className="race-page-columns">
        <div>
          <Results
            race={race}
            crossings={recording === null ? undefined : crossingsOfReplay(recording)}
            bets={bets ?? undefined}
            powersMinor={powersMinor}
            links={false}
          />
          {recording !== null && <Casts recording={recording} playerId={playerId} onShow={show} />}
        </div>
        <div>
          <Proof race={race} />
          <Field race={race} />
        </div>
      </div>
    </>
  );
}

/** Read anew when the race's status changes; null at the door, and until they have been read. */
function useOwnBets(raceId: string, status: RaceBody["status"]): readonly BetBody[] | null {
  const croupier = useCroupier();
  const playerId = useSession()?.playerId;
  const read = useMemo(
    () => (playerId === undefined ? null : () => readBets(croupier, raceId)),
    // oxlint-disable-next-line react/exhaustive-deps -- another status means other rows
    [croupier, playerId, raceId, status],
  );
  const { reading } = useRead(read);
  return reading.kind === "read" ? reading.body.bets : null;
}

function spentBy(playerId: string | null, recording: Recording | null): number {
  const own = recording?.powers.filter(({ player_id }) => player_id === playerId) ?? [];
  return own.reduce((sum, { cost }) => sum + cost, 0);
}
