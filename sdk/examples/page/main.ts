/**
 * A page without any framework: join, see the odds move, bet 5.00 on a runner with a click. Reload it in the middle of a
 * bet, or pull the cable: the bet is placed once, and the page says so. Serve it from the Croupier server's own origin, or
 * name the server: `page/?server=http://127.0.0.1:8080`.
 */
import { createCroupier } from "@croupier/sdk";
import type { Bet, Outcome } from "@croupier/sdk";

const STAKE = 500;
const server = new URLSearchParams(location.search).get("server");
const croupier = createCroupier(server === null ? {} : { url: server });

const element = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}.`);
  return found;
};
const money = (minor: number): string => (minor / 100).toFixed(2);
const tell = (outcome: Outcome): void => {
  element("news").textContent = outcome.ok ? "Your bet is placed." : outcome.refusal.detail;
};

// Ends what the last race or player was watched with.
let stop = (): void => undefined;

const showBets = (bets: readonly Bet[]): void => {
  element("bets").replaceChildren(
    ...bets.map(({ bet_id: betId, payout, selection, stake, status }) => {
      const row = document.createElement("li");
      row.dataset["bet"] = betId;
      row.textContent = `${money(stake)} on ${selection.join()}: ${status} ${payout === null ? "" : money(payout)}`;
      return row;
    }),
  );
};

const play = (): void => {
  stop();
  stop = () => undefined;
  const session = croupier.session.get();
  element("join").hidden = session !== null;
  element("table").hidden = session === null;
  if (session === null) return;
  const lobby = croupier.lobby(session.lobbyId ?? "demo");
  let raceId: string | undefined;
  let stopBets = (): void => undefined;

  const show = (): void => {
    const race = lobby.get().lobby;
    if (race === null) return;
    element("race").textContent = `${race.name}: ${race.phase}`;
    element("runners").replaceChildren(
      ...race.runners.map(({ name, number }) => {
        const row = document.createElement("li");
        const button = document.createElement("button");
        button.textContent = `${number} ${name} ${race.odds[number] ?? ""}`;
        button.disabled = race.phase !== "betting";
        button.addEventListener("click", () => {
          const bet = { raceId: race.race_id, selection: [number], stake: STAKE };
          void croupier.placeBet({ ...bet, market: "win" }).then(tell);
        });
        row.append(button);
        return row;
      }),
    );
    if (race.race_id === raceId) return;
    raceId = race.race_id;
    stopBets();
    const bets = croupier.bets(raceId);
    stopBets = bets.subscribe(() => showBets(bets.get().bets));
    showBets(bets.get().bets);
  };
  const stopLobby = lobby.subscribe(show);
  show();
  stop = () => {
    stopLobby();
    stopBets();
  };
};

croupier.session.subscribe(play);
croupier.connection.subscribe(() => {
  element("connection").textContent = croupier.connection.get().kind;
});
croupier.wallet.subscribe(() => {
  const wallet = croupier.wallet.get();
  element("balance").textContent = wallet === null ? "" : money(wallet.available);
});
// A bet that was under way when the page was reloaded has no promise any more.
croupier.onOutcome(({ isInherited, outcome }) => {
  if (isInherited) tell(outcome);
});
element("join").addEventListener("submit", (event) => {
  event.preventDefault();
  const name = new FormData(event.currentTarget as HTMLFormElement).get("name");
  void croupier.join({ displayName: String(name) }).then((joined) => {
    if (!joined.ok) alert(joined.problem.detail);
  });
});
element("leave").addEventListener("click", () => {
  const unanswered = croupier.leave();
  if (unanswered.length > 0 && confirm("A bet has no answer yet. Leave all the same?"))
    croupier.leave({ abandon: true });
});
play();
