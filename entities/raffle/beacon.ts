/** Where the raffles' draws get the rounds of a public source of randomness from. */
import type { BeaconChain, BeaconRound } from "../../rpc/raffle.ts";

export interface Beacon {
  /**
   * A round that has been published, verified against the chain's key; undefined while it cannot be had. May reject, which is
   * the same.
   */
  readonly round: (chain: BeaconChain, round: number) => Promise<BeaconRound | undefined>;
}
