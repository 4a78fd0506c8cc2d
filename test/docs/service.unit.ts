import { readFileSync } from "node:fs";
import { Effect } from "effect";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ServiceClient } from "../../rpc/client/service-client.ts";
import { CommandId } from "../../rpc/id.ts";
import { minor } from "../../rpc/money.ts";
import { overTcp, serveInMemory, TOKEN } from "../rpc/support/ServiceUnderTest.ts";
import { runScript } from "./support/Script.ts";

const read = (file: string) => readFileSync(new URL(`../../docs/${file}`, import.meta.url), "utf8");

it("docs/services.md shows docs/service.ts as it is", () => {
  expect(read("services.md")).toContain(`\`\`\`ts\n${read("service.ts")}\`\`\``);
});

describe("docs/service.ts", () => {
  let server: Awaited<ReturnType<typeof serveInMemory>>;
  beforeAll(async () => {
    server = await serveInMemory();
    await overTcp(server)(
      Effect.flatMap(ServiceClient, ({ Wallet }) =>
        Wallet.Open({
          entityId: "player-1",
          commandId: CommandId.make("open"),
          grantMinor: minor(0),
        }),
      ),
    );
  });
  afterAll(() => server.stop());

  const run = (env: Readonly<Record<string, string>>) =>
    runScript("docs/service.ts", {
      env: { CROUPIER_URL: server.url, SERVICE_TOKEN: TOKEN, PLAYER_ID: "player-1", ...env },
    });

  it("pays a bonus", async () => {
    expect(await run({})).toMatchObject({ code: 0, stdout: "balance 2500\n" });
  });

  it.each([
    ["without the token", { SERVICE_TOKEN: "wrong" }, "This needs a valid token"],
    ["to a player who is none", { PLAYER_ID: "nobody" }, "There is no wallet for this player"],
  ])("%s fails with a sentence", async (_, env, sentence) => {
    const { code, stderr } = await run(env);
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
  });
});
