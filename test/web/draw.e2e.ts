/** The draw as it is seen: it happens before one's eyes, is drawn again by the browser, and what is tampered with is found. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DrawProofBody, RaffleBody } from "../../sdk/src/index.ts";
import { drawn } from "./draw/drawnRaffle.ts";
import { ConsolePage } from "./support/ConsolePage.ts";
import { openHouse } from "./support/House.ts";
import type { House } from "./support/House.ts";
import { RaffleDesk, seatScript } from "./support/RaffleDesk.ts";
import type { Buyer } from "./support/RaffleDesk.ts";
import { expectAccessible } from "./support/accessible.ts";

const RAFFLE = "gala";

let house: House;
let desk: RaffleDesk;
let ada: Buyer;
let grace: Buyer;

beforeAll(async () => {
  house = await openHouse({ bettingSeconds: 600, racingSeconds: 5, resultsSeconds: 5 });
  desk = await RaffleDesk.open(house.url);
  [ada, grace] = await Promise.all([desk.join("Ada"), desk.join("Grace")]);
  await desk.create({
    id: RAFFLE,
    title: "Spring gala",
    numbers: 50,
    prizes: [{ name: "Balloon flight" }, { name: "Season ticket" }],
  });
  await desk.buy(ada, RAFFLE, [7, 11, 13]);
  await desk.buy(grace, RAFFLE, [20, 21, 40, 41]);
}, 90_000);

afterAll(() => house.close());

/** Opened as that player, or at the door. */
async function open(
  hash: string,
  who: { readonly buyer?: Buyer; readonly language?: string } = {},
  options: BrowserContextOptions = {},
): Promise<ConsolePage> {
  const console = await ConsolePage.open(house.browser, "about:blank", options);
  const { page } = console;
  const script =
    who.buyer === undefined
      ? `localStorage.setItem("croupier.language", "${who.language ?? "en"}");`
      : seatScript(who.buyer, who.language);
  await page.addInitScript(script);
  await page.goto(`${house.url}/${hash}`);
  return console;
}

const DRAW = `#/raffles/${RAFFLE}/draw`;
const stage = (page: Page, kind: string) => page.locator(`main[data-stage=${kind}]`).waitFor();
const verified = (page: Page) => page.locator(".draw-proof[data-verified=true]").waitFor();
const falseSteps = async (page: Page): Promise<readonly (string | null)[]> => {
  await verified(page);
  return page
    .locator('[data-step][data-verdict="differs"]')
    .evaluateAll((steps) => steps.map((step) => step.getAttribute("data-step")));
};
/** Fails unless these steps come to be the false ones. */
const expectFalse = (page: Page, ...steps: readonly string[]) =>
  expect.poll(() => falseSteps(page)).toEqual(steps);
const overflowPx = (page: Page) =>
  page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );

test("who waits sees it happen, and the browser that noted the commitment confirms it", async () => {
  const console = await open(DRAW, { buyer: ada });
  const { page } = console;
  await stage(page, "sale");
  await page.getByRole("timer").waitFor();
  await page.getByText("This browser has noted the commitment.").waitFor();
  await page.getByRole("heading", { name: "Your 3 numbers take part" }).waitFor();
  await expectAccessible(page, "before the draw");

  const { winners } = (await desk.act(RAFFLE, "draw")) as { readonly winners: readonly unknown[] };
  expect(winners).toHaveLength(2);
  // One after another, with the hash that names them. One look, since it goes on meanwhile.
  await expect
    .poll(() =>
      page.evaluate(
        "document.querySelector('.drawn[data-playing=true] .drawn-hash') !== null && document.querySelectorAll('[data-winner]').length < 2",
      ),
    )
    .toBe(true);
  await page.getByRole("button", { name: "Show all" }).click();
  await expect.poll(() => page.locator("[data-winner]").count()).toBe(2);

  await expectFalse(page);
  const verdict = page.locator(".verdict");
  await verdict.getByText("The draw is as the house says.").waitFor();
  await verdict.getByText("with the commitment that this browser noted").waitFor();
  await page.getByText("Your 3 tickets are in it.").waitFor();
  // Without a beacon there is nothing to say of one.
  await expect.poll(() => page.locator("[data-step]").count()).toBe(6);
  const won = await page.locator(".winners [data-mine]").count();
  await page.locator(`.mine[data-mine=${won > 0 ? "won" : "lost"}]`).waitFor();
  expect(console.complaints).toEqual([]);

  // Against what it noted, a whole new account would be false, though it agreed with itself.
  await page.evaluate(`(() => {
    const key = "croupier.noted.raffles";
    const noted = JSON.parse(localStorage.getItem(key));
    localStorage.setItem(key, JSON.stringify(noted.map((note) => ({ ...note, commitment: "0".repeat(64) }))));
  })()`);
  await page.reload();
  await stage(page, "drawn");
  await expectFalse(page, "noted");
  await console.close();
});

