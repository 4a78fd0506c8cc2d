/**
 * Takes part in a raffle: reserves some of its free numbers, pays from the wallet, waits for the draw, and draws it again to see
 * whether all is right. Kill it whenever you like: started again it is the same player, and nothing is bought twice. To verify
 * needs `@noble/curves` and `@noble/hashes` beside the SDK.
 *
 *     CROUPIER_URL=http://127.0.0.1:8080 npx tsx raffle.ts RAFFLE
 */
import { createCroupier } from "@croupier/sdk";
import type { RaffleState, ReservationBody } from "@croupier/sdk";
import { verifyDraw } from "@croupier/sdk/draw";
import { fileStorage, openNodeSocket } from "@croupier/sdk/node";

const url = process.env["CROUPIER_URL"] ?? "http://127.0.0.1:8080";
const [raffleId = "demo"] = process.argv.slice(2);
const storage = fileStorage(process.env["RAFFLE_FOLDER"] ?? "./raffle");
const COUNT = 2;

const croupier = createCroupier({ url, storage, openSocket: openNodeSocket });
if (croupier.session.get() === null) {
  const joined = await croupier.join({ displayName: "Ticket" });
  if (!joined.ok) throw new Error(joined.problem.detail);
}

const raffle = croupier.raffle(raffleId);
/** The raffle, as soon as it is so. */
const once = (isSo: (state: RaffleState) => boolean): Promise<RaffleState> =>
  new Promise((resolve, reject) => {
    const look = (): void => {
      const state = raffle.get();
      if (state.isMissing) reject(new Error(`There is no raffle ${raffleId}.`));
      if (isSo(state)) resolve(state);
    };
    raffle.subscribe(look);
    look();
  });

const { grid, raffle: open } = await once((state) => state.grid !== null);
if (grid === null || open === null) throw new Error("A raffle has its numbers.");
// Noted while numbers are sold: what the house cannot change any more.
const NOTED = `raffle.commitment.${raffleId}`;
const commitment = storage.getItem(NOTED) ?? open.commitment ?? "";
storage.setItem(NOTED, commitment);

// Bought, or begun to be, by an earlier life of this program?
const mine = await croupier.get("/api/v1/reservations", { query: { raffle_id: raffleId } });
const begun = (mine.ok ? mine.body.reservations : []).find(({ phase }) =>
  ["selection", "checkout", "sold"].includes(phase),
);
const reserve = async (): Promise<ReservationBody> => {
  const free = Array.from({ length: grid.total }, (_, number) => number).filter(
    (number) => grid.status(number) === "available",
  );
  const reserved = await croupier.reserve({ raffleId, numbers: free.slice(0, COUNT) });
  if (!reserved.ok) throw new Error(reserved.refusal.detail);
  return reserved.reservation;
};
let bought: ReservationBody = begun ?? (await reserve());
if (bought.phase === "selection") await croupier.moveToCheckout(bought.id);
if (bought.phase !== "sold") {
  const paid = await croupier.pay({ reservationId: bought.id, provider: "wallet" });
  if (!paid.ok) throw new Error(paid.refusal.detail);
  bought = paid.reservation;
}
console.log("bought:", bought.numbers.map(({ number }) => number).join());

await once(({ draw }) => draw?.status === "completed");
const proof = await croupier.get("/api/v1/raffles/{raffle_id}/verify", {
  path: { raffle_id: raffleId },
});
if (!proof.ok) throw new Error(proof.problem.detail);
const tickets = bought.numbers.map(({ number }) => `${number}:${bought.id}`);
const verdict = verifyDraw(proof.body, { raffleId, commitment, tickets });
for (const { claimed, expected, holds, what } of verdict.checks)
  console.log(holds ? "✓" : "✗", what, holds ? "" : `expected ${expected}, claimed ${claimed}`);
for (const [prize, ticket] of verdict.winners.entries())
  console.log(`${prize + 1}. ${ticket}${tickets.includes(ticket) ? ", which is mine" : ""}`);
croupier.close();
process.exitCode = verdict.holds ? 0 : 1;
