import type { Bench } from "./Bench.ts";
import type { HttpReport, HttpRequest } from "./load/http.ts";
import type { HttpApiReply, HttpApiRequest } from "./peers/http-api.ts";
import { bettingLobby } from "./support/Lobby.ts";
import { join } from "./support/Players.ts";
import { interleave, median } from "./support/Rounds.ts";
import { HOST, startServer } from "./support/Server.ts";
import { startWorker } from "./support/Worker.ts";

/** Enough to keep a server busy all the time, few enough that none waits long. */
const CONNECTIONS = 64;
const WARM_UP_MS = { full: 1_500, quick: 500 };
const GRACE_MS = 20_000;

/** One request, whole; valid where it is sent, so the answer is 200. */
const requestFor = (token: string) => {
  const body = JSON.stringify({ market: "exacta", selection: [3, 5], stake: 250 });
  return (
    `POST /bets/validate HTTP/1.1\r\nHost: ${HOST}\r\nContent-Type: application/json\r\n` +
    `Authorization: Bearer ${token}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  );
};

export const smallEndpoint: Bench = {
  name: "small-endpoint",
  about:
    "POST /bets/validate through a route compiled onto uWebSockets.js against the same contract on node:http through HttpApi",
  unit: "requests/s",
  bar: { ratioAtLeast: 8 },
  run: async (stage) => {
    const database = await stage.postgres.createDatabase("ours");
    stage.defer(database.drop);
    const server = await startServer(database);
    stage.defer(server.stop);
    const peer = await startWorker<HttpApiRequest, HttpApiReply>(
      new URL("peers/http-api.ts", import.meta.url),
    );
    stage.defer(peer.stop);
    const { token, lobbyId } = await join(server.url, "Validator");
    const { race_id: raceId } = await bettingLobby(server.url, lobbyId);
    const { port: peerPort } = await peer.ask({ token, lobbyId, raceId }, GRACE_MS);
    const requests = [requestFor(token)];
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
      if (report.answered === 0)
        throw new Error(
          `No request was answered as it should: ${JSON.stringify(report.unexpected)}`,
        );
      return report;
    };
    stage.progress(`${CONNECTIONS} keep-alive connections`);
    const { a, b } = await interleave(stage.rounds, {
      a: () => measure(server.port),
      b: () => measure(peerPort),
    });
    const last = a.at(-1)!;
    return {
      ours: median(a.map(({ perSecond }) => perSecond)),
      peer: median(b.map(({ perSecond }) => perSecond)),
      notes: [
        `ours: p50 ${last.p50Ms.toFixed(2)} ms, p99 ${last.p99Ms.toFixed(2)} ms; the load client used ${((last.cpuMs / measureMs) * 100).toFixed(0)}% of a core, ${last.cpuMs / measureMs > 0.9 ? "and limits the figure" : "so the server is the limit"}`,
        `rounds: ours ${a.map(({ perSecond }) => Math.round(perSecond)).join(", ")}; peer ${b.map(({ perSecond }) => Math.round(perSecond)).join(", ")}`,
      ],
    };
  },
};
