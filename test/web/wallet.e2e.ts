/** The wallet page, with the real server: what is told of money is what the ledger has. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { ConsolePage } from "./support/ConsolePage.ts";
import { expectAccessible } from "./support/accessible.ts";
import { openHouse } from "./support/House.ts";
import type { House } from "./support/House.ts";

let house: House;
let console: ConsolePage;

beforeAll(async () => {
  house = await openHouse({ bettingSeconds: 600, racingSeconds: 5, resultsSeconds: 5 });
});
afterAll(() => house.close());
afterEach(() => console.close());

const open = async (options = {}) => {
  console = await ConsolePage.open(house.browser, house.url, options);
  await console.join("Ada");
  return console.page;
};
const toWallet = async () => {
  await console.page.goto(`${house.url}/#/wallet`);
  await console.page.locator("[data-line]").first().waitFor();
};
/** As another tab or a program of the player's would place it. */
const bet = (key: string, stake = 500) =>
  console.page.evaluate<number>(
    `fetch("/bets", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-idempotency-key": ${JSON.stringify(key)},
        authorization: "Bearer " + JSON.parse(localStorage["croupier.session"]).token,
      },
      body: JSON.stringify({ lobby_id: "demo", market: "win", selection: [2], stake: ${stake} }),
    }).then((answer) => answer.status)`,
  );

test("a bet shows in the picture, among the holds and in the statement, with its race", async () => {
  const page = await open();
  await console.placeBet("win", [2], "5.00");
  await console.bet("win", "accepted");
  await toWallet();
  await expect.poll(() => page.locator("[data-wallet=available]").innerText()).toBe("995.00");
  await expect.poll(() => page.locator("[data-wallet=held]").innerText()).toBe("5.00");
  await expect.poll(() => page.locator("[data-wallet=total]").innerText()).toBe("1,000.00");
  await page.getByRole("img", { name: "995.00 available and 5.00 held of 1,000.00" }).waitFor();
  await page.locator("[data-hold=bet]").getByText("5.00").waitFor();
  const newest = page.locator("[data-line]").first();
  await expect
    .poll(() => newest.innerText())
    .toMatch(/Set aside\s+Your held money\s+demo-\d+\s+5\.00/);
  const link = newest.getByRole("link");
  const raceId = await link.innerText();
  await expect.poll(() => link.getAttribute("href")).toBe(`#/races/${raceId}`);
  const grant = page.locator("[data-purpose=grant]");
  await expect.poll(() => grant.innerText()).toMatch(/House: grants[\s\S]*\+1,000\.00/);
  expect(console.complaints).toEqual([]);
});

test("new lines come in by themselves, and what is of one sort can be looked at alone", async () => {
  const page = await open();
  await toWallet();
  await expect.poll(() => page.locator("[data-line]").count()).toBe(1);
  await expect(bet("from-elsewhere")).resolves.toBe(201);
  await page.locator("[data-purpose=hold]").waitFor();
  await page.locator("[data-hold=bet]").waitFor();
  await page.getByLabel("Show").selectOption("Joining grant");
  await expect.poll(() => page.locator("[data-line]").count()).toBe(1);
  await page.getByLabel("Show").selectOption("Everything");
  await expect.poll(() => page.locator("[data-line]").count()).toBe(2);
});

test("older lines are fetched when asked for, and the keyboard goes on where they begin", async () => {
  const page = await open();
  for (let at = 0; at < 55; at += 1) await expect(bet(`many-${at}`, 100)).resolves.toBe(201);
  await toWallet();
  await page.getByText("50 lines loaded").waitFor();
  await page.getByRole("button", { name: "Older lines" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("That is the beginning of your wallet.").waitFor();
  await expect.poll(() => page.locator("[data-line]").count()).toBe(56);
  const where = "[...document.querySelectorAll('[data-line]')].indexOf(document.activeElement)";
  await expect.poll(() => page.evaluate<number>(where)).toBe(50);
});

test("what is loaded can be saved as CSV", async () => {
  const page = await open();
  await toWallet();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("statement.csv");
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString("utf8")).toMatch(
    /^\uFEFFline_id,at,purpose[^\r]*\r\n[\d.]+,[^,]+,grant,player:[^,]+:available,house:grants,1000\.00,1000\.00,0\.00,open\r\n$/,
  );
});

test("a wallet that the house froze says so on every page, and in the news", async () => {
  const page = await open();
  const post = async (path: string, body: unknown, token?: string) => {
    const answer = await fetch(`${house.url}${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-idempotency-key": path,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
    return (await answer.json()) as Record<string, unknown>;
  };
  const { token } = await post("/auth/login", { username: "admin", password: "admin" });
  const player = await page.evaluate<string>(
    "JSON.parse(localStorage['croupier.session']).playerId",
  );
  await post(`/admin/players/${player}/freeze`, { reason: "A test." }, String(token));
  // Both at once: the one passes by itself.
  await Promise.all([
    page.locator("[data-banner=frozen]").waitFor(),
    page.locator(".toast", { hasText: "Your wallet is frozen" }).waitFor(),
  ]);
  await page.getByRole("button", { name: "News, 1 unread" }).waitFor();
  await post(`/admin/players/${player}/unfreeze`, { reason: "A test." }, String(token));
  await page.locator("[data-banner=frozen]").waitFor({ state: "detached" });
});

test.each([
  ["dark", { width: 1440, height: 900 }],
  ["light", { width: 390, height: 844 }],
] as const)("anyone can use it: %s, %j", async (colorScheme, viewport) => {
  const page = await open({ colorScheme, viewport, reducedMotion: "reduce" });
  await expect(bet(`looks-${colorScheme}`)).resolves.toBe(201);
  await toWallet();
  await page.locator("[data-hold=bet]").waitFor();
  await expectAccessible(page, "wallet");
  await expect.poll(() => console.overflowPx()).toBe(0);
  expect(console.complaints).toEqual([]);
});
