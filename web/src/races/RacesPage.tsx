import "./RacesPage.css";
import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { LobbyBody, RaceRowBody } from "../../../sdk/src/index.ts";
import { paths } from "../app/paths.ts";
import { useCroupier } from "../app/useSeat.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { RunnerMark } from "../race/RunnerMark.tsx";
import { Blank } from "../shell/Blank.tsx";
import { Failed } from "../shell/Failed.tsx";
import { PageHead } from "../shell/PageHead.tsx";
import { useTitle } from "../shell/useTitle.ts";
import { useRaceHistory } from "./useRaceHistory.ts";
import { useRead } from "../http/useRead.ts";

const NO_LOBBIES: readonly LobbyBody[] = [];

/** Every settled race, newest first. */
export default function RacesPage() {
  const { t } = useTranslation("races");
  const [lobbyId, setLobbyId] = useState<string | undefined>(undefined);
  const croupier = useCroupier();
  const { reading } = useRead(useMemo(() => () => croupier.get("/lobbies"), [croupier]));
  const lobbies = reading.kind === "read" ? reading.body.lobbies : NO_LOBBIES;
  const view = useRaceHistory(lobbyId);
  const { fresh, history } = view;
  const filterId = useId();
  useTitle(t("history.title"));
  return (
    <main id="main" tabIndex={-1} className="page races-page">
      <PageHead title={t("history.title")} lead={t("history.lead")}>
        <div className="races-filter">
          <label className="field-label" htmlFor={filterId}>
            {t("history.lobby")}
          </label>
          <select
            id={filterId}
            className="input"
            value={lobbyId ?? ""}
            onChange={({ target }) => setLobbyId(target.value === "" ? undefined : target.value)}
          >
            <option value="">{t("history.allLobbies")}</option>
            {lobbies.map(({ lobby_id, name }) => (
              <option key={lobby_id} value={lobby_id}>
                {name}
              </option>
            ))}
          </select>
        </div>
      </PageHead>
      <p className="unseen" role="status">
        {fresh === null ? "" : t("history.fresh", { winner: fresh.winner })}
      </p>
      {history === null && view.isFailed && (
        <Failed title={t("history.failed")} onAgain={view.again} />
      )}
      {history === null && !view.isFailed && (
        <div className="races-waiting" aria-busy="true">
          <p className="unseen">{t("history.loading")}</p>
        </div>
      )}
      {history?.races.length === 0 && (
        <Blank
          icon="races"
          title={lobbyId === undefined ? t("history.empty") : t("history.emptyLobby")}
        >
          <Link href={paths.home} className="button is-main">
            {t("history.toRaces")}
          </Link>
        </Blank>
      )}
      {history !== null && history.races.length > 0 && (
        <RaceTable races={history.races} lobbies={lobbies} freshId={fresh?.race_id ?? null} />
      )}
      {history !== null && history.nextBefore !== null && (
        <p className="page-more">
          <button type="button" className="button" disabled={view.isReading} onClick={view.older}>
            {view.isReading ? t("history.loading") : t("history.more")}
          </button>
        </p>
      )}
    </main>
  );
}

function RaceTable({
  races,
  lobbies,
  freshId,
}: {
  readonly races: readonly RaceRowBody[];
  readonly lobbies: readonly LobbyBody[];
  readonly freshId: string | null;
}) {
  const { t } = useTranslation("races");
  return (
    <table className="panel races-table">
      <caption className="unseen">{t("history.title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("history.winner")}</th>
          <th scope="col" className="races-podium-head">
            {t("history.podium")}
          </th>
          <th scope="col">{t("history.lobby")}</th>
          <th scope="col" className="is-figure">
            {t("history.bets")}
          </th>
          <th scope="col" className="is-figure">
            {t("history.staked")}
          </th>
          <th scope="col" className="is-figure">
            {t("history.paid")}
          </th>
          <th scope="col">{t("history.when")}</th>
          <th aria-hidden="true" />
        </tr>
      </thead>
      <tbody>
        {races.map((row) => (
          <Row
            key={row.race_id}
            row={row}
            isFresh={row.race_id === freshId}
            lobby={lobbies.find(({ lobby_id }) => lobby_id === row.lobby_id)?.name ?? row.lobby_id}
          />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  row,
  lobby,
  isFresh,
}: {
  readonly row: RaceRowBody;
  readonly lobby: string;
  readonly isFresh: boolean;
}) {
  const { t } = useTranslation("races");
  const format = useFormat();
  const winners = row.order[0] ?? [];
  const when = format.dateTime(row.settled_at);
  const named = { winner: row.winner, when };
  return (
    <tr data-race={row.race_id} data-fresh={isFresh}>
      <th scope="row" className="races-winner">
        <span className="races-marks">
          {winners.map((number) => (
            <RunnerMark key={number} number={number} size={30} />
          ))}
        </span>
        <Link href={paths.race(row.race_id)}>{row.winner}</Link>
        {winners.length > 1 && <span className="tag is-note">{t("history.deadHeat")}</span>}
      </th>
      <td className="races-podium">
        <span className="races-marks" aria-hidden="true">
          {row.order
            .flat()
            .slice(0, 3)
            .map((number) => (
              <RunnerMark key={number} number={number} size={20} />
            ))}
        </span>
        <span className="unseen">{row.order.flat().slice(0, 3).join(", ")}</span>
      </td>
      <td className="races-lobby">{lobby}</td>
      <td className="is-figure figure" data-label={t("history.bets")}>
        {format.number(row.bets)}
      </td>
      <td className="is-figure figure" data-label={t("history.staked")}>
        {format.money(row.staked)}
      </td>
      <td className="is-figure figure" data-label={t("history.paid")}>
        {format.money(row.paid)}
      </td>
      <td className="races-when muted">
        <time dateTime={row.settled_at}>{when}</time>
      </td>
      <td className="races-links">
        <Link
          href={paths.race(row.race_id)}
          className="button is-small"
          aria-label={t("history.watchRace", named)}
        >
          {t("history.watch")}
        </Link>
        <Link
          href={paths.verify(row.race_id)}
          className="button is-small"
          aria-label={t("history.checkRace", named)}
        >
          {t("history.check")}
        </Link>
      </td>
    </tr>
  );
}
