/**
 * `npm run bots -- --players 200`: guests that bet, cast and cancel on a running server until Ctrl-C, with a line each
 * second about how it goes. For a demonstration, or to see what a change does to a live system.
 */
import { parseArgs } from "node:util";
import { setTimeout as delay } from "node:timers/promises";
import { Bot } from "./bots/Bot.ts";
import { Tally } from "./bots/Tally.ts";
import { TEMPERAMENTS } from "./bots/Temperament.ts";

const USAGE = `npm run bots [-- --players N --url URL]

  --players N  how many (default 200)
  --url URL    the server (default http://127.0.0.1:8080)

Each bot asks little, but all come from one address: with more than a few, start the server with
RATE_LIMIT_PER_SECOND=0 or a large one.`;

const LINE_MS = 1_000;
/** Bots come in over a few seconds, as people do. */
const ARRIVALS_PER_SECOND = 100;

const readOptions = () => {
  const { values } = parseArgs({
    options: {
      players: { type: "string", default: "200" },
      url: { type: "string", default: "http://127.0.0.1:8080" },
      help: { type: "boolean", default: false },
    },
  });
  const players = Number(values.players);
  if (!Number.isInteger(players) || players < 1)
    throw new Error(`--players takes a whole number above 0, not "${values.players}".`);
  if (!URL.canParse(values.url) || !/^https?:/.test(values.url))
    throw new Error(`--url takes an http address, not "${values.url}".`);
  return { players, url: values.url.replace(/\/$/, ""), help: values.help };
};

const play = async (players: number, url: string) => {
  const tally = new Tally();
  const bots = Array.from({ length: players }, (_, index) => {
    const temperament = TEMPERAMENTS[index % TEMPERAMENTS.length]!;
    const name = `${temperament.name} ${index + 1}`;
    return new Bot({ url, name, temperament, random: Math.random, tally });
  });

  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  process.once("SIGTERM", () => stop.abort());
  const arrive = async () => {
    for (const bot of bots) {
      if (stop.signal.aborted) return;
      bot.start();
      await delay(1000 / ARRIVALS_PER_SECOND);
    }
  };
  const arriving = arrive();

  let lineAt = performance.now();
  const printer = setInterval(() => {
    const now = performance.now();
    const standing = {
      players,
      connected: bots.filter(({ connected }) => connected).length,
      waiting: bots.reduce((sum, { waiting }) => sum + waiting, 0),
      balanceMinor: bots.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0),
    };
    console.log(tally.line(standing, (now - lineAt) / 1000));
    lineAt = now;
  }, LINE_MS);

  await new Promise((resolve) => stop.signal.addEventListener("abort", resolve));
  clearInterval(printer);
  await arriving;
  for (const bot of bots) bot.stop();
  console.log(tally.summary());
};

try {
  const { players, url, help } = readOptions();
  if (help) console.log(USAGE);
  else {
    await play(players, url);
    // A bot in the middle of joining holds a connection; it has nothing to finish.
    process.exit(0);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
