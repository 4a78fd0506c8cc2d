import "./PlayerPage.css";
import { useState } from "react";
import type { PlayerBody } from "../../../../rpc/http/admin/players.ts";
import type { Problem } from "../../http/request.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { useTitle } from "../../shell/useTitle.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { Waiting } from "../Waiting.tsx";
import { hashOf } from "../route.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { usePoll } from "../usePoll.ts";
import { AccessActs } from "./AccessActs.tsx";
import { AdjustForm } from "./AdjustForm.tsx";
import { BetTable } from "./BetTable.tsx";
import { FreezeWallet } from "./FreezeWallet.tsx";
import { HoldTable } from "./HoldTable.tsx";
import { RoleTags } from "./RoleTags.tsx";
import { StatementTable } from "./StatementTable.tsx";
import { WalletFigures } from "./WalletFigures.tsx";

const POLL_MS = 2_000;

/** One player: who it is, what the wallet holds and has done, and what the house can do about it. */
export function PlayerPage({ playerId }: { readonly playerId: string }) {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const [player, setPlayer] = useState<PlayerBody | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  useTitle(player?.account?.display_name ?? playerId);
  const refresh = usePoll(async () => {
    const answer = await client.player(playerId);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setPlayer(answer.body);
  }, POLL_MS);

  const wallet = player?.wallet ?? null;
  return (
    <>
      <p className="player-back">
        <a href={hashOf({ page: "players", query: "" })}>← {t("player.toAll")}</a>
      </p>
      {problem !== null && <ProblemNotice problem={problem} />}
      {player === null ? (
        <>
          <h1 className="unseen">{playerId}</h1>
          {problem === null && <Waiting>{t("player.asking", { id: playerId })}</Waiting>}
        </>
      ) : (
        <>
          <Head
            player={player}
            onDone={(text) => {
              setSaid(text);
              refresh();
            }}
          />
          <Frozen wallet={wallet} />
          <p className={said === null ? "unseen" : "notice is-good page-said"} role="status">
            {said}
          </p>
          <div className="player-columns">
            <section className="panel player-wallet" aria-labelledby="player-wallet">
              <div className="panel-head">
                <h2 id="player-wallet">{t("player.wallet")}</h2>
                {wallet !== null && (
                  <FreezeWallet
                    player={player}
                    isFrozen={wallet.frozen}
                    onDone={(text) => {
                      setSaid(text);
                      refresh();
                    }}
                  />
                )}
              </div>
              {wallet === null ? (
                <p className="empty">{t("player.noWallet")}</p>
              ) : (
                <WalletFigures wallet={wallet} />
              )}
            </section>
            {wallet !== null && (
              <section className="panel" aria-labelledby="player-adjust">
                <div className="panel-head">
                  <h2 id="player-adjust">{t("adjust.title")}</h2>
                </div>
                <AdjustForm
                  playerId={playerId}
                  availableMinor={wallet.balance_available}
                  onDone={() => {
                    setSaid(null);
                    refresh();
                  }}
                />
              </section>
            )}
          </div>
          {wallet !== null && (
            <div className="player-lists">
              <HoldTable holds={wallet.open_holds} />
              <BetTable bets={player.bets} />
              <StatementTable lines={player.statement} />
            </div>
          )}
        </>
      )}
    </>
  );
}

function Head({
  player,
  onDone,
}: {
  readonly player: PlayerBody;
  readonly onDone: (said: string) => void;
}) {
  const { t } = useAdminText();
  const format = useFormat();
  const { player_id: playerId, account, wallet } = player;
  return (
    <div className="page-head">
      <div className="player-head">
        <h1>{account?.display_name ?? playerId}</h1>
        {account === null ? (
          <p className="muted">{t("player.noAccount")}</p>
        ) : (
          <p className="player-account">
            {account.username === null ? (
              <span className="tag">{t("players.guest")}</span>
            ) : (
              <span>{account.username}</span>
            )}
            <RoleTags roles={account.roles} />
            <span className="muted">
              {t("players.since")}{" "}
              <time dateTime={account.created_at}>{format.dateTime(account.created_at)}</time>
            </span>
          </p>
        )}
        <p className="mono muted player-id">{playerId}</p>
        {account !== null && <AccessActs playerId={playerId} account={account} onDone={onDone} />}
      </div>
      {wallet !== null && (
        <a
          className="button is-small"
          href={hashOf({ page: "entity", kind: "wallet", entityId: playerId, version: null })}
        >
          {t("inspect")}
        </a>
      )}
    </div>
  );
}

function Frozen({ wallet }: { readonly wallet: PlayerBody["wallet"] }) {
  const { t } = useAdminText();
  const format = useFormat();
  if (wallet === null || wallet.freeze === null) return null;
  const { reason, since } = wallet.freeze;
  return (
    <div className="notice is-bad page-said" role="status" data-frozen="true">
      <p>
        <strong>{t("player.frozenTitle", { since: format.dateTime(since) })}</strong>
        {t("player.frozenReason", { reason })}
        <br />
        {t("player.frozenMeans")}
      </p>
    </div>
  );
}
