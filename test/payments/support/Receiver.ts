/** A merchant's end of webhooks: it keeps what comes and answers as it is told. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eventually } from "./eventually.ts";

export interface Received {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** The status that it was answered with. */
  readonly answered: number;
  readonly id: string;
  readonly type: string;
}

export interface Receiver {
  readonly url: string;
  readonly received: ReadonlyArray<Received>;
  /** What it answers from now on: one after the other, and the last for ever. */
  readonly answer: (...statuses: ReadonlyArray<number>) => void;
  /** The first so many. */
  readonly first: (count: number) => Promise<ReadonlyArray<Received>>;
  readonly close: () => Promise<void>;
}

export const openReceiver = async (): Promise<Receiver> => {
  const received: Array<Received> = [];
  let statuses = [200];
  const server = createServer((request, response) => {
    const chunks: Array<Buffer> = [];
    request.on("data", (chunk: Buffer) => void chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const { id, type } = JSON.parse(body.toString()) as Received;
      const answered = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 200;
      const headers = request.headers as Received["headers"];
      received.push({ headers, body, answered, id, type });
      response.writeHead(answered).end();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/v1/payments/webhooks/sandbox_card`,
    received,
    answer: (...next) => void (statuses = [...next]),
    first: (count) =>
      eventually(`${count} webhooks`, () =>
        received.length < count ? undefined : received.slice(0, count),
      ),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};
