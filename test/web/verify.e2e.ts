/** The page that recomputes a race: true is shown as true, and whatever is tampered with as false, at its step. */
import { readFile } from "node:fs/promises";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { VerifyBody } from "../../rpc/http/race.ts";
import { runOneRace } from "./races/oneRace.ts";
import type { OneRace } from "./races/oneRace.ts";
import { ConsolePage } from "./support/ConsolePage.ts";
import { openHouse } from "./support/House.ts";
import type { House } from "./support/House.ts";
import { expectAccessible } from "./support/accessible.ts";

let house: House;
let race: OneRace;
let account: VerifyBody;
/** At the door; it saw the race while bets were taken. */
let witness: ConsolePage;

beforeAll(async () => {
  house = await openHouse({ bettingSeconds: 600, racingSeconds: 5, resultsSeconds: 5 });
  witness = await open(`${house.url}/#/races`);
  await witness.page.getByRole("heading", { level: 1, name: "Results" }).waitFor();
  race = await runOneRace(house.url, async (raceId) => {
    await witness.page.goto(`${house.url}/#/races/${raceId}`);
    await witness.page.locator("main[data-status=betting]").waitFor();
  });
  const answer = await fetch(`${house.url}/races/${race.raceId}/verify`);
  account = (await answer.json()) as VerifyBody;
}, 90_000);

afterAll(() => house.close());

const open = (url: string, options: BrowserContextOptions = {}) =>
  ConsolePage.open(house.browser, url, options);

/** In place of the server a test will answer, so no service worker may. */
const openUnserved = () => open("about:blank", { serviceWorkers: "block" });

const address = () => `${house.url}/#/races/${race.raceId}/verify`;

const done = (page: Page) => page.locator("main[data-verified=true]").waitFor();

/** Resolves when it has come to a verdict that says so. */
const verdict = async (page: Page, text: string): Promise<void> => {
  await done(page);
  await page.locator(".verdict").getByText(text).first().waitFor();
};

/** The steps that are false. */
const falseSteps = async (page: Page): Promise<readonly (string | null)[]> => {
  await done(page);
  return page
    .locator('[data-step][data-verdict="differs"]')
    .evaluateAll((steps) => steps.map((step) => step.getAttribute("data-step")));
};

const findings = (page: Page, step: string) =>
  page.locator(`[data-step="${step}"] .step-findings`).innerText();

const overflowPx = (page: Page) =>
  page.evaluate<number>(
    "(() => { const main = document.querySelector('main'); return main.scrollWidth - main.clientWidth; })()",
  );

test("an honest race holds, with the commitment that this browser noted by itself", async () => {
  const { page } = witness;
  await page.locator("main[data-status=settled]").waitFor();
  await page.getByRole("link", { name: "Check this race yourself" }).click();
  await verdict(page, "All is as the house says.");
  await verdict(page, "with the commitment that you noted");
  await expect.poll(() => falseSteps(page)).toEqual([]);
  await expect.poll(() => page.locator("[data-step]").count()).toBe(9);
  // Computed and claimed stand side by side, to be compared by eye.
  const seed = page.locator("[data-step=seed] .step-values pre");
  await expect.poll(() => seed.allInnerTexts()).toEqual([account.final_seed, account.final_seed]);
  expect(witness.complaints).toEqual([]);
});

test("against the noted commitment a whole new account is false, though it agrees with itself", async () => {
  const { page } = witness;
  await page.evaluate(`(() => {
    const noted = JSON.parse(localStorage.getItem("croupier.noted"));
    localStorage.setItem("croupier.noted", JSON.stringify(
      noted.map((note) => ({ ...note, commitment: note.commitment.replace(/^./, (c) => c === "0" ? "1" : "0") }))));
  })()`);
  await page.reload();
  await expect.poll(() => falseSteps(page)).toEqual(["noted"]);
  await expect
    .poll(() => findings(page, "noted"))
    .toBe("The commitment is not the one that you saw while bets were taken.");
  await witness.close();
});

