/**
 * What puts right what went wrong for one player, through the console on the real server: a password that others may know, a token
 * in the wrong hands, a role, money that its provider will not give back.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { AdminPage } from "../support/AdminPage.ts";
import { ConsolePage } from "../support/ConsolePage.ts";
import { openHouse } from "../support/House.ts";
import type { House } from "../support/House.ts";
import { RaffleConsole } from "../support/RaffleConsole.ts";
import { RaffleDesk, adminScript } from "../support/RaffleDesk.ts";
import { expectAccessible } from "../support/accessible.ts";

const CARD_SECRET = "a secret between the house and the card";
const OLD = "the old password";
const NEW = "the new password";
/** The most that a step takes on a machine that does ten things more; a test has up to three pages and forty steps. */
const STEP_TIMEOUT_MS = 20_000;
const TEST_TIMEOUT_MS = 90_000;
const SETUP_TIMEOUT_MS = 120_000;

vi.setConfig({ testTimeout: TEST_TIMEOUT_MS });

let house: House;
let desk: RaffleDesk;

beforeAll(async () => {
  house = await openHouse({
    bettingSeconds: 600,
    racingSeconds: 5,
    resultsSeconds: 5,
    env: {
      SANDBOX_CARD: "on",
      SANDBOX_CARD_PORT: "0",
      SANDBOX_CARD_SECRET: CARD_SECRET,
      SANDBOX_CARD_REFUND_MS: "1",
    },
  });
  desk = await RaffleDesk.open(house.url);
}, SETUP_TIMEOUT_MS);
afterAll(() => house.close());

/** The browser tells of each answer of 400 and more, and of one that does not come; those are what tests here are about. */
const REFUSALS = /status of 4|net::ERR_FAILED/;

async function atConsole(): Promise<ConsolePage> {
  const opened = await ConsolePage.open(house.browser, house.url);
  opened.page.setDefaultTimeout(STEP_TIMEOUT_MS);
  onTestFinished(async () => {
    expect(opened.complaints.filter((text) => !REFUSALS.test(text))).toEqual([]);
    await opened.close();
  });
  return opened;
}

async function signIn({ page }: ConsolePage, username: string, password: string): Promise<void> {
  await page.getByRole("tab", { name: "Sign in" }).click();
  await page.getByLabel("User name").fill(username);
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
}

const register = (username: string) =>
  desk.done<{ readonly player_id: string }>("POST", "/auth/register", {
    body: { username, password: OLD },
  });

/** A player who is put out stands at the door and is told so. */
const isOut = ({ page }: ConsolePage) => page.getByText("Your seat has expired.").waitFor();

/** The administrator's page, as the user `admin` of before. */
async function atAdmin(hash: string, heading: string): Promise<Page> {
  const admin = await AdminPage.open(house.browser, "about:blank");
  const { page } = admin;
  page.context().setDefaultTimeout(STEP_TIMEOUT_MS);
  await page.addInitScript(adminScript(desk));
  await page.goto(`${house.url}/${hash}`);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  onTestFinished(async () => {
    expect(admin.complaints.filter((text) => !REFUSALS.test(text))).toEqual([]);
    await admin.close();
  });
  return page;
}

/** Presses the act's button, gives the reason and says yes. */
async function act(page: Page, name: string, reason: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name, exact: true }).click();
}

