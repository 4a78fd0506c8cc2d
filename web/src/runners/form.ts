/** What a runner brings to a race: four numbers from 0 to 1000, 500 being ordinary. */
export interface Form {
  readonly speed: number;
  readonly stamina: number;
  readonly start: number;
  readonly consistency: number;
}

export const FORM_PARTS = [
  "speed",
  "stamina",
  "start",
  "consistency",
] as const satisfies readonly (keyof Form)[];

export const FORM_MAX = 1_000;
