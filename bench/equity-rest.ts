import { combinationText, cardsOf } from "../src/compute/range/Combination.ts";
import type { Bench } from "./Bench.ts";
import type { HttpReport, HttpRequest } from "./load/http.ts";
import type { EquityEmptyReply } from "./peers/equity-empty.ts";
import { interleave, median } from "./support/Rounds.ts";
import { HOST, startServer } from "./support/Server.ts";
import { startWorker } from "./support/Worker.ts";

const CONNECTIONS = 32;
const WARM_UP_MS = { full: 1_500, quick: 500 };
const GRACE_MS = 20_000;

/** One question, whole: two known hands before the flop. */
const requestFor = (hero: string, villain: string) => {
  const body = JSON.stringify({ hero, villain });
  return (
    `POST /api/v1/equity/calculate HTTP/1.1\r\nHost: ${HOST}\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${body.length}\r\n\r\n${body}`
  );
};

/** For each connection two hands, all different. */
const requests = Array.from({ length: CONNECTIONS }, (_, i) => {
  const [hero, villain] = [13 * i + 1, 1325 - 17 * i];
  const clash = cardsOf(hero).some((card) => cardsOf(villain).includes(card));
  return requestFor(combinationText(hero), combinationText(clash ? villain - 5 : villain));
});

export const equityRest: Bench = {
  name: "equity-rest",
  about: `POST /api/v1/equity/calculate, heads-up exact, ${CONNECTIONS} connections, against the same endpoint with an empty handler`,
  unit: "requests/s",
  bar: { ratioAtLeast: 0.5 },
  run: async (stage) => {
    const database = await stage.postgres.createDatabase("ours");
    stage.defer(database.drop);
    const server = await startServer(database);
    stage.defer(server.stop);
    const peer = await startWorker<null, EquityEmptyReply>(
      new URL("peers/equity-empty.ts", import.meta.url),
    );
    stage.defer(peer.stop);
    const { port: peerPort } = await peer.ask(null, GRACE_MS);
    const client = await startWorker<HttpRequest, HttpReport>(
      new URL("load/http.ts", import.meta.url),
    );
    stage.defer(client.stop);

    const warmUpMs = stage.quick ? WARM_UP_MS.quick : WARM_UP_MS.full;
    const measureMs = stage.seconds * 1000;
    const measure = async (port: number) => {
      const target = { host: HOST, port, connections: CONNECTIONS, expectedStatus: 200 };
      const report = await client.ask(
        { ...target, requests, firstNumber: 0, warmUpMs, measureMs },
        warmUpMs + measureMs + GRACE_MS,
      );
      if (report.answered === 0 || Object.keys(report.unexpected).length > 0)
        throw new Error(`Not answered as it should: ${JSON.stringify(report.unexpected)}`);
      return report;
    };
    const { a, b } = await interleave(stage.rounds, {
      a: () => measure(server.port),
      b: () => measure(peerPort),
    });
    const last = a.at(-1)!;
    const each = (reports: typeof a) =>
      reports.map(({ perSecond }) => Math.round(perSecond)).join(", ");
    return {
      ours: median(a.map(({ perSecond }) => perSecond)),
      peer: median(b.map(({ perSecond }) => perSecond)),
      notes: [
        `ours: p50 ${last.p50Ms.toFixed(2)} ms, p99 ${last.p99Ms.toFixed(2)} ms; the load client used ${((last.cpuMs / measureMs) * 100).toFixed(0)}% of a core`,
        `rounds: ours ${each(a)}; empty ${each(b)}`,
      ],
    };
  },
};