test("the player's own bets are found in the list", async () => {
  const { lobby_id: lobbyId, player_id: playerId, token } = race.player;
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const kept = JSON.stringify({ token, playerId, lobbyId, displayName: "Ada", expiresAt });
  const console = await openUnserved();
  const { page } = console;
  await page.addInitScript(`localStorage.setItem("croupier.session", ${JSON.stringify(kept)})`);
  await page.goto(address());
  await verdict(page, "This browser did not note the commitment");
  await expect.poll(() => findings(page, "own")).toBe("Your 3 bets are in it.");

  const [gone] = race.betIds;
  await tamper(page, (claim) => ({
    ...claim,
    bets: claim.bets.filter(({ bet_id }) => bet_id !== gone),
    payouts: claim.payouts.filter(({ bet_id }) => bet_id !== gone),
  }));
  await expect.poll(() => falseSteps(page)).toContain("own");
  await expect.poll(() => findings(page, "own")).toBe(`Your bet ${gone} is not in the list.`);
  await console.close();
});

/** The house answers so from now on. */
async function tamper(page: Page, change: (claim: VerifyBody) => VerifyBody): Promise<void> {
  const pattern = `**/races/${race.raceId}/verify`;
  await page.unroute(pattern);
  await page.route(pattern, (route) => route.fulfill({ json: change(account) }));
  await page.goto("about:blank");
  await page.goto(address());
}

const otherDigit = (hex: string) => hex.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"));
const withFirst = <A>([first, ...others]: readonly A[], change: (first: A) => A): readonly A[] =>
  first === undefined ? others : [change(first), ...others];

const TAMPERINGS: readonly {
  readonly what: string;
  readonly change: (claim: VerifyBody) => VerifyBody;
  /** Where it is caught first, and in which words. */
  readonly step: string;
  readonly named: string;
  readonly words: RegExp;
  /** What else is false. */
  readonly follows: readonly string[];
}[] = [
  {
    what: "another commitment",
    change: (claim) => ({ ...claim, commitment: otherDigit(claim.commitment) }),
    step: "commitment",
    named: "3, The committed seed",
    words: /The server seed is not the one that the house committed to\./,
    follows: [],
  },
  {
    what: "another server seed",
    change: (claim) => ({ ...claim, server_seed: otherDigit(claim.server_seed) }),
    step: "commitment",
    named: "3, The committed seed",
    words: /The server seed is not the one that the house committed to\./,
    follows: ["seed", "frames"],
  },
  {
    what: "a bet's stake",
    change: (claim) => ({
      ...claim,
      bets: withFirst(claim.bets, (bet) => ({ ...bet, stake: bet.stake + 1 })),
    }),
    step: "digest",
    named: "4, The bets",
    words: /This list of 11 bets does not have the digest that the house says\./,
    follows: ["seed", "frames"],
  },
  {
    what: "a bet's selection",
    change: (claim) => ({
      ...claim,
      bets: withFirst(claim.bets, (bet) => ({
        ...bet,
        selection: bet.selection.map((number) => (number % 8) + 1),
      })),
    }),
    step: "digest",
    named: "4, The bets",
    words: /This list of 11 bets does not have the digest that the house says\./,
    follows: ["seed", "frames"],
  },
  {
    what: "the order",
    change: (claim) => ({ ...claim, order: claim.order.toReversed() }),
    step: "order",
    named: "8, The order",
    words: /The order is .+, not .+\./,
    follows: [],
  },
  {
    what: "a payout",
    change: (claim) => ({
      ...claim,
      payouts: withFirst(claim.payouts, (one) => ({ ...one, payout: one.payout + 1_000 })),
    }),
    step: "payouts",
    named: "9, The payouts",
    words: /Bet .+ is due \d+\.\d\d, not \d+\.\d\d\./,
    follows: [],
  },
  {
    what: "a bet left out",
    change: (claim) => ({
      ...claim,
      bets: claim.bets.slice(1),
      payouts: claim.payouts.filter(({ bet_id }) => bet_id !== claim.bets[0]?.bet_id),
    }),
    step: "digest",
    named: "4, The bets",
    words: /This list of 10 bets does not have the digest that the house says\./,
    follows: ["seed", "frames"],
  },
];

test("whatever the house changes in its answer is shown as false, where it is false, in words", async () => {
  const console = await openUnserved();
  const { page } = console;
  for (const { change, follows, named, step, what, words } of TAMPERINGS) {
    await tamper(page, change);
    await expect.poll(async () => (await falseSteps(page))[0], { message: what }).toBe(step);
    const wrong = await falseSteps(page);
    // Of what is computed from a false seed the order may still be the same by chance, one in 40,320.
    expect(wrong, what).toEqual(expect.arrayContaining([step, ...follows]));
    if (follows.length === 0) expect(wrong, what).toEqual([step]);
    await expect.poll(() => findings(page, step), { message: what }).toMatch(words);
    await verdict(page, "The house’s account does not hold.");
    await verdict(page, `It is false at step ${named}.`);
  }
  await console.close();
});

