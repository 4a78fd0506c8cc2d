/**
 * HTTP clients over keep-alive connections, in a process of their own, one request in flight on each. Every connection
 * repeats its own request, with a new number in its slots each time.
 */
import { connect, type Socket } from "node:net";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { Histogram } from "../support/Histogram.ts";
import { serveWorker } from "../support/Worker.ts";
import { HttpResponses } from "./HttpResponses.ts";
import { NumberedMessage } from "./NumberedMessage.ts";
import { sharedReads } from "./SharedReads.ts";

export interface HttpRequest {
  readonly host: string;
  readonly port: number;
  readonly connections: number;
  /** Whole requests, head and body; connection `i` sends number `i` modulo their count. */
  readonly requests: ReadonlyArray<string>;
  /** Numbers begin here, so that rounds do not repeat each other's keys. */
  readonly firstNumber: number;
  readonly expectedStatus: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

export interface HttpReport {
  readonly answered: number;
  /** Answers with another status than the expected one. */
  readonly unexpected: Readonly<Record<number, number>>;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU time of this process while it measured. */
  readonly cpuMs: number;
  /** The next unused number. */
  readonly nextNumber: number;
}

serveWorker<HttpRequest, HttpReport>(async (request) => {
  const latency = new Histogram();
  const unexpected = new Map<number, number>();
  let nextNumber = request.firstNumber;
  let answered = 0;
  let measuring = false;
  let sending = true;
  let cut = 0;

  const open = async (index: number): Promise<Socket> => {
    const text = request.requests[index % request.requests.length]!;
    const message = new NumberedMessage(Buffer.from(text));
    let sentAt = 0;
    const responses = new HttpResponses((status) => {
      if (measuring) {
        latency.record(performance.now() - sentAt);
        if (status === request.expectedStatus) answered += 1;
        else unexpected.set(status, (unexpected.get(status) ?? 0) + 1);
      }
      if (sending) send();
    });
    const socket = connect({
      host: request.host,
      port: request.port,
      noDelay: true,
      onread: sharedReads((bytes) => responses.push(bytes)),
    });
    await once(socket, "connect");
    const send = () => {
      const bytes = Buffer.allocUnsafe(message.length);
      message.write(nextNumber, bytes, 0);
      nextNumber += 1;
      sentAt = performance.now();
      socket.write(bytes);
    };
    socket.on("error", () => {
      cut += 1;
    });
    socket.on("end", () => {
      if (sending) cut += 1;
    });
    send();
    return socket;
  };

  const sockets = await Promise.all(
    Array.from({ length: request.connections }, (_, index) => open(index)),
  );
  await delay(request.warmUpMs);
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  measuring = true;
  await delay(request.measureMs);
  measuring = false;
  sending = false;
  const elapsedMs = performance.now() - startedAt;
  const used = process.cpuUsage(cpu);
  for (const socket of sockets) socket.destroy();
  if (cut > 0) throw new Error(`The server cut ${cut} connections.`);
  return {
    answered,
    unexpected: Object.fromEntries(unexpected),
    perSecond: answered / (elapsedMs / 1000),
    p50Ms: latency.quantileMs(0.5),
    p99Ms: latency.quantileMs(0.99),
    cpuMs: (used.user + used.system) / 1000,
    nextNumber,
  };
});
