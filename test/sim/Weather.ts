/**
 * How much goes wrong, by seed. Each seed has its own mixture: what is rare in all of them together is common in some
 * (swarm testing), and a run in which everything fails at once finds little.
 */
import type { Chance } from "./Chance.ts";

export const CALAMITIES = [
  "kill",
  "stop",
  "pause",
  "loseLocks",
  "move",
  "cutLink",
  "cutStore",
  "storeOutage",
] as const;
export type Calamity = (typeof CALAMITIES)[number];

export interface Weather {
  /** How often each happens, relative to the others; 0 for never in this run. */
  readonly calamities: Readonly<Record<Calamity, number>>;
  /** Mean time between two of them. */
  readonly everyMs: number;
  /** Of messages between processes. */
  readonly messageLoss: number;
  readonly messageRepeat: number;
  readonly messageDelayMs: number;
  /** Of statements: the answer is lost after, or the request before it was carried out. */
  readonly answerLoss: number;
  readonly requestLoss: number;
  /** Of statements: those that take seconds until they are carried out, however their process fares meanwhile. */
  readonly stragglers: number;
  readonly storeDelayMs: number;
  /** Clocks of processes differ by up to this. */
  readonly clockSkewMs: number;
  /** Whether processes look out for gaps in their own time. */
  readonly isVigilant: boolean;
  /** Of clients that get no answer: those who never ask again. */
  readonly abandonment: number;
}

export const weatherOf = (chance: Chance): Weather => {
  const calamities = Object.fromEntries(
    CALAMITIES.map((name) => [name, chance.happens(0.55) ? chance.between(0.2, 1) : 0]),
  ) as Record<Calamity, number>;
  const sometimes = (probability: number, most: number) =>
    chance.happens(probability) ? chance.between(0, most) : 0;
  return {
    calamities,
    everyMs: chance.between(600, 3000),
    messageLoss: sometimes(0.5, 0.05),
    messageRepeat: sometimes(0.5, 0.05),
    messageDelayMs: chance.skewed(2, 300),
    answerLoss: sometimes(0.6, 0.06),
    requestLoss: sometimes(0.4, 0.06),
    stragglers: sometimes(0.5, 0.02),
    storeDelayMs: chance.skewed(3, 200),
    clockSkewMs: sometimes(0.4, 150),
    isVigilant: chance.happens(0.5),
    abandonment: sometimes(0.5, 0.3),
  };
};

/** After the storm: nothing goes wrong any more. */
export const calm = (weather: Weather): Weather => ({
  ...weather,
  messageLoss: 0,
  messageRepeat: 0,
  messageDelayMs: 3,
  answerLoss: 0,
  requestLoss: 0,
  stragglers: 0,
  storeDelayMs: 5,
  abandonment: 0,
});
