import { Link } from "wouter";
import type { AdminLobbyBody } from "../../../../rpc/http/lobby.ts";
import { paths } from "../../app/paths.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { Figure } from "../Figure.tsx";
import { Fact } from "../Fact.tsx";
import { hashOf } from "../route.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useFigures } from "../useFigures.ts";

const MS_PER_SECOND = 1_000;
const PER_MILLE = 1_000;
const PHASE_LENGTH = {
  betting: "betting_ms",
  racing: "racing_ms",
  settling: "results_ms",
  lobby: "results_ms",
} as const;

/** One lobby: whether it runs, where its race stands, how it is set up, and what can be done. */
export function LobbyCard({
  lobby,
  nowMs,
  isStopping,
  onStop,
}: {
  readonly lobby: AdminLobbyBody;
  readonly nowMs: number;
  readonly isStopping: boolean;
  readonly onStop: () => void;
}) {
  const { t } = useAdminText();
  const format = useFormat();
  const { lobby_id: lobbyId, name, race, settings } = lobby;
  const titleId = `lobby-${lobbyId}`;
  const seconds = (ms: number) =>
    format.number(ms / MS_PER_SECOND, ms % MS_PER_SECOND === 0 ? 0 : 1);
  return (
    <article
      className="panel admin-lobby"
      data-lobby={lobbyId}
      data-running={lobby.running}
      data-phase={lobby.phase}
      aria-labelledby={titleId}
    >
      <div className="admin-lobby-head">
        <h2 id={titleId}>{name}</h2>
        <span className="mono muted">{lobbyId}</span>
        <Standing lobby={lobby} />
      </div>
      <Phase lobby={lobby} nowMs={nowMs} />
      <dl className="facts">
        <Fact name={t("lobbies.race")} isWide>
          {race === null ? (
            t("lobbies.noRace")
          ) : (
            <Link href={paths.race(race.race_id)} className="mono">
              {race.race_id}
            </Link>
          )}
        </Fact>
        <Fact name={t("lobbies.bets")} id="bets">
          <Figure value={race?.bets ?? 0} format={format.number} />
        </Fact>
        <Fact name={t("lobbies.staked")} id="staked">
          <Figure value={race?.staked ?? 0} format={format.money} />
        </Fact>
        <Fact name={t("lobbies.racesRun")} id="races-run">
          <Figure value={lobby.races_run} format={format.number} />
        </Fact>
      </dl>
      <details className="admin-lobby-settings">
        <summary>{t("lobbies.settings")}</summary>
        <dl className="facts">
          <Fact name={t("lobbies.durations")} isWide>
            {t("lobbies.seconds", {
              betting: seconds(settings.betting_ms),
              racing: seconds(settings.racing_ms),
              results: seconds(settings.results_ms),
            })}
          </Fact>
          <Fact name={t("lobbies.stakes")} isWide>
            {t("lobbies.stakeRange", {
              min: format.money(settings.min_bet),
              max: format.money(settings.max_bet),
            })}
          </Fact>
          <Fact name={t("lobbies.takeout")}>
            {format.percent(settings.takeout_per_mille / PER_MILLE)}
          </Fact>
          <Fact name={t("lobbies.cancelFee")}>
            {format.percent(settings.cancel_fee_per_mille / PER_MILLE)}
          </Fact>
          <Fact name={t("lobbies.powerCap")}>{format.money(settings.max_power_spend)}</Fact>
          <Fact name={t("lobbies.frames")}>{format.number(settings.sync_hz)}</Fact>
          <Fact name={t("lobbies.created")} isWide>
            <time dateTime={lobby.created_at}>{format.dateTime(lobby.created_at)}</time>
          </Fact>
        </dl>
      </details>
      <div className="admin-lobby-actions">
        <Link href={paths.lobby(lobbyId)} className="button is-small">
          {t("lobbies.room")}
        </Link>
        <a
          className="button is-small"
          href={hashOf({ page: "entity", kind: "lobby", entityId: lobbyId, version: null })}
        >
          {t("inspect")}
        </a>
        {lobby.running && (
          <button
            type="button"
            className="button is-small is-danger"
            aria-label={t("lobbies.stopNamed", { name })}
            aria-disabled={isStopping}
            onClick={() => {
              if (!isStopping) onStop();
            }}
          >
            {t("lobbies.stop")}
          </button>
        )}
      </div>
    </article>
  );
}

function Standing({ lobby }: { readonly lobby: AdminLobbyBody }) {
  const { t } = useAdminText();
  if (lobby.running) return <span className="tag is-good">{t("lobbies.running")}</span>;
  const isRacing = lobby.phase_ends_at !== null;
  return (
    <span className={`tag ${isRacing ? "is-note" : ""}`}>
      {t(isRacing ? "lobbies.lastRace" : "lobbies.stopped")}
    </span>
  );
}

/** What is going on and how long it lasts, as text and as what is left of a bar. */
function Phase({ lobby, nowMs }: { readonly lobby: AdminLobbyBody; readonly nowMs: number }) {
  const { t } = useAdminText();
  const figures = useFigures();
  const { phase, phase_ends_at: endsAt, settings } = lobby;
  if (endsAt === null) return <p className="admin-phase muted">{t("lobbies.noPhase")}</p>;
  const leftMs = Math.max(0, Date.parse(endsAt) - nowMs);
  const share = Math.min(1, leftMs / settings[PHASE_LENGTH[phase]]);
  return (
    <div className="admin-phase">
      <p>
        {t("lobbies.phaseEnds", {
          phase: t(`lobbies.phases.${phase}`),
          span: figures.span(leftMs),
        })}
      </p>
      <span className="admin-phase-bar" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
    </div>
  );
}
