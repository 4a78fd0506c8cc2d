/** A player's tickets: what runs out, what waits, what has come of the rest; also without network. And notices to the browser. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConsolePage } from "./support/ConsolePage.ts";
import { openHouse } from "./support/House.ts";
import type { House } from "./support/House.ts";
import { RaffleDesk, seatScript } from "./support/RaffleDesk.ts";
import type { Buyer } from "./support/RaffleDesk.ts";
import { expectAccessible } from "./support/accessible.ts";

let house: House;
let desk: RaffleDesk;
let ada: Buyer;
/** Has been here many times. */
let regular: Buyer;
/** More than a page of them. */
const MANY = 53;

beforeAll(async () => {
  house = await openHouse({ bettingSeconds: 600, racingSeconds: 5, resultsSeconds: 5 });
  desk = await RaffleDesk.open(house.url);
  [ada, regular] = await Promise.all([desk.join("Ada"), desk.join("Rosalind")]);
  const create = (id: string, title: string, drawInMs: number) =>
    desk.create({ id, title, numbers: 60, drawInMs });
  const hour = 3_600_000;
  await create("won", "A raffle that is won", 9 * hour);
  await create("open", "A raffle to come", 5 * hour);
  await create("gone", "A raffle that is no more", 7 * hour);
  await create("live", "A raffle in hand", 8 * hour);
  await create("many", "A raffle for regulars", 6 * hour);
  await desk.buy(ada, "won", [17]);
  await desk.act("won", "draw");
  await desk.buy(ada, "gone", [1, 2]);
  await desk.act("gone", "cancel", "The hall is flooded");
  await desk.buy(ada, "open", [3, 30]);
  await desk.reserve(ada, "live", [5, 6, 7]);
  for (let turn = 0; turn < MANY; turn += 1) {
    const { id } = await desk.reserve(regular, "many", [turn]);
    await desk.done("POST", `/api/v1/reservations/${id}/cancel`, { token: regular.token });
  }
}, 90_000);

afterAll(() => house.close());

async function open(
  buyer: Buyer,
  {
    language = "en",
    script = "",
    ...options
  }: BrowserContextOptions & {
    readonly language?: string;
    readonly script?: string;
  } = {},
): Promise<ConsolePage> {
  const console = await ConsolePage.open(house.browser, "about:blank", options);
  await console.page.addInitScript(seatScript(buyer, language) + script);
  await console.page.goto(`${house.url}/#/tickets`);
  await console.page.locator("main h1").waitFor();
  return console;
}

const group = (page: Page, raffleId: string) => page.locator(`[data-raffle=${raffleId}]`);
/** A worker takes a page over when it has fetched the whole console, one file after another. */
const WITH_WORKER = { timeout: 90_000 };
const underControl = (page: Page) =>
  page.evaluate(
    `navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null ||
      new Promise((resolve) =>
        navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true })))`,
  );

test("what runs out comes first, with a way on; wins and refunds are told", async () => {
  const console = await open(ada);
  const { page } = console;
  await group(page, "live").getByRole("timer").waitFor();
  const order = () =>
    page.evaluate<string[]>(
      "[...document.querySelectorAll('[data-raffle]')].map(({ dataset }) => dataset.raffle)",
    );
  await expect.poll(order).toEqual(["live", "open", "won", "gone"]);
  await group(page, "live").getByText("3 numbers set aside for you").waitFor();
  await expect
    .poll(() =>
      group(page, "live").getByRole("link", { name: "Go on choosing" }).getAttribute("href"),
    )
    .toBe("#/raffles/live");
  await expect
    .poll(() => group(page, "open").locator("[data-number]").allInnerTexts())
    .toEqual(["03", "30"]);
  await group(page, "won").getByText("You have won!").waitFor();
  await group(page, "won").locator("[data-number='17'][data-won]").waitFor();
  await group(page, "gone").locator("[data-phase=refunded]").waitFor();
  await group(page, "gone").getByText("01, 02: you have 5.00 back.").waitFor();

  // At the checkout the way on is another.
  const { reservations } = await desk.done<{
    readonly reservations: readonly { readonly id: string }[];
  }>("GET", "/api/v1/reservations?phase=live", { token: ada.token });
  const [live] = reservations;
  await desk.checkOut(ada, live?.id ?? "");
  const pay = group(page, "live").getByRole("link", { name: "Pay" });
  await pay.waitFor();
  await expect.poll(() => pay.getAttribute("href")).toBe(`#/checkout/${live?.id}`);
  await group(page, "won").getByRole("link", { name: "Draw and proof" }).click();
  await page.locator("main[data-stage=drawn]").waitFor();
  expect(console.complaints).toEqual([]);
  await console.close();
});

