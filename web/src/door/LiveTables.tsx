import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { LobbyBody } from "../../../sdk/src/index.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { Countdown } from "../lobbies/Countdown.tsx";
import { pooledMinor } from "../lobbies/lobbyView.ts";
import { OldNotice } from "../lobbies/OldNotice.tsx";
import type { useLobbies } from "../lobbies/useLobbies.ts";
import { RunnerMark } from "../race/RunnerMark.tsx";

/** The tables as they are right now, seen from outside; which of them one will sit at. */
export function LiveTables({
  live: { lobbies, problem, asOfMs, readAgain },
  chosen,
  onChoose,
}: {
  readonly live: ReturnType<typeof useLobbies>;
  readonly chosen: string | undefined;
  readonly onChoose: (lobbyId: string) => void;
}) {
  const { t } = useTranslation("door");
  const titleId = useId();
  const shown = lobbies?.find(({ lobby_id: lobbyId }) => lobbyId === chosen) ?? lobbies?.[0];
  const isOld = asOfMs !== null;
  return (
    <section className="door-live" aria-labelledby={titleId}>
      <h2 id={titleId}>{t(isOld ? "liveBefore" : "liveNow")}</h2>
      {asOfMs !== null && <OldNotice asOfMs={asOfMs} onAgain={readAgain} />}
      {shown === undefined ? (
        <p className="empty" aria-busy={lobbies === null && problem === null}>
          {t(lobbies !== null ? "noTable" : problem === null ? "looking" : "noAnswer")}
        </p>
      ) : (
        <>
          {lobbies !== null && lobbies.length > 1 && (
            <div className="door-choice" role="group" aria-label={t("choose")}>
              {lobbies.map(({ lobby_id: lobbyId, name }) => (
                <button
                  key={lobbyId}
                  type="button"
                  className="door-choose"
                  aria-pressed={lobbyId === shown.lobby_id}
                  onClick={() => onChoose(lobbyId)}
                >
                  {name}
                </button>
              ))}
            </div>
          )}
          <LiveTable lobby={shown} isOld={isOld} />
        </>
      )}
    </section>
  );
}

function LiveTable({ lobby, isOld }: { readonly lobby: LobbyBody; readonly isOld: boolean }) {
  const { t } = useTranslation("door");
  const { money, odds } = useFormat();
  return (
    <div className="door-table panel" data-lobby={lobby.lobby_id}>
      <div className="door-table-head">
        <h3>{lobby.name}</h3>
        <p className="muted">{t("inPools", { amount: money(pooledMinor(lobby)) })}</p>
      </div>
      <Countdown lobby={lobby} isOld={isOld} />
      <ol className="door-runners">
        {lobby.runners.map(({ number, name, scratched }) => {
          const price = lobby.odds[String(number)];
          return (
            <li key={number} data-scratched={scratched}>
              <RunnerMark number={number} size={26} dimmed={scratched} />
              <span className="door-runner">{name}</span>
              <span className="figure">
                {scratched ? t("scratched") : price === undefined ? "–" : odds(price)}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
