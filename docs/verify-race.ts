/**
 * Recomputes a race from what is public about it and compares: exit code 0 if all is as the house says, 1 if not.
 *
 *   npx tsx docs/verify-race.ts <base url> <race id> [commitment]
 *
 * `commitment` is the one you noted while bets were taken; without it the one that the house shows now is taken for it.
 * The seeds are computed here, with nothing but Node's own hashes; the race and the payouts with the race's rules
 * (`entities/lobby/race`), which are the same functions that the server runs.
 */
import { createHash, createHmac } from "node:crypto";
import { Schema } from "effect";
import { POWER_IDS } from "../entities/lobby/race/power.ts";
import { formatOrder, framesDigest, verifyRace } from "../entities/lobby/race/replay.ts";
import { simulate } from "../entities/lobby/race/simulation.ts";
import { VerifyBody } from "../rpc/http/race.ts";

const { powers } = VerifyBody.fields;
/** What `GET /races/{id}/verify` gives of a race that is over, with no power that the rules do not have. */
const Race = Schema.Struct({
  ...VerifyBody.fields,
  powers: Schema.Array(
    Schema.Struct({ ...powers.value.fields, power: Schema.Literal(...POWER_IDS) }),
  ),
});
type Race = typeof Race.Type;

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmacSha256 = (key: string, text: string) =>
  createHmac("sha256", key).update(text).digest("hex");

/** One line for each accepted bet, in the order of their ids. */
const digestOf = (bets: Race["bets"]) =>
  sha256(
    bets
      .toSorted((a, b) => (a.bet_id < b.bet_id ? -1 : 1))
      .map(
        (bet) =>
          `${bet.bet_id}|${bet.player_id}|${bet.market}|${bet.selection.join("-")}|${bet.stake}\n`,
      )
      .join(""),
  );

/** The same data under the names that the race's rules use. */
const publicRace = (race: Race) => ({
  raceId: race.race_id,
  commitment: race.commitment,
  serverSeed: race.server_seed,
  finalSeed: race.final_seed,
  field: race.field,
  scratched: race.scratched,
  maxTicks: race.max_ticks,
  takeoutPerMille: race.takeout_per_mille,
  bets: race.bets.map(({ bet_id, market, player_id, selection, stake }) => ({
    betId: bet_id,
    playerId: player_id,
    market,
    selection,
    stakeMinor: stake,
  })),
  powers: race.powers,
  order: race.order,
  payouts: race.payouts.map(({ bet_id, payout }) => ({ betId: bet_id, payoutMinor: payout })),
});

const stop = (sentence: string): never => {
  console.error(sentence);
  process.exit(1);
};

const [baseUrl, raceId, noted] = process.argv.slice(2);
if (baseUrl === undefined || raceId === undefined)
  stop("usage: npx tsx docs/verify-race.ts <base url> <race id> [commitment]");

const response = await fetch(new URL(`/races/${encodeURIComponent(raceId!)}/verify`, baseUrl));
if (!response.ok)
  stop(`HTTP ${response.status}: is there such a race, and is it over? ${await response.text()}`);
const race = Schema.decodeUnknownSync(Race)(await response.json());
if (race.race_id !== raceId) stop(`The house answers with another race: ${race.race_id}.`);

let allAgrees = true;
const check = (agrees: boolean, what: string) => {
  allAgrees &&= agrees;
  console.log(`${agrees ? "✓" : "✗"} ${what}`);
};

const commitment = noted ?? race.commitment;
const digest = digestOf(race.bets);
const finalSeed = hmacSha256(race.server_seed, `${race.race_id}:${digest}`);
check(
  sha256(race.server_seed) === commitment,
  `commitment ${commitment} = SHA-256(server seed ${race.server_seed})`,
);
check(race.bets_digest === digest, `digest ${digest} = SHA-256(${race.bets.length} bets)`);
check(race.final_seed === finalSeed, `final seed ${finalSeed} = HMAC-SHA256(server seed, digest)`);

const claimed = publicRace(race);
const verdict = verifyRace(claimed);
check(verdict.seedOk, "final seed, as the race's rules compute it");
if (verdict.orderOk) {
  const run = simulate({ ...claimed, seed: finalSeed });
  console.log(`  frames ${framesDigest(run)} = SHA-256 of ${run.finishTick + 1} frames`);
}
check(verdict.orderOk, `order ${formatOrder(race.order)}`);
const paid = race.payouts.reduce((sum, { payout }) => sum + payout, 0);
check(verdict.payoutsOk, `payouts of ${race.payouts.length} bets, ${paid} minor units`);
for (const detail of verdict.details) console.log(`  ${detail}`);

console.log(allAgrees ? "All is as the house says." : "The house's account does not hold.");
process.exitCode = allAgrees ? 0 : 1;
