/**
 * An accident of some minutes ago: a player's stake was held, and the process died before the lobby heard of the bet. Nobody
 * ever asked again. The wallet asks about a hold when it is three minutes old, so the process of the accident runs by a
 * clock that is behind by almost that.
 */
import { CHECK_HOLD_AFTER_MS } from "../../entities/wallet/decider.ts";
import { bet, type Json, Player, send } from "../crash/Player.ts";
import { until, within } from "../crash/deadline.ts";
import type { ChaosCluster } from "./ChaosCluster.ts";

/** So long after the accident its wallet wakes: when the faults have begun. */
const UNTIL_ASKED_MS = 9000;
const LOBBY = "yesterday";
const TIMES = { betting_ms: 20_000, racing_ms: 2000, results_ms: 500 };

/** A module that sets the clock of the process that imports it first. */
const clockModule = (behindMs: number) =>
  `data:text/javascript,${encodeURIComponent(
    `const now = Date.now; globalThis.Date = class extends Date {
       constructor(...parts) { parts.length === 0 ? super(now() - ${behindMs}) : super(...parts) }
       static now() { return now() - ${behindMs} }
     }`,
  )}`;

export interface Victim {
  readonly playerId: string;
  readonly token: string;
}

/** Leaves the cluster without a process and with a hold that belongs to nothing. */
export const accident = async (cluster: ChaosCluster): Promise<Victim> => {
  const member = cluster.member(0);
  const behindMs = CHECK_HOLD_AFTER_MS - UNTIL_ASKED_MS;
  await cluster.start(member, { NODE_OPTIONS: `--import=${clockModule(behindMs)}` });
  await cluster.ready(member);
  const admin = await Player.admin(member.url);
  const body: Json = { lobby_id: LOBBY, name: "Yesterday", ...TIMES };
  await admin.ask({ method: "POST", path: "/lobbies", body });
  await until(
    "betting to begin",
    async () => (await send(member.url, { path: `/lobbies/${LOBBY}` })).body["phase"],
    (phase) => phase === "betting",
  );
  await admin.ask({ method: "POST", path: `/lobbies/${LOBBY}/stop` });
  const player = await Player.join(member.url, LOBBY);
  const reached = member.database.next(`"_tag":"BetAccepted"`);
  const cutOff = player.send(bet("never-again")).catch(() => undefined);
  const held = await within(reached, "the lobby's part of a bet");
  await cluster.kill(member);
  held.cut();
  await cutOff;
  return { playerId: player.id, token: player.token };
};
