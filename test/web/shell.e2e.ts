/** The frame, the door and the lobbies, with the real server. */
import AxeBuilder from "@axe-core/playwright";
import type { BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { ConsolePage } from "./support/ConsolePage.ts";
import { expectAccessible } from "./support/accessible.ts";
import { afterClosing } from "./support/afterClosing.ts";
import { openHouse } from "./support/House.ts";
import type { House } from "./support/House.ts";

/** So that what is waited for in vain is named. */
const STEP_TIMEOUT_MS = 15_000;
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

let house: House;
let console: ConsolePage;

beforeAll(async () => {
  house = await openHouse({ bettingSeconds: 600, racingSeconds: 5, resultsSeconds: 5 });
  const admin = await call("/auth/login", { username: "admin", password: "admin" });
  await call("/lobbies", { lobby_id: "dunes", name: "Dune Downs" }, String(admin["token"]));
});
afterAll(() => house.close());
afterEach(() => console.close());

const call = async (path: string, body: unknown, token?: string) => {
  const answer = await fetch(`${house.url}${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-idempotency-key": path,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  expect(answer.ok, path).toBe(true);
  return (await answer.json()) as Record<string, unknown>;
};
const open = async (options: BrowserContextOptions = {}, hash = "") => {
  console = await ConsolePage.open(house.browser, `${house.url}/${hash}`, options);
  console.page.setDefaultTimeout(STEP_TIMEOUT_MS);
  return console.page;
};
const focused = () => console.page.locator(":focus");

test("who has never been here sees a table as it is, and is at it with a name and Enter", async () => {
  const page = await open();
  await page.locator(".door-runners li").nth(7).waitFor();
  await expect.poll(() => page.locator(".lobby-phase[data-phase=betting]").count()).toBe(1);
  await page.getByRole("timer").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("Type a name; any will do.").waitFor();
  await page.keyboard.type("Ada");
  await page.keyboard.press("Enter");
  await console.live();
  await expect.poll(() => new URL(page.url()).hash).toBe("#/lobby/demo");
  // Home is the list of lobbies, not the room again.
  await page.goto(`${house.url}/#/`);
  await page.reload();
  await page.getByRole("heading", { name: "Races", level: 1 }).waitFor();
  await page.locator("[data-lobby=demo]").getByText("Your seat").waitFor();
  await page.locator("[data-lobby=dunes]").getByRole("link", { name: "Sit here" }).click();
  await page.getByText("Dune Downs").first().waitFor();
  await expect.poll(() => new URL(page.url()).hash).toBe("#/lobby/dunes");
  expect(console.complaints).toEqual([]);
});

test("the table that was chosen at the door is the one that is taken", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Dune Downs" }).click();
  await console.join("Grace");
  await expect.poll(() => new URL(page.url()).hash).toBe("#/lobby/dunes");
});