test("a password is changed: every other device is out, this one stays, and only the new one comes in", async () => {
  await register("ada.l");
  const here = await atConsole();
  const elsewhere = await atConsole();
  for (const console of [here, elsewhere]) {
    await signIn(console, "ada.l", OLD);
    await console.live();
  }
  const { page } = here;
  // News that pop up are dialogs, too.
  const dialog = page.locator(".password-dialog");
  const open = async () => {
    await page.locator(".account-button").click();
    await page.getByRole("menuitem", { name: "Change the password" }).click();
    await dialog.getByLabel("Password now").waitFor();
  };
  const change = async (password: string, newPassword: string) => {
    await dialog.getByLabel("Password now").fill(password);
    await dialog.getByLabel("New password").fill(newPassword);
    await page.keyboard.press("Enter");
  };
  // Looked at, and left as it is; the focus is back where it came from.
  await open();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await page.locator(".account-button:focus").waitFor();

  await open();
  await page.locator("[autocomplete=current-password]:focus").waitFor();
  await page.keyboard.press("Enter");
  await dialog.getByText("Type your password.").waitFor();
  await change(OLD, "short");
  await dialog.getByText("8 to 128 characters.").waitFor();
  await page.locator("[autocomplete=new-password]:focus").waitFor();
  await change("not the password", NEW);
  await dialog.locator("[role=alert][data-code=bad_credentials]").waitFor();
  await page.locator("[autocomplete=current-password]:focus").waitFor();
  await expectAccessible(page, "change of the password");
  // It does not arrive: then nobody here can say what the password is.
  await page.route("**/auth/password", (route) => route.abort(), { times: 1 });
  await change(OLD, NEW);
  await dialog.locator("[role=alert][data-code=offline]").waitFor();
  await here.live();
  await change(OLD, NEW);
  await dialog.waitFor({ state: "detached" });
  await page.locator(".toast", { hasText: "Your password is changed" }).waitFor();

  await isOut(elsewhere);
  await here.live();
  await page.reload();
  await here.live();
  await signIn(elsewhere, "ada.l", OLD);
  await elsewhere.page.locator("[role=alert][data-code=bad_credentials]").waitFor();
  await signIn(elsewhere, "ada.l", NEW);
  await elsewhere.live();
});

test("a guest, who has no password to change, is signed out everywhere by the house, for good", async () => {
  const guest = await atConsole();
  await guest.join("Grace");
  await guest.page.locator(".account-button").click();
  await guest.page.getByRole("menuitem", { name: "End all other sessions" }).waitFor();
  await expect
    .poll(() => guest.page.getByRole("menuitem", { name: "Change the password" }).count())
    .toBe(0);
  await guest.page.keyboard.press("Escape");

  const page = await atAdmin("#/admin/players?q=Grace", "Players");
  await page.getByRole("link", { name: "Grace" }).click();
  await page.getByRole("heading", { level: 1, name: "Grace" }).waitFor();
  await page.getByRole("button", { name: "Sign out everywhere" }).waitFor();
  await expect.poll(() => page.getByRole("button", { name: "Make administrator" }).count()).toBe(0);
  // Not without a reason.
  await act(page, "Sign out everywhere", "");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Required.").waitFor();
  await dialog.getByText("nobody can reach this account again").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await act(page, "Sign out everywhere", "Her phone was stolen");
  await page.getByText("Signed out everywhere.").waitFor();
  await isOut(guest);
});

test("the administrator's role is given and taken; who had it is out at once; not from who has it by the settings", async () => {
  const { player_id: playerId } = await register("hopper");
  const player = await atConsole();
  await signIn(player, "hopper", OLD);
  await player.live();
  const page = await atAdmin(`#/admin/players/${playerId}`, "hopper");
  await act(page, "Make administrator", "She runs the night shift");
  await page.getByText("An administrator now, from the next sign-in.").waitFor();
  await isOut(player);

  const other = await AdminPage.open(house.browser, `${house.url}/#/admin/players`);
  onTestFinished(() => other.close());
  await other.signIn(OLD, "hopper");
  await other.live();
  await act(page, "Take administrator’s role", "The season is over");
  await page.getByText("No administrator any more.").waitFor();
  await other.page.getByLabel("User name").waitFor();
  await other.signIn(OLD, "hopper");
  await other.page.getByRole("alert").waitFor();

  await page.goto(`${house.url}/#/admin/players/admin`);
  await page.getByRole("heading", { level: 1, name: "hopper" }).waitFor({ state: "detached" });
  await act(page, "Take administrator’s role", "A trial");
  await page.getByRole("dialog").getByRole("alert").waitFor();
  await page.keyboard.press("Escape");

  // All of it is written down, with what came of it.
  await page.goto(`${house.url}/#/admin/acts`);
  for (const [done, outcome] of [
    ["grant_admin", "done"],
    ["revoke_admin", "done"],
    ["revoke_admin", "refused"],
  ])
    await page.locator(`[data-act=${done}][data-outcome=${outcome}]`).first().waitFor();
});

