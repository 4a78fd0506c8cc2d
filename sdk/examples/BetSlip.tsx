/** A bet slip: one button a runner, disabled while betting is closed, with what is pending and why one was refused. */
import { useBets, useCommand, useConnection, useLobby, useWallet } from "@croupier/sdk/react";

const STAKE = 500;
const money = (minor: number): string => (minor / 100).toFixed(2);

export function BetSlip({ lobbyId }: { readonly lobbyId: string }) {
  const race = useLobby(lobbyId, ({ lobby }) => lobby);
  const wallet = useWallet();
  const connection = useConnection();
  const { pending, refusal, submit } = useCommand("placeBet");
  if (race === null) return <p>Looking for the lobby …</p>;
  return (
    <section aria-label="Bet slip">
      <p>
        {race.phase}, {connection.kind}, {wallet === null ? "…" : money(wallet.available)}
      </p>
      {race.runners.map(({ name, number, scratched }) => (
        <button
          key={number}
          type="button"
          disabled={race.phase !== "betting" || scratched}
          onClick={() =>
            void submit({
              lobbyId,
              raceId: race.race_id,
              market: "win",
              selection: [number],
              stake: STAKE,
            })
          }
        >
          {number} {name} {race.odds[number]}
        </button>
      ))}
      <p role="status">
        {pending > 0 ? `${pending} under way` : ""} {refusal?.detail}
      </p>
      <Bets raceId={race.race_id} />
    </section>
  );
}

function Bets({ raceId }: { readonly raceId: string }) {
  const { bets } = useBets(raceId);
  return (
    <ul>
      {bets.map(({ bet_id: betId, selection, stake, status }) => (
        <li key={betId}>
          {money(stake)} on {selection.join()}: {status}
        </li>
      ))}
    </ul>
  );
}