test("who tries to cheat on the page is caught, and the house's data come back", async () => {
  const console = await open(address());
  const { page } = console;
  await done(page);
  const expected = {
    commitment: "commitment",
    server_seed: "commitment",
    stake: "digest",
    selection: "digest",
    drop: "digest",
    order: "order",
    payout: "payouts",
  };
  for (const [cheat, step] of Object.entries(expected)) {
    await page.locator(`[data-cheat=${cheat}]`).click();
    await page.locator(`[data-cheat=${cheat}][aria-pressed=true]`).waitFor();
    await page.getByRole("heading", { name: "The altered data do not hold." }).waitFor();
    await expect.poll(async () => (await falseSteps(page))[0], { message: cheat }).toBe(step);
  }
  await page.getByRole("button", { name: "Back to the house’s data" }).click();
  await page.getByRole("heading", { name: "All is as the house says." }).waitFor();
  expect(console.complaints).toEqual([]);
  await console.close();
});

test("data that were downloaded can be checked again, pasted, edited or dropped", async () => {
  const console = await open(address(), { acceptDownloads: true });
  const { page } = console;
  await done(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download as JSON" }).click(),
  ]);
  const path = await download.path();
  const file = await readFile(path, "utf8");
  expect(JSON.parse(file)).toMatchObject({
    ...account,
    verification: { verdict: { holds: true } },
  });

  await page.getByText("Check data of your own").click();
  const area = page.getByLabel("The race’s data, as JSON");
  const check = page.getByRole("button", { name: "Check these data" });
  await expect.poll(() => area.inputValue()).not.toBe("");
  await expect.poll(async () => JSON.parse(await area.inputValue())).toEqual(account);
  await area.fill("{");
  await check.click();
  await page.getByText("This is not JSON.").waitFor();
  await area.fill(JSON.stringify({ ...account, max_ticks: "many" }));
  await check.click();
  await page.getByText("look at “max_ticks”").waitFor();
  await area.fill(JSON.stringify({ ...account, final_seed: "0" }));
  await check.click();
  await page.getByText("You look at data of your own").waitFor();
  await expect.poll(() => falseSteps(page)).toEqual(["seed"]);
  await page.locator("input[type=file]").setInputFiles(path);
  await page.getByRole("heading", { name: "All is as the house says." }).waitFor();
  expect(console.complaints).toEqual([]);
  await console.close();
});

test("a race that is not over says so", async () => {
  const console = await open(`${house.url}/#/races/none-1/verify`);
  await console.page.getByText("This race is not over, or there is no such race.").waitFor();
  await console.close();
});

const SCREENS = [
  { width: 360, height: 740, colorScheme: "dark", locale: "es-ES", shown: "true" },
  { width: 390, height: 844, colorScheme: "light", locale: "en-GB", shown: "false" },
  { width: 1440, height: 900, colorScheme: "light", locale: "es-ES", shown: "true" },
  { width: 1440, height: 900, colorScheme: "dark", locale: "en-GB", shown: "false" },
] as const;

test.each(SCREENS)(
  "what is $shown fits and is accessible: $width px, $colorScheme, $locale",
  async ({ colorScheme, height, locale, shown, width }) => {
    const console = await open(address(), { viewport: { width, height }, colorScheme, locale });
    const { page } = console;
    const isSpanish = locale === "es-ES";
    const holds = isSpanish ? "Todo es como dice la casa." : "All is as the house says.";
    await verdict(page, holds);
    if (shown === "false") {
      await page.locator("[data-cheat=server_seed]").click();
      await page.getByText("The altered data do not hold.").waitFor();
    }
    await page.evaluate(
      "document.querySelectorAll('.step-inputs').forEach((details) => { details.open = true; })",
    );
    await expect.poll(() => overflowPx(page)).toBe(0);
    await expectAccessible(page, shown);
    expect(console.complaints).toEqual([]);
    await console.close();
  },
);

test("printed, it is the verification alone, with all that went in", async () => {
  const console = await open(address());
  const { page } = console;
  await done(page);
  await page.emulateMedia({ media: "print" });
  for (const screenOnly of [".verify-actions", ".cheats", ".own-data", "header.shell-header"]) {
    await expect
      .poll(() => page.locator(screenOnly).isVisible(), { message: screenOnly })
      .toBe(false);
  }
  await expect
    .poll(() => page.locator("[data-step=digest] .step-inputs pre").isVisible())
    .toBe(true);
  await console.close();
});
