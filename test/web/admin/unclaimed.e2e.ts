/** What the administrator sees of money that cannot reach its owner: kept by the house, or held up at a reservation. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { MAX_BALANCE_MINOR } from "../../../rpc/wallet.ts";
import { AdminPage } from "../support/AdminPage.ts";
import { openHouse } from "../support/House.ts";
import type { House } from "../support/House.ts";
import { RaffleDesk, adminScript } from "../support/RaffleDesk.ts";
import type { Buyer } from "../support/RaffleDesk.ts";
import { expectAccessible } from "../support/accessible.ts";

const PHONE = { width: 390, height: 844 };

let house: House;
let desk: RaffleDesk;
let buyer: Buyer;
let full: Buyer;

/** A raffle that is drawn while its organiser's wallet cannot take the payout. */
const drawnFor = async (organiser: Buyer, id: string) => {
  await desk.create({ id, price: 500, organiserId: organiser.playerId });
  await desk.buy(buyer, id, [1, 2]);
  await desk.act(id, "draw");
};

beforeAll(async () => {
  house = await openHouse({ bettingSeconds: 600, racingSeconds: 5, resultsSeconds: 5 });
  desk = await RaffleDesk.open(house.url);
  [buyer, full] = await Promise.all([desk.join("Ada"), desk.join("Olive")]);
  const { balance_total: total } = await desk.done<{ readonly balance_total: number }>(
    "GET",
    "/wallet/me",
    { token: full.token },
  );
  await desk.done("POST", `/admin/players/${full.playerId}/adjust`, {
    token: desk.token,
    body: { amount: MAX_BALANCE_MINOR - total, reason: "as full as it gets" },
  });
}, 90_000);
afterAll(() => house.close());

async function signedIn(
  hash: string,
  heading: string,
  options: Parameters<typeof AdminPage.open>[2] = {},
  language = "en",
): Promise<{ readonly page: Page; readonly admin: AdminPage }> {
  const admin = await AdminPage.open(house.browser, "about:blank", options);
  onTestFinished(async () => {
    expect(admin.complaints).toEqual([]);
    await admin.close();
  });
  const { page } = admin;
  await page.addInitScript(adminScript(desk, language));
  await page.goto(`${house.url}/${hash}`);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  return { page, admin };
}

test("a payout that a full wallet refuses is listed: whose, how much, why, and where it came from", async () => {
  const { page } = await signedIn("#/admin/payments", "Payments");
  await page.getByRole("link", { name: "Unclaimed money" }).click();
  await page.getByText("Nobody’s money is left here.").waitFor();
  await drawnFor(full, "regatta");
  const row = page.locator("[data-unclaimed=regatta]");
  await row.getByText("Payout of a raffle").waitFor();
  await row.getByText("9.00").waitFor();
  await row.getByText("the wallet was full").waitFor();
  await page.locator("[data-unclaimed-total]", { hasText: "9.00" }).waitFor();
  await expectAccessible(page, "unclaimed money");

  await page.getByLabel("Player", { exact: true }).fill("nobody");
  await page.getByText("Nothing is kept for that player.").waitFor();
  await page.getByLabel("Player", { exact: true }).fill(full.playerId);
  await row.getByRole("link", { name: "regatta" }).click();
  await page.getByRole("heading", { level: 1, name: "regatta" }).waitFor();
  await page.goBack();
  await row.getByRole("link", { name: full.playerId }).click();
  await page.getByRole("heading", { level: 1, name: "Olive" }).waitFor();
});

test("on a phone in Spanish it fits, and can be pressed", async () => {
  await drawnFor(full, "marea");
  const { admin, page } = await signedIn(
    "#/admin/unclaimed",
    "Dinero sin cobrar",
    { viewport: PHONE, colorScheme: "dark", hasTouch: true, locale: "es-ES" },
    "es",
  );
  await page.locator("[data-unclaimed=marea]").getByText("el monedero estaba lleno").waitFor();
  await expect.poll(() => admin.overflowPx()).toBe(0);
  await expectAccessible(page, "unclaimed money on a phone");
});

test("a cancelled raffle names the reservations that do not answer", async () => {
  await desk.create({ id: "storm", price: 500 });
  const { id } = await desk.buy(buyer, "storm", [3]);
  await desk.act("storm", "cancel", "A storm");
  const { page } = await signedIn("#/admin/raffles/storm", "Raffle storm");
  const why = "Unavailable (it cannot be read). Ask again with the same key in 1000 ms.";
  const since = new Date().toISOString();
  // No console can break a reservation, so its raffle's answer is made to say it.
  await page.route("**/raffles/storm/books", async (route) => {
    const books = (await (await route.fetch()).json()) as object;
    const unanswered = [{ reservation_id: id, since, why }];
    await route.fulfill({ json: { ...books, settled: false, unanswered } });
  });
  await page.getByText("1 reservation does not answer").waitFor();
  await page.getByText(why).waitFor();
  await expectAccessible(page, "a reservation that does not answer");
  await page.unrouteAll({ behavior: "wait" });
  await expect.poll(() => page.getByText("1 reservation does not answer").count()).toBe(0);
});
