/**
 * The processor's HTTP server, on loopback: the merchant's API under /v1, the payer's pages under /pay. Everything that
 * comes in has a bound.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { answerApi } from "./Api.ts";
import { answerPage } from "./CardPages.ts";
import { Processor, type ProcessorOptions } from "./Processor.ts";

const HOST = "127.0.0.1";
/** A payment with its metadata has some hundred bytes, a form less. */
const MAX_BODY_BYTES = 64 * 1024;
/** A request that takes longer to arrive is somebody holding a door open. */
const REQUEST_TIMEOUT_MS = 10_000;
/** Browsers keep some each, and the house a dozen. */
const MAX_CONNECTIONS = 1000;

export interface SandboxCardOptions extends Omit<ProcessorOptions, "origin"> {
  /** 0: any that is free. */
  readonly port: number;
  /** Where payers reach it, if that is not where it listens. */
  readonly publicUrl: string | undefined;
  readonly webhookOrigins: ReadonlyArray<string>;
}

export interface SandboxCardServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Listens first and reads its file then: the port is what keeps two of them from writing one file. Rejects with EADDRINUSE
 * when it is taken.
 */
export const startSandboxCard = async (options: SandboxCardOptions): Promise<SandboxCardServer> => {
  let processor: Processor | undefined;
  const server = createServer((request, response) => {
    if (processor === undefined) return end(response, 503, { "retry-after": "1" });
    serve(options, processor, request, response).catch((cause: unknown) => {
      if (cause instanceof TooLarge) end(response, 413, { connection: "close" });
      else if (!request.destroyed) {
        console.error("sandbox card:", cause);
        end(response, 500);
      }
    });
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.maxConnections = MAX_CONNECTIONS;
  const port = await listen(server, options.port);
  const url = `http://${HOST}:${port}`;
  try {
    processor = await Processor.open({ ...options, origin: options.publicUrl ?? url });
  } catch (cause) {
    server.close();
    throw cause;
  }
  const opened = processor;
  return {
    url,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await opened.close();
    },
  };
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, () => resolve((server.address() as AddressInfo).port));
  });

const serve = async (
  { secrets, webhookOrigins }: SandboxCardOptions,
  processor: Processor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { method = "GET" } = request;
  const url = new URL(request.url ?? "/", processor.origin);
  const body = await readBody(request);
  if (url.pathname.startsWith("/pay/")) {
    const page = answerPage(processor, {
      method,
      url,
      language: request.headers["accept-language"] ?? "",
      form: new URLSearchParams(body),
    });
    await processor.durable();
    return end(response, page.status, page.headers, page.body);
  }
  const { faults } = processor;
  // The switches themselves work, whatever else does not.
  const isFaulty = !url.pathname.startsWith("/v1/faults") && url.pathname !== "/v1/health";
  if (isFaulty && faults.takeFailure()) return end(response, 500);
  if (isFaulty && faults.delayMs > 0) await delay(faults.delayMs);
  const answer = await answerApi(
    { processor, secrets, webhookOrigins },
    {
      method,
      path: url.pathname,
      authorization: request.headers.authorization,
      idempotencyKey: request.headers["idempotency-key"]?.toString(),
      body,
    },
  );
  await processor.durable();
  if (isFaulty && faults.takeDrop()) return void request.socket.destroy();
  const json = { "content-type": "application/json", "cache-control": "no-store" };
  end(response, answer.status, json, JSON.stringify(answer.body));
};

class TooLarge extends Error {}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Array<Buffer> = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
};

const end = (
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body = "",
) => {
  response.writeHead(status, headers);
  response.end(body);
};
