/** What administrators do to raffles and providers, and what their organiser sees of it, through the console on the real server. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { localMinute } from "../../../web/src/admin/raffles/raffleForm.ts";
import { AdminPage } from "../support/AdminPage.ts";
import { openHouse } from "../support/House.ts";
import type { House } from "../support/House.ts";
import { RaffleDesk, adminScript, seatScript } from "../support/RaffleDesk.ts";
import type { Buyer } from "../support/RaffleDesk.ts";
import { expectAccessible } from "../support/accessible.ts";

const DAY_MS = 86_400_000;

let house: House;
let desk: RaffleDesk;
let admin: AdminPage;
let ada: Buyer;
let organiser: Buyer;

beforeAll(async () => {
  house = await openHouse({ bettingSeconds: 600, racingSeconds: 5, resultsSeconds: 5 });
  desk = await RaffleDesk.open(house.url);
  [ada, organiser] = await Promise.all([desk.join("Ada"), desk.join("Olive")]);
}, 90_000);

afterAll(() => house.close());

beforeEach(async () => {
  admin = await AdminPage.open(house.browser, "about:blank", { locale: "en-GB" });
});

afterEach(async () => {
  expect(admin.complaints.filter((complaint) => !REFUSALS.test(complaint))).toEqual([]);
  await admin.close();
});

/** The browser tells of each answer of 400 and more; those that a test is about are no fault of the page's. */
const REFUSALS = /the server responded with a status of (4|503)/;

async function signedIn(hash: string, heading: string, language = "en"): Promise<Page> {
  const { page } = admin;
  await page.addInitScript(adminScript(desk, language));
  await page.goto(`${house.url}/${hash}`);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  await admin.live();
  return page;
}

/** Presses the act, says yes, and waits until the raffle stands so. */
async function act(page: Page, name: string, status: string, reason?: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
  const dialog = page.getByRole("dialog");
  if (reason !== undefined) await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name, exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await page.locator(`.raffle-page-sub [data-status=${status}]`).waitFor();
}

const fact = (page: Page, id: string, text: string) =>
  page.locator(`[data-fact="${id}"]`, { hasText: text }).waitFor();

