/** Raffles in every state, with sales, a winner and refunds, so that pictures of the console show them as they look in use. */
import { RaffleDesk } from "../test/web/support/RaffleDesk.ts";
import type { Buyer } from "../test/web/support/RaffleDesk.ts";

const DAY_MS = 86_400_000;
const CROWD = 12;
const NUMBERS_EACH = 6;

/** Numbers far apart, the `first`th of them and so on: nobody has one twice, for the stride divides no total here. */
const STRIDE = 37;
const scattered = (first: number, count: number, total: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => ((first + index) * STRIDE + 5) % total);

/** The ids of a scene's raffles. */
export interface Scene {
  readonly onSale: string;
  readonly drawn: string;
  readonly cancelled: string;
  readonly draft: string;
  readonly suspended: string;
  readonly closed: string;
  /** Where the player has only to pay. */
  readonly atCheckout: string;
}

/** A scene of its own for each name: a player sees what is theirs, and ids are given once. */
export const sceneOf = (name: string): Scene => ({
  onSale: `harbour-bike-${name}`,
  drawn: `spring-gala-${name}`,
  cancelled: `chess-night-${name}`,
  draft: `summer-fete-${name}`,
  suspended: `club-shirt-${name}`,
  closed: `radio-tower-${name}`,
  atCheckout: `garden-party-${name}`,
});

export async function setRaffleScene(url: string, player: Buyer, scene: Scene): Promise<void> {
  const desk = await RaffleDesk.open(url);
  const crowd = await Promise.all(
    Array.from({ length: CROWD }, (_, index) => desk.join(`Guest ${index + 1}`)),
  );
  const sellTo = async (raffleId: string, buyers: readonly Buyer[], total: number) => {
    for (const [place, buyer] of buyers.entries()) {
      await desk.buy(buyer, raffleId, scattered(place * NUMBERS_EACH, NUMBERS_EACH, total));
    }
  };
  await desk.create({
    id: scene.onSale,
    title: "A cargo bike for the harbour",
    description: "What is left goes to the sailing school.",
    price: 250,
    numbers: 1_000,
    prizes: [
      { name: "Cargo bike", description: "Electric, for two children and the shopping" },
      { name: "A weekend on board", description: "For two, in May" },
      { name: "Dinner at the quay" },
    ],
    drawInMs: 3 * DAY_MS,
    organiserId: player.playerId,
    minSoldPercent: 5,
  });
  await sellTo(scene.onSale, crowd, 1_000);
  await desk.buy(player, scene.onSale, scattered(100, 3, 1_000));

  await desk.create({
    id: scene.drawn,
    title: "Spring gala",
    price: 500,
    numbers: 499,
    prizes: [
      { name: "Balloon flight for two", description: "Over the lakes, at dawn" },
      { name: "Season ticket" },
      { name: "Signed print" },
      { name: "Basket of cheese" },
    ],
    drawInMs: DAY_MS,
    organiserId: player.playerId,
  });
  await sellTo(scene.drawn, crowd.slice(0, 3), 499);
  // Who has bought most of them wins some.
  for (const first of [100, 110, 120]) {
    await desk.buy(player, scene.drawn, scattered(first, 10, 499));
  }
  await desk.act(scene.drawn, "draw");

  await desk.create({ id: scene.cancelled, title: "Chess night", price: 100, numbers: 64 });
  await desk.buy(player, scene.cancelled, [1, 8, 27]);
  await desk.act(scene.cancelled, "cancel", "The hall is flooded");

  await desk.create({ id: scene.draft, title: "Summer fête", publish: false, numbers: 20_000 });
  await desk.create({ id: scene.suspended, title: "The captain’s shirt", price: 1_000 });
  await desk.buy(crowd[0]!, scene.suspended, [9, 10, 11]);
  await desk.act(scene.suspended, "suspend", "The shirt is being signed");
  await desk.create({ id: scene.closed, title: "A night in the radio tower", drawInMs: DAY_MS });
  await sellTo(scene.closed, crowd.slice(0, 5), 100);
  await desk.buy(player, scene.closed, scattered(50, 1, 100));
  await desk.act(scene.closed, "close");

  // Nobody pays for these: one is chosen, the other is at the checkout.
  await desk.reserve(player, scene.onSale, scattered(200, 3, 1_000));
  await desk.create({ id: scene.atCheckout, title: "Garden party", numbers: 400 });
  const { id } = await desk.reserve(player, scene.atCheckout, [11, 22, 33, 44]);
  await desk.checkOut(player, id);
}