test("money that the card refuses to take back: asked once more, paid into the wallet, given back by hand", async () => {
  await desk.create({ id: "fete", title: "The fête", numbers: 100, price: 500 });
  const pay = async (name: string, number: number) => {
    const buyer = await desk.join(name);
    const { id } = await desk.reserve(buyer, "fete", [number]);
    await desk.checkOut(buyer, id);
    const { page, ...opened } = await RaffleConsole.open(
      house.browser,
      house.url,
      `/checkout/${id}`,
      { buyer },
    );
    page.setDefaultTimeout(STEP_TIMEOUT_MS);
    await page.locator("[data-provider=sandbox_card] input").check();
    await page.locator(".checkout-go").click();
    await page.locator("#number").fill("4242 4242 4242 4242");
    await page.locator("#expiry").fill("12/34");
    await page.locator("#cvc").fill("123");
    const { origin } = new URL(page.url());
    await page.locator("form button[type=submit]").first().click();
    await page.locator("[data-outcome=sold]").waitFor();
    await opened.console.close();
    return { ...buyer, reservationId: id, cardUrl: origin };
  };
  const total = async ({ token }: { readonly token: string }) =>
    (await desk.done<{ readonly balance_total: number }>("GET", "/wallet/me", { token }))
      .balance_total;
  const [ben, cleo] = [await pay("Ben", 1), await pay("Cleo", 2)];
  const before = await total(ben);
  const faults = await fetch(`${ben.cardUrl}/v1/faults`, {
    method: "PUT",
    headers: { authorization: `Bearer ${CARD_SECRET}`, "content-type": "application/json" },
    // One more than there are payments: the first that is asked for again is refused again.
    body: JSON.stringify({ refuse_refunds: 3 }),
  });
  expect(faults.status).toBe(200);
  await desk.act("fete", "cancel", "The hall has burnt down");

  const page = await atAdmin("#/admin/payments?status=refund_refused", "Payments");
  const rowOf = ({ playerId }: { readonly playerId: string }) =>
    page.locator("[data-payment]", { hasText: playerId });
  const dialog = page.getByRole("dialog");
  const decide = async (who: { readonly playerId: string }, remedy: string) => {
    await rowOf(who).getByRole("button", { name: "Resolve" }).click();
    await dialog.getByText("What becomes of 5.00?").waitFor();
    await dialog.getByLabel(remedy).check();
    await dialog.getByLabel("Reason").fill(`So it is to be: ${remedy}`);
    await dialog.getByRole("button", { name: "Resolve" }).click();
    await dialog.waitFor({ state: "detached" });
  };
  await rowOf(ben).waitFor();
  await rowOf(cleo).waitFor();
  await rowOf(ben).getByRole("button", { name: "Resolve" }).click();
  await dialog.getByRole("button", { name: "Resolve" }).click();
  await dialog.getByText("Required.").waitFor();
  await expectAccessible(page, "what becomes of a refused refund");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });

  const resolved = async () => {
    const { acts } = await desk.done<{
      readonly acts: readonly { readonly outcome: string | null }[];
    }>("GET", "/admin/acts?act=resolve_refund&limit=10", { token: desk.token });
    return acts.map(({ outcome }) => outcome);
  };
  await decide(ben, "Ask Card (sandbox) once more");
  await expect.poll(() => resolved()).toEqual(["done"]);
  // Refused once more, it is asked for again.
  await rowOf(ben).getByRole("button", { name: "Resolve" }).waitFor();
  await decide(ben, "Pay it into the player’s wallet here");
  await rowOf(ben).waitFor({ state: "detached" });
  await decide(cleo, "I have given it back by hand");
  await rowOf(cleo).waitFor({ state: "detached" });
  await expect.poll(() => total(ben)).toBe(before + 500);
  await expect.poll(() => total(cleo)).toBe(before);
  await expect.poll(() => resolved()).toEqual(["done", "done", "done"]);
  await page.goto(`${house.url}/#/admin/payments?raffle=fete`);
  for (const who of [ben, cleo])
    await rowOf(who).and(page.locator("[data-status=refunded]")).waitFor();
});