test("from a draft to a cancelled sale whose buyers have their money back", async () => {
  const page = await signedIn("#/admin/raffles", "Raffles");
  await page.getByRole("button", { name: "New raffle" }).click();
  const form = page.getByRole("dialog", { name: "A new raffle" });
  await form.getByRole("button", { name: "Keep as a draft" }).click();
  await form.getByText("At least 5 characters.").waitFor();
  await form.getByLabel("Title").fill("A cargo bike");
  await expect.poll(() => form.getByLabel("Id", { exact: true }).inputValue()).toBe("a-cargo-bike");
  await form.getByLabel("Price of a number").fill("2.50");
  await form.getByLabel("Numbers", { exact: true }).fill("40");
  await form.getByLabel("Draw", { exact: true }).fill(localMinute(Date.now() + DAY_MS));
  await form.getByLabel("Organiser’s player id").fill(organiser.playerId);
  await form.getByLabel("Prize 1", { exact: true }).fill("Cargo bike");
  await form.getByRole("button", { name: "Another prize" }).click();
  await form.getByLabel("Prize 2", { exact: true }).fill("Helmet");
  await form.getByRole("button", { name: "Keep as a draft" }).click();

  // Its own page; a draft is edited, then put on sale.
  await page.getByRole("heading", { level: 1, name: "A cargo bike" }).waitFor();
  await page.locator(".raffle-page-sub [data-status=draft]").waitFor();
  await page.getByRole("button", { name: "Edit" }).click();
  const edit = page.getByRole("dialog", { name: "Edit “A cargo bike”" });
  await edit.getByLabel("Numbers", { exact: true }).fill("50");
  await edit.getByRole("button", { name: "Save" }).click();
  await page.getByText("The terms are changed.").waitFor();
  await fact(page, "sold", "0 / 50");
  await act(page, "Publish", "active");
  await page.getByText("It is on sale.").waitFor();

  await desk.buy(ada, "a-cargo-bike", [1, 2, 3, 4]);
  await desk.reserve(organiser, "a-cargo-bike", [9]);
  await fact(page, "sold-count", "4");
  await fact(page, "reserved-count", "1");
  await fact(page, "gross", "10.00");
  await page.getByRole("figure").getByText("4 numbers sold").waitFor();
  await expect.poll(() => page.getByRole("button", { name: "Edit" }).count()).toBe(0);

  // Not without a reason, which everyone can read.
  await page.getByRole("button", { name: "Suspend", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Suspend", exact: true }).click();
  await page.getByRole("dialog").getByText("Required.").waitFor();
  await page.keyboard.press("Escape");
  await act(page, "Suspend", "suspended", "The bike is at the painter’s");
  await page.locator("[data-reason]", { hasText: "The bike is at the painter’s" }).waitFor();
  const refused = await desk.ask("POST", "/api/v1/reservations", {
    token: ada.token,
    body: { raffle_id: "a-cargo-bike", number_ids: ["7"] },
  });
  expect(refused).toMatchObject({ status: 409, body: { code: "raffle_not_open" } });
  await act(page, "Resume", "active");

  await page.getByRole("button", { name: "Cancel the raffle" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("1 sale of 10.00 is refunded.").waitFor();
  await dialog.getByText("1 reserved number that is not paid for becomes free.").waitFor();
  await page.keyboard.press("Escape");
  await act(page, "Cancel the raffle", "cancelled", "The bike was stolen");
  await page.locator("[data-settled=true]").waitFor();
  await fact(page, "returned", "10.00");
  const wallet = async () => (await desk.ask("GET", "/wallet/me", { token: ada.token })).body;
  await expect.poll(wallet).toMatchObject({ balance_available: 100_000 });

  // Its payments and its acts tell the same.
  await page.getByRole("link", { name: "Its payments" }).click();
  await page.locator("[data-payment][data-status=refunded]").waitFor();
  await admin.go("#/admin/acts", "Acts");
  await admin.acts("cancel_raffle", "done").waitFor();
  await admin.acts("create_raffle", "done").getByRole("link", { name: "a-cargo-bike" }).click();
  await page.getByRole("heading", { level: 1, name: "A cargo bike" }).waitFor();
});

test("a draw pays the organiser, who sees how it went", async () => {
  await desk.create({
    id: "gala",
    title: "Spring gala",
    price: 500,
    numbers: 100,
    organiserId: organiser.playerId,
    minSoldPercent: 4,
  });
  await desk.buy(ada, "gala", [1, 2, 3]);
  const page = await signedIn("#/admin/raffles/gala", "Spring gala");
  await page.getByRole("button", { name: "Draw", exact: true }).click();
  await page.getByText("Only 3.0% is sold and 4% was promised").waitFor();
  await page.keyboard.press("Escape");
  await desk.buy(ada, "gala", [4]);
  await fact(page, "sold-count", "4");
  await page.getByRole("button", { name: "Draw", exact: true }).click();
  await page.getByText("Of 20.00, 2.00 (10.0%) is the platform’s fee and 18.00 goes to").waitFor();
  await page.keyboard.press("Escape");
  await act(page, "Draw", "completed");
  await page.locator("[data-settled=true]").waitFor();
  await fact(page, "payout", "18.00");

  for (const [width, colorScheme] of [
    [390, "light"],
    [1_440, "dark"],
  ] as const) {
    const own = await house.browser.newContext({
      viewport: { width, height: 844 },
      locale: "en-GB",
      colorScheme,
    });
    const organisers = await own.newPage();
    await organisers.addInitScript(seatScript(organiser));
    await organisers.goto(`${house.url}/#/organiser`);
    const card = organisers.locator("[data-raffle=gala]");
    await card.locator("[data-standing=paid]").waitFor();
    await expect.poll(() => card.locator("[data-money=payout]").innerText()).toBe("18.00");
    await card.getByText("4 of 100 sold").waitFor();
    await card.getByText("4 numbers sold").waitFor();
    await expectAccessible(organisers, `organiser, ${width}, ${colorScheme}`);
    await own.close();
  }
});

test("a provider that is switched off is refused at the checkout, and taken again when it is on", async () => {
  await desk.create({ id: "switch", title: "A raffle with a switch", numbers: 20 });
  const { id } = await desk.reserve(ada, "switch", [3]);
  await desk.checkOut(ada, id);
  const pay = () =>
    desk.ask("POST", `/api/v1/reservations/${id}/pay`, {
      token: ada.token,
      body: { provider: "wallet" },
    });
  const page = await signedIn("#/admin/payments", "Payments");
  const wallet = page.locator("[data-provider=wallet]");
  await wallet.getByText("It answers.").waitFor();
  await page.getByRole("switch", { name: "Wallet takes payments" }).click();
  await page.getByRole("dialog").getByText("nobody can begin a payment with it").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Switch off" }).click();
  await wallet.getByText("switched off").waitFor();
  await expect(pay()).resolves.toMatchObject({
    status: 503,
    body: { code: "provider_unavailable" },
  });
  await page.getByRole("switch", { name: "Wallet takes payments" }).click();
  await wallet.getByText("It answers.").waitFor();
  await expect(pay()).resolves.toMatchObject({ status: 200 });
  // It comes by itself, and is found by what it is about.
  await page.getByRole("searchbox", { name: "Raffle" }).fill("switch");
  await page.locator("[data-payment][data-status=succeeded]", { hasText: "2.50" }).waitFor();
  await page.getByRole("combobox", { name: "Status" }).selectOption("refunded");
  await page.getByText("No payment is like that.").waitFor();
  await expect.poll(() => new URL(page.url()).hash).toContain("raffle=switch&status=refunded");
});

test.each([
  ["a phone, dark", 390, "dark"],
  ["a desktop, light", 1_440, "light"],
] as const)(
  "in Spanish, on %s: nothing scrolls sideways, and everyone can use it",
  async (_, width, theme) => {
    await admin.page.setViewportSize({ width, height: 850 });
    await admin.page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await desk.ask("POST", "/api/v1/raffles", {
      token: desk.token,
      body: {
        raffle_id: "verano",
        title: "Fiesta de verano",
        ticket_price: 100,
        total_numbers: 100,
        draw_at: new Date(Date.now() + DAY_MS).toISOString(),
        prizes: [{ name: "Jamón" }],
      },
    });
    const page = await signedIn("#/admin/raffles", "Sorteos", "es");
    const check = async (where: string) => {
      await expect.poll(() => admin.overflowPx(), { message: where }).toBe(0);
      await expectAccessible(page, `${where}, ${theme}`);
    };
    await page.locator("[data-raffle=verano]").waitFor();
    await check("raffles");
    await page.getByRole("button", { name: "Nuevo sorteo" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Publicar ya" }).click();
    await page.getByRole("dialog").getByText("Es obligatorio.").first().waitFor();
    await check("new raffle");
    await page.keyboard.press("Escape");
    await admin.go("#/admin/raffles/verano", "Fiesta de verano");
    await check("raffle");
    await page.getByRole("button", { name: "Cancelar el sorteo" }).click();
    await page.getByRole("dialog").getByText("No hay nada vendido").waitFor();
    await check("cancel");
    await page.keyboard.press("Escape");
    await admin.go("#/admin/payments", "Pagos");
    await page.locator("[data-provider=wallet]").waitFor();
    await check("payments");
  },
);
