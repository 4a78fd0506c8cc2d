/** What may have happened to a lobby, as its journal has it: for tests that begin there. */
import type { LobbyEvent } from "../../../entities/lobby/events.ts";
import { DeciderRun } from "../../support/DeciderRun.ts";
import { scenarios } from "../../support/given.ts";
import { advance, lobbyDesk, SETTINGS } from "./desk.ts";

export const AT = 1_000_000;
export const CLOSES = AT + SETTINGS.bettingMs;
export const given = scenarios(lobbyDesk, { at: AT, entityId: "derby" });
export const fresh = () => new DeciderRun(lobbyDesk, "derby");

export const Created = { _tag: "LobbyCreated", name: "Derby", settings: SETTINGS, at: AT };
export const Opened = given(Created).run.itself(advance(), AT)[0] as Extract<
  LobbyEvent,
  { readonly _tag: "RaceOpened" }
>;

export const bet = (fields: object = {}) => ({
  betId: "b1",
  playerId: "ada",
  raceId: "derby-1",
  market: "win",
  selection: [3],
  stakeMinor: 10_000,
  ...fields,
});
export const accepted = (fields: object = {}) => {
  const { raceId: _, ...rest } = bet(fields);
  return { _tag: "BetAccepted", ...rest, at: AT };
};
export const Accepted = accepted();
export const Cancelled = {
  _tag: "BetCancelled",
  betId: "b1",
  bet: { playerId: "ada", market: "win", selection: [3], stakeMinor: 10_000, at: AT },
  refundMinor: 9_500,
  feeMinor: 500,
  at: AT,
};

/** The race as it starts after these bets, and ends without a cast. */
export const Started = (...bets: ReadonlyArray<object>) => {
  const events = given(Created, Opened, ...bets).run.itself(advance(), CLOSES);
  return events[0] as Extract<LobbyEvent, { readonly _tag: "RaceStarted" }>;
};
export const Finished = (...history: ReadonlyArray<object>) => {
  const { run } = given(...history);
  const events = run.itself(advance(), run.state.phaseEndsAt ?? 0);
  return events[0] as Extract<LobbyEvent, { readonly _tag: "RaceFinished" }>;
};
export const racing = [Created, Opened, Accepted, Started(Accepted)];
export const settling = [...racing, Finished(...racing)];
export const Paid = [
  { _tag: "DebtsPaid", holdIds: ["b1"] },
  { _tag: "RacePaid", at: AT + 60_000, resultsEndAt: AT + 65_000 },
];

/** Ada's first, at the start. */
export const Cast = {
  _tag: "PowerCast",
  castId: "c1",
  playerId: "ada",
  power: "pwr_boost_01",
  target: 3,
  costMinor: 2_000,
  tick: 0,
  at: CLOSES,
  endsAt: CLOSES + 39_000,
};
