/** Paying, with the real server and the sandbox card's real page: each way ends in tickets, or in nothing charged. */
import { createServer } from "node:net";
import { once } from "node:events";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { expectAccessible } from "./support/accessible.ts";
import { openHouse } from "./support/House.ts";
import type { House } from "./support/House.ts";
import { RaffleConsole } from "./support/RaffleConsole.ts";
import { RaffleDesk } from "./support/RaffleDesk.ts";
import type { Buyer } from "./support/RaffleDesk.ts";

/** When the card's webhook comes that is said to come late: after the page has come back, on a busy machine too. */
const LATE_MS = 6_000;
const IS_DECLINED = "4000 0000 0000 0002";
const PAYS_LATE = "4000 0000 0000 0341";

let house: House;
let desk: RaffleDesk;

beforeAll(async () => {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  if (address === null || typeof address === "string") throw new Error("No port.");
  probe.close();
  await once(probe, "close");
  house = await openHouse({
    bettingSeconds: 600,
    racingSeconds: 5,
    resultsSeconds: 5,
    env: {
      SANDBOX_CARD: "on",
      SANDBOX_CARD_PORT: String(address.port),
      SANDBOX_CARD_LATE_MS: String(LATE_MS),
    },
  });
  desk = await RaffleDesk.open(house.url);
  await desk.create({ id: "fair", title: "The fair raffle", numbers: 200, price: 500 });
});
afterAll(() => house.close());

type Options = Parameters<typeof RaffleConsole.open>[3];

const open = async (at: string, options: Options) => {
  const opened = await RaffleConsole.open(house.browser, house.url, at, options);
  onTestFinished(async () => {
    expect(opened.console.complaints).toEqual([]);
    await opened.close();
  });
  return opened;
};
/** At the checkout with these numbers. */
const atCheckout = async (name: string, numbers: readonly number[], options: Options = {}) => {
  const buyer = await desk.join(name);
  const { id } = await desk.reserve(buyer, "fair", numbers);
  await desk.checkOut(buyer, id);
  const { page } = await open(`/checkout/${id}`, { ...options, buyer });
  await page.locator(".provider").first().waitFor();
  return { buyer, id, page };
};
const choose = (page: RaffleConsole["page"], provider: string) =>
  page.locator(`[data-provider=${provider}] input`).check();
const pay = (page: RaffleConsole["page"]) => page.locator(".checkout-go").click();
const outcome = (page: RaffleConsole["page"], kind: string) =>
  page.locator(`[data-outcome=${kind}]`).waitFor({ timeout: 20_000 });
const fillCard = async (page: RaffleConsole["page"], number: string) => {
  await page.locator("#number").fill(number);
  await page.locator("#expiry").fill("12/34");
  await page.locator("#cvc").fill("123");
  await page.locator("form button[type=submit]").first().click();
};
const total = async ({ token }: Buyer) =>
  (await desk.done<{ readonly balance_total: number }>("GET", "/wallet/me", { token }))
    .balance_total;

test("from the first number to the ticket with the keyboard alone", async () => {
  const buyer = await desk.join("Ada");
  const { page } = await open("/raffles/fair", { buyer });
  await page.locator(".number-grid canvas").first().waitFor();
  const before = await total(buyer);
  await page.locator(".number-grid").focus();
  await page.keyboard.press("Control+End");
  await page.getByRole("gridcell", { name: "199, free" }).waitFor();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Home");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const chips = page.locator(".checkout-bar [data-number]");
  await expect.poll(() => chips.count()).toBe(2);
  await page.getByRole("gridcell", { name: /picked$/ }).waitFor();
  const press = async (name: RegExp) => {
    await page.getByRole("button", { name }).focus();
    await page.keyboard.press("Enter");
  };
  await press(/^Reserve 2$/);
  await press(/^To the checkout$/);
  await page.locator(".provider").first().waitFor();
  await page.getByRole("radio", { name: /Your wallet/ }).focus();
  await page.keyboard.press("Enter");
  await outcome(page, "sold");
  await expect.poll(() => page.locator(".ticket").count()).toBe(2);
  await expect.poll(() => total(buyer)).toBe(before - 1_000);
});

