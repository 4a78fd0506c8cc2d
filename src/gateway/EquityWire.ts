/** Equity as the wire has it. */
import type {
  EquityAnswer,
  EquityProgress,
  EquityQuestion,
  PlayerEquity,
} from "../../rpc/equity.ts";
import type { PlayerEquityBody } from "../../rpc/frames.ts";
import type { CalculatedBody, MultiwayAnswerBody, MultiwayBody } from "../../rpc/http/equity.ts";
import type { Calculated } from "./Calculations.ts";

export const questionOf = (body: MultiwayBody): EquityQuestion => ({
  game: body.game,
  players: body.players,
  board: body.board,
  dead: body.dead,
  mode: body.mode,
  targetStdError: body.target_std_error,
  maxSamples: body.max_samples,
  seed: body.seed,
});

const shares = ({ equity, high, lose, low, stdError, tie, win }: PlayerEquity) => ({
  equity,
  win,
  tie,
  lose,
  std_error: stdError,
  low,
  high,
});

const computed = ({ converged, method, samples }: EquityAnswer, elapsedMs: number) => ({
  method,
  samples,
  converged,
  elapsed_ms: elapsedMs,
});

const playerBodies = (
  { players }: EquityQuestion,
  answer: EquityAnswer,
): ReadonlyArray<PlayerEquityBody> =>
  answer.players.map((player, index) => ({ hand: players[index] ?? "", ...shares(player) }));

/** As the first player sees it. */
export const calculatedBody = (answer: Calculated): CalculatedBody => {
  const [hero] = answer.players;
  if (hero === undefined) throw new Error("an equity of no players");
  return { ...shares(hero), ...computed(answer, answer.elapsedMs) };
};

export const multiwayBody = (question: EquityQuestion, answer: Calculated): MultiwayAnswerBody => ({
  players: playerBodies(question, answer),
  ...computed(answer, answer.elapsedMs),
});

export const progressBody = (
  question: EquityQuestion,
  progress: EquityProgress,
  elapsedMs: number,
) => ({
  players: playerBodies(question, progress),
  ...computed(progress, elapsedMs),
  done: progress.done,
  of: progress.of,
});
