/**
 * Ports that stay free while nobody listens on them: below those that the system gives to outgoing connections, one of
 * which might sit on a dead process's port when it is to be started again.
 */
import { createServer } from "node:net";

const FIRST = 20_000;
/** Linux gives out from 32,768 on. */
const LAST = 32_000;
/** Runs at the same time begin their search far from one another. */
const STRIDE = 40;

let next = FIRST + ((process.pid * STRIDE) % (LAST - FIRST));

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });

export const lastingPort = async (): Promise<number> => {
  for (let tried = FIRST; tried < LAST; tried++) {
    const port = next;
    next = next + 1 < LAST ? next + 1 : FIRST;
    if (await isFree(port)) return port;
  }
  throw new Error(`no port is free between ${FIRST} and ${LAST}`);
};
