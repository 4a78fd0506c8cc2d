/** Raffles of the load, made over the API as an administrator makes them. */
import { post } from "./Api.ts";

const DAY_MS = 86_400_000;
/** The development default of ADMIN_PASSWORD; the bench's server has it. */
const ADMIN = { username: "admin", password: "admin" };

export const adminToken = async (url: string): Promise<string> => {
  const { token } = await post<{ readonly token: string }>(`${url}/auth/login`, ADMIN);
  return token;
};

/** A raffle on sale; its id. */
export const openRaffle = async (
  url: string,
  token: string,
  totalNumbers: number,
): Promise<string> => {
  const raffle = {
    title: "Stampede",
    ticket_price: 250,
    total_numbers: totalNumbers,
    draw_at: new Date(Date.now() + DAY_MS).toISOString(),
    prizes: [{ name: "A horse" }],
  };
  const { id } = await post<{ readonly id: string }>(`${url}/api/v1/raffles`, raffle, token);
  return id;
};