test("who comes later sees the winners at once, and can replay the draw", async () => {
  const console = await open(DRAW);
  const { page } = console;
  await stage(page, "drawn");
  await expect.poll(() => page.locator("[data-winner]").count()).toBe(2);
  await verified(page);
  await page.getByText("This browser did not see the raffle on sale").waitFor();
  await page.locator("[data-step=own]").getByText("nothing to compare with here").waitFor();
  await page.getByRole("button", { name: "Replay the draw" }).click();
  await page.locator(".drawn[data-playing=true] .drawn-hash").waitFor();
  // It comes to its end by itself: two prizes take some seven seconds.
  await page.locator(".drawn[data-playing=false]").waitFor({ timeout: 15_000 });
  await expect.poll(() => page.locator("[data-winner]").count()).toBe(2);
  expect(console.complaints).toEqual([]);
  await console.close();
});

test("whoever wants no motion is shown none", async () => {
  const console = await open(DRAW, { buyer: grace }, { reducedMotion: "reduce" });
  const { page } = console;
  await stage(page, "drawn");
  await verified(page);
  await expect.poll(() => page.locator("[data-winner]").count()).toBe(2);
  await expect.poll(() => page.getByRole("button", { name: "Replay the draw" }).count()).toBe(0);
  await console.close();
});

test("each cheat is caught at its step, and undone", async () => {
  const console = await open(DRAW, { buyer: ada }, { reducedMotion: "reduce" });
  const { page } = console;
  await verified(page);
  /** Resolves when it has been caught, first at these steps. */
  const cheat = async (what: string, ...caught: readonly string[]) => {
    await page.locator(`[data-cheat=${what}]`).click();
    await page.locator(".draw-proof[data-altered]").waitFor();
    await expect.poll(async () => (await falseSteps(page)).slice(0, caught.length)).toEqual(caught);
  };
  await cheat("server_seed", "commitment");
  await cheat("winner", "winners");
  await expectFalse(page, "winners");
  await page.getByText(/^Prize 1 goes to \d+:gala\..*, not to/).waitFor();
  // The first ticket is Ada's own.
  await cheat("drop", "digest", "own");
  await page.getByText(/^Your ticket 7:gala\..* is not in the list\.$/).waitFor();
  await expect.poll(() => page.locator(".verdict").innerText()).toContain("Caught");
  await expect.poll(() => page.locator("[data-cheat=round]").isDisabled()).toBe(true);
  await expectAccessible(page, "a cheat");
  await page.getByRole("button", { name: "Back to the house’s data" }).click();
  await expectFalse(page);
  expect(console.complaints).toEqual([]);
  await console.close();
});

/** In place of the house: a raffle with a beacon that was drawn with the chain's round 1000. */
async function serveBeaconDraw(page: Page, change: (claim: ReturnType<typeof drawn>) => object) {
  const claim = drawn({ numbers: Array.from({ length: 300 }, (_, index) => index * 3), prizes: 3 });
  const { beacon, closed_at: closedAt, commitment, prizes } = claim;
  const raffle = {
    ...(await desk.done<RaffleBody>("GET", `/api/v1/raffles/${RAFFLE}`)),
    ...{ beacon, commitment, prizes, closed_at: closedAt, status: "completed" },
  };
  const proof = {
    ...claim,
    status: "completed",
    awaited_round: 1_000,
    drawn_at: closedAt,
    algorithm: "",
    ...change(claim),
  } as DrawProofBody;
  const base = `**/api/v1/raffles/${RAFFLE}`;
  await page.route(base, (route) => route.fulfill({ json: raffle }));
  await page.route(`${base}/draw`, (route) => route.fulfill({ json: proof }));
  await page.route(`${base}/verify`, (route) => route.fulfill({ json: proof }));
}

test("the beacon's round is checked by its signature; another round is none", async () => {
  const console = await ConsolePage.open(house.browser, "about:blank", {
    serviceWorkers: "block",
    reducedMotion: "reduce",
  });
  const { page } = console;
  await serveBeaconDraw(page, () => ({}));
  await page.goto(`${house.url}/${DRAW}`);
  await expectFalse(page);
  await expect.poll(() => page.locator("[data-step]").count()).toBe(8);
  await page.locator("[data-step=beacon][data-verdict=agrees]").waitFor();
  await page.locator("[data-cheat=round]").click();
  await page.locator(".draw-proof[data-altered]").waitFor();
  await expectFalse(page, "round", "beacon");
  await expectAccessible(page, "a draw with a beacon");
  // In place of the server a test answers, so no service worker may; the browser remarks on it.
  const complaints = console.complaints.filter((text) => !text.startsWith("Service Worker"));
  expect(complaints).toEqual([]);
  await console.close();
});

test.each([
  ["a phone, dark", { viewport: { width: 390, height: 844 }, colorScheme: "dark" }],
  ["a desktop, light", { viewport: { width: 1440, height: 900 }, colorScheme: "light" }],
] as const)(
  "in Spanish, on %s: nothing scrolls sideways, and everyone can use it",
  async (where, screen) => {
    const who = { buyer: ada, language: "es" };
    const console = await open(DRAW, who, { ...screen, reducedMotion: "reduce" });
    const { page } = console;
    await verified(page);
    await page.getByRole("heading", { name: "La prueba" }).waitFor();
    await expect.poll(() => overflowPx(page)).toBe(0);
    await expectAccessible(page, where);
    expect(console.complaints).toEqual([]);
    await console.close();
  },
);
