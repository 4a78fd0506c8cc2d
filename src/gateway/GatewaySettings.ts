import type { SettingsValues } from "../ops/Config.ts";

/** What the gateway reads of the process's settings. */
export type GatewaySettings = Pick<
  SettingsValues,
  | "host"
  | "port"
  | "jwtSecret"
  | "adminPassword"
  | "corsOrigins"
  | "joinGrant"
  | "rateLimitPerSecond"
  | "trustedProxies"
  | "bettingSeconds"
  | "racingSeconds"
  | "resultsSeconds"
  | "minBet"
  | "maxBet"
  | "takeout"
  | "cancelFee"
  | "maxPowerSpendPerRace"
  | "stateSyncHz"
  | "publicUrl"
  | "selectionSeconds"
  | "checkoutSeconds"
  | "platformFee"
>;
