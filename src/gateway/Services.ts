/** What the handlers work with. */
import type { Entropy } from "../actor/Clock.ts";
import type { Cluster } from "../cluster/Cluster.ts";
import type { Metrics } from "../ops/Metrics.ts";
import type { Supervision } from "../ops/SupervisorClient.ts";
import type { BeaconChain } from "../../rpc/raffle.ts";
import type { SocketStatsBody } from "../../rpc/http/config.ts";
import type { Accounts } from "./Accounts.ts";
import type { AdminActs } from "./AdminActs.ts";
import type { Calculations } from "./Calculations.ts";
import type { Cors } from "./Cors.ts";
import type { Game } from "./Game.ts";
import type { GatewayLog } from "./GatewayLog.ts";
import type { GatewaySettings } from "./GatewaySettings.ts";
import type { Health } from "./Health.ts";
import type { Inspector } from "./Inspector.ts";
import type { Passwords } from "./Passwords.ts";
import type { PaymentDesk } from "./PaymentDesk.ts";
import type { PokerDesks } from "./PokerDesks.ts";
import type { PushDesk } from "./PushDesk.ts";
import type { RaffleSight } from "./RaffleSight.ts";
import type { RateLimiter } from "./RateLimiter.ts";
import type { Revocations } from "./Revocations.ts";
import type { Tokens } from "./Tokens.ts";

export interface Services {
  readonly game: Game;
  readonly cluster: Cluster | undefined;
  readonly inspector: Inspector | undefined;
  readonly supervision: Supervision;
  readonly accounts: Accounts;
  readonly acts: AdminActs;
  readonly passwords: Passwords;
  readonly revocations: Revocations;
  /** Attempts at one account's password from one address. */
  readonly guessLimit: RateLimiter;
  readonly tokens: Tokens;
  readonly entropy: Entropy;
  readonly settings: GatewaySettings;
  readonly health: Health;
  readonly metrics: Pick<Metrics, "prometheusText" | "reservation" | "payment" | "query">;
  readonly payments: PaymentDesk;
  readonly push: PushDesk;
  readonly poker: PokerDesks;
  readonly calculations: Calculations;
  readonly raffleSight: RaffleSight;
  /** The source of public chance that raffles made here draw with; undefined for none. */
  readonly beacon: BeaconChain | undefined;
  /** Sockets of this process that watch one raffle each, by raffle. */
  readonly raffleWatchers: () => ReadonlyMap<string, number>;
  /** Of this process's sockets, since it was started. */
  readonly socketStats: () => SocketStatsBody;
  readonly cors: Pick<Cors, "allows">;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: GatewayLog;
  readonly isDraining: () => boolean;
  /** `host:port` of this gateway, for a client that did not say how it came here. */
  readonly ownHost: () => string;
}