test("an account: made, left, refused with a wrong password, entered again with its money", async () => {
  const page = await open();
  await page.getByRole("tab", { name: "Register" }).click();
  await page.getByLabel("User name").fill("no blanks");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Create the account" }).click();
  await page.getByText("3 to 32 letters").waitFor();
  await page.getByLabel("User name").fill("grace.h");
  await page.keyboard.press("Enter");
  await page.getByText("8 to 128 characters.").waitFor();
  await expect.poll(() => focused().getAttribute("type")).toBe("password");
  await page.getByLabel("Password").fill("a long password");
  await page.keyboard.press("Enter");
  await console.live();
  await console.placeBet("win", [2], "5.00");
  await console.bet("win", "accepted");

  await page.getByRole("button", { name: /^grace\.h: account/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByText("Sign in again with your user name").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();

  await page.getByRole("tab", { name: "Sign in" }).click();
  await page.getByLabel("User name").fill("grace.h");
  await page.getByLabel("Password").fill("not the password");
  await page.keyboard.press("Enter");
  await page.locator("[role=alert][data-code=bad_credentials]").waitFor();
  await page.getByLabel("Password").fill("a long password");
  await page.keyboard.press("Enter");
  await console.live();
  await console.held("5.00");
  // A reload keeps an account's seat too.
  await page.reload();
  await console.live();
  await page.getByRole("button", { name: /^grace\.h: account/ }).waitFor();

  await page.getByRole("button", { name: /^grace\.h: account/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("tab", { name: "Register" }).click();
  await page.getByLabel("User name").fill("Grace.H");
  await page.getByLabel("Password").fill("another password");
  await page.keyboard.press("Enter");
  await page.locator("[role=alert][data-code=username_taken]").waitFor();
  // The browser reports refused requests by itself; nothing else may be there.
  expect(console.complaints.filter((text) => !/status of (401|409)/.test(text))).toEqual([]);
});

test("a guest is told what leaving means, and stays if that was not meant", async () => {
  const page = await open();
  await console.join("Ada");
  await page.getByRole("button", { name: /^Ada: account/ }).click();
  await page.getByRole("menuitem", { name: "Leave" }).click();
  await page.getByText("this browser forgets you").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await afterClosing(page);
  await page.getByRole("button", { name: /^Ada: account/ }).click();
  await page.getByRole("menuitem", { name: "Leave" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
  await page.getByRole("button", { name: "Take a seat" }).waitFor();
  await expect
    .poll(() => page.evaluate<string | null>("localStorage.getItem('croupier.session')"))
    .toBeNull();
});

test("a page that needs a seat lies behind the door, and is there when one has come in", async () => {
  const page = await open({}, "#/wallet");
  await page.getByLabel("Your name at the table").fill("Ada");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Wallet", level: 1 }).waitFor();
  await expect.poll(() => page.title()).toBe("Wallet · Croupier");
});

test("with the keyboard alone: skip to the page, walk the navigation, arrive in the page", async () => {
  const page = await open();
  await console.join("Ada");
  await page.goto(`${house.url}/#/`);
  await page.reload();
  await page.getByRole("heading", { name: "Races", level: 1 }).waitFor();
  await page.keyboard.press("Tab");
  await expect.poll(() => focused().innerText()).toBe("Skip to the page");
  await page.keyboard.press("Enter");
  await expect.poll(() => focused().getAttribute("id")).toBe("main");

  await page.locator(".rail").getByRole("link", { name: "Wallet" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Wallet", level: 1 }).waitFor();
  await page.locator("main:focus").waitFor();
  await expect.poll(() => page.locator(".rail [aria-current=page]").innerText()).toBe("Wallet");

  await page.getByRole("button", { name: /^Ada: account/ }).focus();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("menu").waitFor();
  await page.locator(".menu:focus, .menu :focus").waitFor();
  await page.keyboard.press("ArrowDown");
  await page.locator("[role^=menuitem]:focus").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".account-button:focus").waitFor();
  await afterClosing(page);
  await page.locator(".bell").focus();
  await page.keyboard.press("Enter");
  await page.locator(".news:focus, .news :focus").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".bell:focus").waitFor();
});

test("the palette goes anywhere and does everything, from the keyboard", async () => {
  const page = await open();
  await console.join("Ada");
  const choose = async (query: string) => {
    await page.keyboard.press("Control+k");
    await page.locator(".palette-input:focus").waitFor();
    await page.keyboard.type(query);
    await page.locator(".palette-item[data-highlighted]", { hasText: query }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".palette").waitFor({ state: "detached" });
    await afterClosing(page);
  };
  await choose("wallet");
  await page.getByRole("heading", { name: "Wallet", level: 1 }).waitFor();
  await choose("dune");
  await page.waitForURL(/#\/lobby\/dunes$/);
  await choose("bet slip");
  await page.locator("#slip #stake:focus").waitFor();
  await choose("demo-77");
  await page.waitForURL(/#\/races\/demo-77$/);
  await choose("dark");
  await page.locator("html[data-theme=dark]").waitFor();
  await choose("language");
  await page.locator("html[lang=es]").waitFor();
  // Nothing that is called so; then away without having chosen.
  await page.getByRole("button", { name: "Buscar o ir a" }).click();
  await page.locator(".palette-input:focus").waitFor();
  await page.keyboard.type("zzz");
  await page.getByText("No hay nada con ese nombre.").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".palette-button:focus").waitFor();
  await choose("dejar");
  await page.getByText("¿Dejar la mesa?").waitFor();
});

test("the language changes where one is, with its money, dates and the page's own mark, and stays", async () => {
  const page = await open();
  await console.join("Ada");
  await page.goto(`${house.url}/#/wallet`);
  await page.locator("[data-line]").first().waitFor();
  await page.getByRole("button", { name: /^Ada: account/ }).click();
  await page.getByRole("menuitemradio", { name: "Español" }).click();
  await page.getByRole("heading", { name: "Monedero", level: 1 }).waitFor();
  await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("es");
  await expect.poll(() => page.locator("[data-balance=total]").innerText()).toBe("1000,00");
  await page.getByText("1 línea cargada").waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Monedero", level: 1 }).waitFor();
  await expect.poll(() => page.title()).toBe("Monedero · Croupier");
});

test("the colours follow the system until one is chosen, and the browser's bars follow the colours", async () => {
  const page = await open({ colorScheme: "dark" });
  const bar = () => page.locator("meta[name=theme-color]").getAttribute("content");
  await expect.poll(bar).toBe("#151d1a");
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(bar).toBe("#ffffff");
  await console.join("Ada");
  await page.getByRole("button", { name: /^Ada: account/ }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect.poll(bar).toBe("#151d1a");
  await page.reload();
  await page.locator("html[data-theme=dark]").waitFor();
  await expect.poll(bar).toBe("#151d1a");
});

test("what an address asks for is the page's own matter, and the page is found", async () => {
  const page = await open({}, "#/runners?from=a-letter");
  await page.getByRole("heading", { name: "Runners", level: 1 }).waitFor();
  await page.goto(`${house.url}/#/?x=y`);
  await page.getByRole("button", { name: "Take a seat" }).waitFor();
  // Another question to the same page: who reads goes on reading.
  await page.setViewportSize({ width: 390, height: 300 });
  const scrolled = () => page.evaluate<number>("scrollY");
  const goTo = (hash: string) =>
    page.evaluate(
      `history.pushState(null, "", "${hash}"); dispatchEvent(new HashChangeEvent("hashchange")); new Promise(requestAnimationFrame)`,
    );
  // As soon as the page is long enough.
  await expect
    .poll(async () => {
      await page.evaluate("scrollTo({ top: 120, behavior: 'instant' })");
      return scrolled();
    })
    .toBe(120);
  await goTo("#/?x=z");
  await expect.poll(scrolled).toBe(120);
  await goTo("#/races");
  await expect.poll(scrolled).toBe(0);
});

test("at the door the header fits the narrowest phone, in the language of the longest words", async () => {
  const page = await open({ viewport: { width: 360, height: 740 }, locale: "es-ES" }, "#/runners");
  await page.locator(".account.is-door a").waitFor();
  await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("es");
  await expect.poll(() => console.overflowPx()).toBe(0);
  await expect
    .poll(() => page.locator(".shell-header-inner").evaluate((header) => header.scrollWidth))
    .toBe(360);
});

test("what cannot be found is said, with a way back", async () => {
  const page = await open({}, "#/nowhere");
  await page.getByRole("heading", { name: "Nothing here" }).waitFor();
  await page.getByRole("link", { name: "To the races", exact: true }).click();
  await page.getByRole("button", { name: "Take a seat" }).waitFor();
});

/** Colours and sizes have nothing to do with each other, so each is seen once. */
const LOOKS = [
  ["dark", DESKTOP],
  ["light", PHONE],
] as const;

/** A popup by itself: what leads the focus around its edges is hidden from screen readers and focusable on purpose. */
const expectPopupAccessible = async (selector: string) => {
  const { violations } = await new AxeBuilder({ page: console.page }).include(selector).analyze();
  expect(violations, selector).toEqual([]);
};

test.each(LOOKS)(
  "anyone can use door, lobbies, menus and palette: %s, %j",
  async (scheme, viewport) => {
    const page = await open({ viewport, colorScheme: scheme, reducedMotion: "reduce" });
    await page.locator(".door-runners li").first().waitFor();
    await expectAccessible(page, "door");
    await expect.poll(() => console.overflowPx(), { message: "door" }).toBe(0);
    await page.getByRole("tab", { name: "Register" }).click();
    await page.getByRole("button", { name: "Create the account" }).click();
    await expectAccessible(page, "register");
    await page.getByRole("tab", { name: "Play as guest" }).click();
    await console.join("A name as long as it may");
    await page.goto(`${house.url}/#/`);
    await page.locator("[data-lobby=dunes]").waitFor();
    await expectAccessible(page, "lobbies");
    await expect.poll(() => console.overflowPx(), { message: "lobbies" }).toBe(0);
    await page.locator(".account-button").click();
    await page.getByRole("menu").waitFor();
    await expectPopupAccessible(".menu");
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "detached" });
    await page.locator(".bell").click();
    await page.locator(".news").waitFor();
    await expectPopupAccessible(".news");
    await page.keyboard.press("Escape");
    await page.locator(".news").waitFor({ state: "detached" });
    if (viewport === PHONE) {
      await page.getByRole("button", { name: "More" }).click();
      await page.getByRole("dialog").getByRole("link", { name: "Runners" }).waitFor();
      await expectPopupAccessible(".sheet");
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
    await page.keyboard.press("Control+k");
    await page.locator(".palette-item").first().waitFor();
    await expectPopupAccessible(".palette");
    await expect.poll(() => console.overflowPx(), { message: "palette" }).toBe(0);
    expect(console.complaints).toEqual([]);
  },
);
