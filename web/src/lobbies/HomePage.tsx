import "./Lobbies.css";
import { useTranslation } from "react-i18next";
import { useSession } from "../app/useSeat.ts";
import { Door } from "../door/Door.tsx";
import type { Session } from "../session/Session.ts";
import { useTitle } from "../shell/useTitle.ts";
import { LobbyCard } from "./LobbyCard.tsx";
import { OldNotice } from "./OldNotice.tsx";
import { useLobbies } from "./useLobbies.ts";

/** The lobbies; for who has no seat, the door before them. */
export function HomePage() {
  const session = useSession();
  return session === null ? <Door /> : <LobbyList session={session} />;
}

/** As many places are kept free while the first answer is on its way. */
const EXPECTED_CARDS = [1, 2, 3] as const;

function LobbyList({ session }: { readonly session: Session }) {
  const { t } = useTranslation("lobbies");
  const { lobbies, problem, asOfMs, races, bets, readAgain } = useLobbies();
  useTitle(t("title"));
  return (
    <main
      className="page lobbies"
      id="main"
      tabIndex={-1}
      aria-busy={lobbies === null && problem === null}
    >
      <h1>{t("title")}</h1>
      <p className="muted lobbies-lead">{t("lead")}</p>
      {asOfMs !== null && <OldNotice asOfMs={asOfMs} onAgain={readAgain} />}
      {lobbies === null && problem !== null && (
        <div className="notice is-bad lobbies-old" role="alert">
          <p>
            <strong>{t("failed")}</strong>
            {t(problem.code === "offline" ? "failedOffline" : "failedOther")}
          </p>
          <button type="button" className="button is-small" onClick={readAgain}>
            {t("again")}
          </button>
        </div>
      )}
      {lobbies === null ? (
        problem === null && (
          <ul className="lobbies-list" aria-hidden="true">
            {EXPECTED_CARDS.map((place) => (
              <li key={place} className="panel lobby-card is-expected" />
            ))}
          </ul>
        )
      ) : lobbies.length === 0 ? (
        <p className="empty">{t("none")}</p>
      ) : (
        <ul className="lobbies-list">
          {lobbies.map((lobby) => (
            <LobbyCard
              key={lobby.lobby_id}
              lobby={lobby}
              lastRace={races[lobby.lobby_id]}
              bets={bets[lobby.lobby_id]}
              isMine={lobby.lobby_id === session.lobbyId}
              isOld={asOfMs !== null}
            />
          ))}
        </ul>
      )}
    </main>
  );
}
