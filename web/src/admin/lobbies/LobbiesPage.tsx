import "./LobbiesPage.css";
import { useState } from "react";
import type { AdminLobbyBody } from "../../../../rpc/http/lobby.ts";
import type { Problem } from "../../http/request.ts";
import { useTitle } from "../../shell/useTitle.ts";
import { Confirm } from "../Confirm.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { Waiting } from "../Waiting.tsx";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { useNow } from "../useNow.ts";
import { usePoll } from "../usePoll.ts";
import { CreateLobby } from "./CreateLobby.tsx";
import { LobbyCard } from "./LobbyCard.tsx";

const POLL_MS = 1_000;
/** Of the countdowns. */
const TICK_MS = 250;

/** All lobbies, those that were stopped last, with where their races stand; made and stopped from here. */
export function LobbiesPage() {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const nowMs = useNow(TICK_MS);
  const [lobbies, setLobbies] = useState<readonly AdminLobbyBody[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const [isCreating, setIsCreating] = useState(false);
  const [asking, setAsking] = useState<AdminLobbyBody | null>(null);
  const [stoppingId, setStoppingId] = useState<string | null>(null);
  useTitle(t("lobbies.title"));
  const refresh = usePoll(async () => {
    const answer = await client.lobbies();
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setLobbies(answer.body.lobbies.toSorted(byStanding));
  }, POLL_MS);

  const stop = async ({ lobby_id: lobbyId, name }: AdminLobbyBody) => {
    setStoppingId(lobbyId);
    setRefusal(null);
    setSaid(t("lobbies.stopping", { name }));
    const answer = await client.stopLobby(lobbyId);
    setStoppingId(null);
    setSaid(answer.ok ? t("lobbies.stoppedNow", { name }) : null);
    setRefusal(answer.ok ? null : answer.problem);
    refresh();
  };

  return (
    <>
      <div className="page-head">
        <h1>{t("lobbies.title")}</h1>
        <button type="button" className="button is-main" onClick={() => setIsCreating(true)}>
          <span aria-hidden="true">+</span> {t("lobbies.create")}
        </button>
      </div>
      <p className={said === null ? "unseen" : "notice is-good page-said"} role="status">
        {said}
      </p>
      {refusal !== null && <ProblemNotice problem={refusal} />}
      {problem !== null && <ProblemNotice problem={problem} />}
      {lobbies === null && problem === null && <Waiting>{t("lobbies.asking")}</Waiting>}
      {lobbies?.length === 0 && <p className="empty">{t("lobbies.nothing")}</p>}
      <ul className="admin-lobbies">
        {lobbies?.map((lobby) => (
          <li key={lobby.lobby_id}>
            <LobbyCard
              lobby={lobby}
              nowMs={nowMs}
              isStopping={stoppingId === lobby.lobby_id}
              onStop={() => setAsking(lobby)}
            />
          </li>
        ))}
      </ul>
      {isCreating && (
        <CreateLobby
          onClose={() => setIsCreating(false)}
          onCreated={({ name }) => {
            setIsCreating(false);
            setRefusal(null);
            setSaid(t("lobbies.createdNow", { name }));
            refresh();
          }}
        />
      )}
      {asking !== null && (
        <Confirm
          title={t("lobbies.stopAsk", { name: asking.name })}
          action={t("lobbies.stopNamed", { name: asking.name })}
          onConfirm={() => void stop(asking)}
          onClose={() => setAsking(null)}
        >
          <p>{t("lobbies.stopMeans")}</p>
          <p>{t("lobbies.stopForGood")}</p>
        </Confirm>
      )}
    </>
  );
}

/** Running ones first, each group by name. */
function byStanding(a: AdminLobbyBody, b: AdminLobbyBody): number {
  if (a.running !== b.running) return a.running ? -1 : 1;
  return a.name.localeCompare(b.name) || (a.lobby_id < b.lobby_id ? -1 : 1);
}
