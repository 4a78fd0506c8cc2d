/**
 * A little card processor, for trying out payments: it has a merchant's API, a card page for payers, signed webhooks and the
 * faults of a real one, and takes no money. It plays a company outside, so it is a process of its own.
 *
 * As a child of a server it ends with it: when the channel between them closes.
 *
 *     SANDBOX_CARD_PORT             8082; 0: any that is free
 *     SANDBOX_CARD_SECRET           what merchants say and webhooks are signed with; two, with a comma, while it is changed
 *     SANDBOX_CARD_FILE             where it remembers its payments
 *     SANDBOX_CARD_PUBLIC_URL       where payers reach it, if that is not this machine
 *     SANDBOX_CARD_WEBHOOK_ORIGINS  where webhooks may go, beside this machine
 *     SANDBOX_CARD_LATE_MS          30000, how late a late webhook is
 *     SANDBOX_CARD_REFUND_MS        1000, how long a refund takes
 *     SANDBOX_CARD_RETRY_MS         500, the first pause after a webhook that was not taken
 */
import { type SandboxCardServer, startSandboxCard } from "./SandboxCardServer.ts";

/** The exit code that says that another program listens on the port. */
const PORT_TAKEN_EXIT = 3;

const written = (name: string, fallback: string) => process.env[name] || fallback;
const numberOf = (name: string, fallback: number) => {
  const value = Number(written(name, String(fallback)));
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`${name} must be a whole number from 0`);
  return value;
};
const listOf = (name: string, fallback = "") =>
  written(name, fallback)
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

const start = (): Promise<SandboxCardServer> =>
  startSandboxCard({
    port: numberOf("SANDBOX_CARD_PORT", 8082),
    // While one is being changed: both, separated by a comma.
    secrets: listOf("SANDBOX_CARD_SECRET", "development-only-sandbox-card-secret"),
    file: written("SANDBOX_CARD_FILE", "./.data/sandbox-card.jsonl"),
    publicUrl: written("SANDBOX_CARD_PUBLIC_URL", "") || undefined,
    webhookOrigins: listOf("SANDBOX_CARD_WEBHOOK_ORIGINS"),
    lateMs: numberOf("SANDBOX_CARD_LATE_MS", 30_000),
    refundMs: numberOf("SANDBOX_CARD_REFUND_MS", 1_000),
    retryMs: numberOf("SANDBOX_CARD_RETRY_MS", 500),
    failed: (cause) => {
      console.error("sandbox card: what happens cannot be written any more:", cause);
      process.exit(1);
    },
  });

let server: SandboxCardServer;
try {
  server = await start();
} catch (cause) {
  const isTaken = (cause as NodeJS.ErrnoException).code === "EADDRINUSE";
  // Whoever started it as a child hears it by the exit code, and may be content with the one that is there.
  if (!isTaken || process.send === undefined)
    console.error(`sandbox card: ${cause instanceof Error ? cause.message : String(cause)}`);
  process.exit(isTaken ? PORT_TAKEN_EXIT : 1);
}

console.log(`The sandbox card server is ready: ${server.url}`);
process.send?.({ type: "ready", url: server.url });

const stop = () => {
  void server.close().then(() => process.exit(0));
};
process.once("SIGTERM", stop);
// From a terminal Ctrl-C reaches the parent too, which then closes the channel.
process.once("SIGINT", () => {
  if (process.send === undefined) stop();
});
process.once("disconnect", stop);
