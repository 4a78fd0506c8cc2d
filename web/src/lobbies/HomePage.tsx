import "./Lobbies.css";
import { useTranslation } from "react-i18next";
import { useSession } from "../app/useSeat.ts";
import { Door } from "../door/Door.tsx";
import type { Session } from "../session/Session.ts";
import { Blank } from "../shell/Blank.tsx";
import { Failed } from "../shell/Failed.tsx";
import { PageHead } from "../shell/PageHead.tsx";
import { useTitle } from "../shell/useTitle.ts";
import { Elsewhere } from "./Elsewhere.tsx";
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
      <PageHead title={t("title")} lead={t("lead")} />
      {asOfMs !== null && <OldNotice asOfMs={asOfMs} onAgain={readAgain} />}
      {lobbies === null && problem !== null && (
        <Failed
          title={t("failed")}
          meaning={t(problem.code === "offline" ? "failedOffline" : "failedOther")}
          code={problem.code}
          onAgain={readAgain}
        />
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
        <Blank icon="races" title={t("none")} />
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
      <Elsewhere />
    </main>
  );
}
