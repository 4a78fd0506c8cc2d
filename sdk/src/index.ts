/** `@croupier/sdk`: a client for games, in the browser and in Node. See README.md. */
export { createCroupier } from "./Croupier.ts";
export type { BetOrder, Croupier, CroupierOptions, PowerOrder, ReserveOrder } from "./Croupier.ts";
export type {
  Command,
  CommandAnswer,
  KeptCommand,
  Latency,
  LocalRefusalCode,
  Outcome,
  Refusal,
  SettledCommand,
} from "./Command.ts";
export type { ConnectionState } from "./Connection.ts";
export type { StorageLike } from "./Keep.ts";
export type { Readable } from "./Readable.ts";
export type { Answer, Call, CallOptions, Fetch, LocalProblem, PathOf, Rest } from "./Rest.ts";
export type { Credentials, PasswordChange, Session, SessionEnd } from "./Session.ts";
export type { OpenSocket, Socket, SocketEvents } from "./Socket.ts";
export type { Timers, Timing } from "./Timers.ts";
export { TopicRefused } from "./TopicStream.ts";
export { lobbyTopic, raffleTopic, walletTopic } from "./TopicFrame.ts";
export type { Warning } from "./Warning.ts";

export { hasOpenBets } from "./BetsState.ts";
export type { Bet, BetsState } from "./BetsState.ts";
export type {
  Cast,
  Dividends,
  LobbyState,
  OddsMove,
  Order,
  Result,
  Runner,
} from "./lobby/LobbyState.ts";
export { createPlayout } from "./lobby/Playout.ts";
export type { Moment, Playout } from "./lobby/Playout.ts";
export { MS_PER_TICK, reckonedCrossings, runningOrder, winningMarginMs } from "./lobby/Run.ts";
export type { Run, Sample } from "./lobby/Run.ts";
export type { RunView } from "./lobby/followRun.ts";
export { gridOf } from "./raffle/NumberGrid.ts";
export type { NumberGrid, NumberStatus } from "./raffle/NumberGrid.ts";
export type { RaffleState } from "./raffle/RaffleState.ts";
export type {
  NumberOrder,
  PaymentOrder,
  PaymentOutcome,
  ReservationCommands,
  ReservationOutcome,
} from "./raffle/ReservationCommands.ts";
export { isLive, isPaying } from "./raffle/ReservationState.ts";
export type { ReservationState } from "./raffle/ReservationState.ts";
export type { WalletState } from "./WalletState.ts";
export type * from "./wire.ts";