test("a card whose confirmation is late: the page waits, outlives a reload, and shows the tickets", async () => {
  const { page } = await atCheckout("Ben", [10, 11]);
  await choose(page, "sandbox_card");
  await pay(page);
  await page.locator("#number").waitFor();
  await fillCard(page, PAYS_LATE);
  await page.locator("[data-payment=pending]").waitFor();
  expect(page.url()).toContain(`${house.url}/`);
  await page.reload();
  await outcome(page, "sold");
  await page.getByText("Paid 10.00 by card").waitFor();
});

test("a card that was left: the payment is called off and the wallet charged once", async () => {
  const { buyer, page } = await atCheckout("Cleo", [20]);
  const before = await total(buyer);
  await choose(page, "sandbox_card");
  await pay(page);
  await page.locator("#number").waitFor();
  await page.goBack();
  await page.locator("[data-payment=pending]").waitFor();
  await page.getByRole("button", { name: "Pay another way" }).click();
  await choose(page, "wallet");
  await pay(page);
  await outcome(page, "sold");
  await expect.poll(() => total(buyer)).toBe(before - 500);
});

test("a card that is declined and given up there: nothing is charged, and it can be paid another way", async () => {
  const { buyer, page } = await atCheckout("Finn", [70]);
  const before = await total(buyer);
  await choose(page, "sandbox_card");
  await pay(page);
  await page.locator("#number").waitFor();
  await fillCard(page, IS_DECLINED);
  await page.locator("[role=alert]").waitFor();
  await page.getByText("Cancel and go back").click();
  await page.locator("[data-trouble]").waitFor();
  await expect
    .poll(() => page.locator("[data-trouble]").innerText())
    .toContain("Nothing was charged");
  await choose(page, "wallet");
  await pay(page);
  await outcome(page, "sold");
  await expect.poll(() => total(buyer)).toBe(before - 500);
});

test("a payment whose answer is lost goes on with its own key after a reload: it is one payment", async () => {
  const { buyer, page } = await atCheckout("Dora", [30, 31]);
  const before = await total(buyer);
  const keys: (string | undefined)[] = [];
  let isArrived = false;
  await page.route("**/pay", async (route) => {
    keys.push(route.request().headers()["x-idempotency-key"]);
    if (keys.length > 1) return route.continue();
    // It arrives; the page is gone before the answer does.
    await route.fetch();
    isArrived = true;
  });
  await choose(page, "wallet");
  await pay(page);
  await expect.poll(() => isArrived).toBe(true);
  await page.reload();
  await outcome(page, "sold");
  expect(new Set(keys).size).toBe(1);
  await expect.poll(() => total(buyer)).toBe(before - 1_000);
});

test("what cannot take a payment says why, and comes back by itself", async () => {
  const turn = (enabled: boolean) =>
    desk.done("PUT", "/api/v1/payment-providers/sandbox_card", {
      token: desk.token,
      body: { enabled },
    });
  await turn(false);
  const { page } = await atCheckout("Emil", [40]);
  const card = page.locator("[data-provider=sandbox_card]");
  await card.getByText("Switched off by the house").waitFor();
  await expect.poll(() => card.locator("input").isDisabled()).toBe(true);
  await turn(true);
  await card.getByText("You pay on the card’s page").waitFor({ timeout: 20_000 });
  await page.getByRole("button", { name: "Cancel the reservation" }).click();
  await page.getByRole("button", { name: "Cancel it" }).click();
  await outcome(page, "cancelled");
});

test.each([
  ["dark", { width: 1440, height: 900 }, "en", [50, 51, 52]],
  ["light", { width: 360, height: 740 }, "es", [60]],
] as const)("anyone can use it: %s, %j, %s", async (colorScheme, viewport, locale, numbers) => {
  const { page } = await atCheckout("Ada", numbers, {
    colorScheme,
    viewport,
    locale,
    reducedMotion: "reduce",
  });
  await expectAccessible(page, "checkout");
  const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
  await expect.poll(() => page.evaluate(overflow)).toBe(0);
  await choose(page, "wallet");
  await pay(page);
  await outcome(page, "sold");
  await expectAccessible(page, "sold");
  await expect.poll(() => page.evaluate(overflow)).toBe(0);
});