test("older ones are read on demand", async () => {
  const console = await open(regular);
  const { page } = console;
  await page.getByRole("button", { name: "Older ones" }).click();
  await page.getByRole("button", { name: "Older ones" }).waitFor({ state: "detached" });
  await group(page, "many")
    .getByText(`and ${MANY - 3} earlier ones`)
    .waitFor();
  await console.close();
});

test(
  "without network the tickets are shown as last known, and nothing is offered in vain",
  WITH_WORKER,
  async () => {
    const console = await open(ada, { serviceWorkers: "allow" });
    const { page } = console;
    await underControl(page);
    await group(page, "live").waitFor();
    await page.context().setOffline(true);
    await page.reload();
    await page.locator("[data-old]").waitFor();
    await page.getByText("This is how your tickets stood on").waitFor();
    await group(page, "open").locator("[data-number='30']").waitFor();
    await expect
      .poll(() =>
        group(page, "live")
          .getByRole("link", { name: /Go on|Pay/ })
          .count(),
      )
      .toBe(0);
    await expectAccessible(page, "tickets without network");
    await page.context().setOffline(false);
    await page.locator("[data-old]").waitFor({ state: "detached" });
    await console.close();
  },
);

/** A browser whose push service always works. */
const PUSH = `
  const bytes = (length) => new Uint8Array(length).fill(7).buffer;
  let subscription = null;
  PushManager.prototype.getSubscription = async () => subscription;
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => (subscription = {
    endpoint: "https://fcm.googleapis.com/fcm/send/test",
    options: { applicationServerKey: applicationServerKey.buffer },
    toJSON: () => ({
      endpoint: "https://fcm.googleapis.com/fcm/send/test",
      keys: {
        p256dh: "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM",
        auth: "tBHItJI5svbpez7KI4CCXg",
      },
    }),
    unsubscribe: async () => { subscription = null; return true; },
  });
  let permission = "default";
  Object.defineProperty(Notification, "permission", { get: () => permission });
  Notification.requestPermission = async () => (permission = window.name === "deny" ? "denied" : "granted");
`;

test(
  "notices are switched on and off in the account menu; the server keeps the address",
  WITH_WORKER,
  async () => {
    const console = await open(ada, { script: PUSH, serviceWorkers: "allow" });
    const { page } = console;
    await underControl(page);
    const told: string[] = [];
    page.on("response", (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.startsWith("/api/v1/push/")) told.push(`${pathname} ${response.status()}`);
    });
    await page.locator(".account-button").click();
    const item = page.getByRole("menuitemcheckbox", { name: /In this browser/ });
    await item.waitFor();
    await expect.poll(() => item.getAttribute("aria-checked")).toBe("false");
    await item.click();
    await page.locator("[data-push=on]").waitFor();
    await page.getByText("They come even when this page is closed.").waitFor();
    await item.click();
    await page.locator("[data-push=off]").waitFor();
    await expect
      .poll(() => told)
      .toEqual([
        "/api/v1/push/key 200",
        "/api/v1/push/subscriptions 201",
        "/api/v1/push/unsubscribe 200",
      ]);
    // Who says no is told where that can be changed.
    await page.evaluate(`window.name = "deny"`);
    await item.click();
    await page.locator("[data-push=blocked]").waitFor();
    await page.getByText("allow notices for this site").waitFor();
    expect(console.complaints).toEqual([]);
    await console.close();
  },
);

test.each([
  ["a phone, dark", { viewport: { width: 360, height: 780 }, colorScheme: "dark" }],
  ["a desktop, light", { viewport: { width: 1440, height: 900 }, colorScheme: "light" }],
] as const)(
  "in Spanish, on %s: nothing scrolls sideways, and everyone can use it",
  async (_, screen) => {
    const console = await open(ada, { ...screen, language: "es", reducedMotion: "reduce" });
    const { page } = console;
    await group(page, "won").getByText("¡Has ganado!").waitFor();
    await expect.poll(() => console.overflowPx()).toBe(0);
    await expectAccessible(page, "tickets");
    expect(console.complaints).toEqual([]);
    await console.close();
  },
);

test("who has none is shown where to get some", async () => {
  const console = await open(await desk.join("Newcomer"));
  const { page } = console;
  await page.getByText("You have no tickets yet.").waitFor();
  await expectAccessible(page, "no tickets");
  await page.getByRole("main").getByRole("link", { name: "To the raffles" }).last().click();
  await expect.poll(() => page.url()).toContain("#/raffles");
  await console.close();
});
