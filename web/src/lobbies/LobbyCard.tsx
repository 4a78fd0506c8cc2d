import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { LobbyBody, RaceRowBody } from "../../../sdk/src/index.ts";
import { paths } from "../app/paths.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { RunnerMark } from "../race/RunnerMark.tsx";
import { Countdown } from "./Countdown.tsx";
import { favouriteOf, pooledMinor } from "./lobbyView.ts";
import type { OpenBets } from "./lobbyView.ts";

/** A lobby in the list: where it stands, what is in its pools, who is favoured, and what one has there. */
export function LobbyCard({
  lobby,
  lastRace,
  bets,
  isMine,
  isOld,
}: {
  readonly lobby: LobbyBody;
  readonly lastRace: RaceRowBody | undefined;
  readonly bets: OpenBets | undefined;
  /** The player sits here. */
  readonly isMine: boolean;
  /** It is not as of now, so nothing counts down. */
  readonly isOld: boolean;
}) {
  const { t } = useTranslation("lobbies");
  const { money, odds } = useFormat();
  const favourite = favouriteOf(lobby);
  const titleId = `lobby-${lobby.lobby_id}`;
  return (
    <li className="panel lobby-card" data-lobby={lobby.lobby_id} aria-labelledby={titleId}>
      <div className="lobby-head">
        <h2 id={titleId}>{lobby.name}</h2>
        {isMine && <span className="tag is-good">{t("mine")}</span>}
      </div>
      <Countdown lobby={lobby} isOld={isOld} />
      <div className="lobby-field" aria-hidden="true">
        {lobby.runners.map(({ number, scratched }) => (
          <RunnerMark key={number} number={number} size={26} dimmed={scratched} />
        ))}
      </div>
      <dl className="lobby-facts">
        <div>
          <dt>{t("pools")}</dt>
          <dd className="figure">{money(pooledMinor(lobby))}</dd>
        </div>
        <div>
          <dt>{t("favourite")}</dt>
          <dd>
            {favourite === null ? (
              t("noFavourite")
            ) : (
              <>
                {favourite.name} <span className="figure">{odds(favourite.odds)}</span>
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>{t("lastWinner")}</dt>
          <dd>
            {lastRace === undefined ? (
              t("noRaceYet")
            ) : (
              <Link href={paths.race(lastRace.race_id)}>{lastRace.winner}</Link>
            )}
          </dd>
        </div>
        <div>
          <dt>{t("yourBets")}</dt>
          <dd>
            {bets === undefined
              ? t("noBets")
              : t("openBets", { count: bets.count, amount: money(bets.stakedMinor) })}
          </dd>
        </div>
      </dl>
      <Link
        href={paths.lobby(lobby.lobby_id)}
        className={isMine ? "button is-main" : "button"}
        aria-describedby={titleId}
      >
        {t(isMine ? "toTable" : "sitHere")}
      </Link>
    </li>
  );
}
