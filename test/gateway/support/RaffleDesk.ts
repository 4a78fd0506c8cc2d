/** A gateway before real raffles and reservations on a fresh PostgreSQL, with players who have wallets. */
import { makeGame } from "../../../src/game.ts";
import type { RaffleBody } from "../../../rpc/raffleBody.ts";
import type { PaymentProvider } from "../../../src/payments/PaymentProvider.ts";
import { type House, openHouse } from "../../admin/House.ts";
import { type CallOptions, type Called, caller } from "./call.ts";
import { FakeCluster } from "./FakeCluster.ts";
import { HubTopics } from "./HubTopics.ts";
import { startGateway, type TestGateway } from "./TestGateway.ts";

export const DAY_MS = 86_400_000;

export interface RaffleDesk {
  readonly house: House;
  readonly server: TestGateway;
  readonly admin: string;
  readonly call: <Body = Readonly<Record<string, unknown>>>(
    method: string,
    path: string,
    options?: CallOptions,
  ) => Promise<Called<Body>>;
  /** The token of a player who has money. */
  readonly player: (playerId: string) => Promise<string>;
  /** On sale unless told otherwise. */
  readonly raffle: (
    raffleId: string,
    overrides?: Readonly<Record<string, unknown>>,
  ) => Promise<Called<RaffleBody>>;
  readonly close: () => Promise<void>;
}

export const openRaffleDesk = async (
  providers: ReadonlyArray<PaymentProvider> = [],
): Promise<RaffleDesk> => {
  const house = await openHouse(providers);
  const cluster = new FakeCluster();
  const game = makeGame(house.system, new HubTopics(house.system.topics), house.pool);
  const server = await startGateway({ pool: house.pool, cluster, game });
  const call = caller(() => server.url);
  const admin = (await server.player({ playerId: "admin", roles: ["admin"] })).token;
  return {
    house,
    server,
    admin,
    call,
    player: async (playerId) => {
      await house.open(playerId);
      return (await server.player({ playerId })).token;
    },
    raffle: (raffleId, overrides = {}) =>
      call("POST", "/api/v1/raffles", {
        token: admin,
        body: {
          raffle_id: raffleId,
          title: `Raffle ${raffleId}`,
          ticket_price: 250,
          total_numbers: 20,
          draw_at: new Date(Date.now() + DAY_MS).toISOString(),
          prizes: [{ name: "A boat" }, { name: "An oar" }],
          ...overrides,
        },
      }),
    close: async () => {
      await server.close();
      await house.close();
    },
  };
};
