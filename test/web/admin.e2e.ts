/** What administrators do to lobbies and players, through the console on the real server, and what is written of it. */
import { readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { AdminPage } from "./support/AdminPage.ts";
import { openHouse } from "./support/House.ts";
import type { House } from "./support/House.ts";
import { expectAccessible } from "./support/accessible.ts";

/** Long enough for bets of a whole test. */
const BETTING_SECONDS = 300;

let house: House;
let admin: AdminPage;
/** Of an administrator; pages open with it as if signed in before. */
let session: string;

beforeAll(async () => {
  house = await openHouse({
    bettingSeconds: BETTING_SECONDS,
    racingSeconds: 5,
    resultsSeconds: 5,
    env: { QUERY_SECONDS: "1" },
  });
  const { token, expires_at: expiresAt } = await call("/auth/login", {
    body: { username: "admin", password: "admin" },
  });
  session = JSON.stringify({ token, name: "Administrator", expiresAt });
});

afterAll(() => house.close());

beforeEach(async () => {
  admin = await AdminPage.open(house.browser, "about:blank");
});

afterEach(async () => {
  expect(admin.complaints.filter((complaint) => !REFUSALS.test(complaint))).toEqual([]);
  await admin.close();
});

/** The browser tells of each answer of 400 and more; those that a test is about are no fault of the page's. */
const REFUSALS = /the server responded with a status of 4|net::ERR_FAILED/;

interface Body {
  readonly [field: string]: unknown;
  readonly token: string;
  readonly player_id: string;
  readonly expires_at: string;
}

async function call(
  path: string,
  options: { readonly token?: string; readonly key?: string; readonly body: unknown },
): Promise<Body & { readonly status: number }> {
  const { body, key, token } = options;
  const response = await fetch(house.url + path, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(key === undefined ? {} : { "x-idempotency-key": key }),
    },
    body: JSON.stringify(body),
  });
  return { ...((await response.json()) as Body), status: response.status };
}

const join = (name: string) => call("/auth/join", { body: { display_name: name } });
const bet = (token: string, key: string) =>
  call("/bets", {
    token,
    key,
    body: { lobby_id: "demo", market: "win", selection: [1], stake: 500 },
  });

/** The page as one who has signed in before, in a language. */
async function signedIn(hash: string, heading: string, language = "en"): Promise<Page> {
  const { page } = admin;
  await page.addInitScript(
    `localStorage.setItem("croupier.admin", ${JSON.stringify(session)});
     localStorage.setItem("croupier.language", ${JSON.stringify(language)});`,
  );
  await page.goto(`${house.url}/${hash}`);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  await admin.live();
  return page;
}

test("the door, a new lobby and its end", async () => {
  const { page } = admin;
  await page.goto(`${house.url}/#/admin/lobbies`);
  await page.getByRole("combobox", { name: "Language" }).selectOption("es");
  await page.getByLabel("Contraseña").waitFor();
  await page.getByRole("combobox", { name: "Idioma" }).selectOption("en");
  await admin.signIn("guess");
  await page.locator("[role=alert]").waitFor();
  await admin.signIn();
  await admin.lobby("demo").getByText("running").waitFor();

  await page.getByRole("button", { name: "New lobby" }).click();
  const dialog = page.getByRole("dialog", { name: "Create a lobby" });
  await dialog.getByLabel("Name").fill("Night Derby");
  await expect.poll(() => dialog.getByLabel("Id").inputValue()).toBe("night-derby");
  await dialog.getByLabel("Race (s)").fill("90");
  await dialog.getByLabel("Least stake").fill("5.00");
  await dialog.getByLabel("Greatest stake").fill("2.50");
  await dialog.getByRole("button", { name: "Create" }).click();
  await dialog.getByText("At most 60.").waitFor();
  await dialog.getByText("Not less than the least stake.").waitFor();
  await expect.poll(() => dialog.getByLabel("Race (s)").getAttribute("aria-invalid")).toBe("true");
  await dialog.getByLabel("Race (s)").fill("4");
  await dialog.getByLabel("Greatest stake").fill("1000");
  await dialog.getByLabel("Id").fill("demo");
  await dialog.getByRole("button", { name: "Create" }).click();
  await dialog.locator("[data-code=lobby_exists]").waitFor();
  await dialog.getByLabel("Id").fill("night-derby");
  await dialog.getByRole("button", { name: "Create" }).click();
  await page.getByText("Night Derby runs.").waitFor();

  const lobby = admin.lobby("night-derby");
  await lobby.getByText(/^Betting, .* left$/).waitFor();
  await lobby.getByText("Settings").click();
  await lobby.getByText("5.00 to 1,000.00").waitFor();
  await lobby.getByText("300 · 4 · 5 s").waitFor();
  await expect
    .poll(() => lobby.getByRole("link", { name: "Players’ room" }).getAttribute("href"))
    .toBe("#/lobby/night-derby");

  await page.getByRole("button", { name: "Stop Night Derby" }).click();
  await page.getByRole("dialog").getByText("No further race begins here.").waitFor();
  await page.keyboard.press("Escape");
  await lobby.getByText("running").waitFor();
  await page.getByRole("button", { name: "Stop Night Derby" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop Night Derby" }).click();
  await page.getByText("Night Derby stops").waitFor();
  await lobby.getByText("stops after this race").waitFor();
  await lobby.getByRole("link", { name: "Inspect" }).click();
  await page.getByRole("heading", { name: "lobby night-derby" }).waitFor();
});

test("a player is found, frozen so that a bet is refused, and freed so that it is taken", async () => {
  const player = await join("Rosalind Franklin");
  const page = await signedIn("#/admin/players", "Players");
  const row = page.locator(`[data-player="${player.player_id}"]`);
  await page.getByRole("searchbox").fill("rosalind");
  await page.getByText("1 player", { exact: true }).waitFor();
  await page.getByRole("searchbox").fill("nobody at all");
  await page.getByText("begins with “nobody at all”").waitFor();
  await page.getByRole("searchbox").fill(player.player_id);
  await row.getByRole("link", { name: "Rosalind Franklin" }).click();
  await page.getByRole("heading", { level: 1, name: "Rosalind Franklin" }).waitFor();
  await admin.balance("available", "1,000.00");

  // Not without a reason, and Escape leaves all as it is.
  await page.getByRole("button", { name: "Freeze", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Freeze", exact: true }).click();
  await page.getByRole("dialog").getByText("Required.").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await admin.setFrozen("Freeze", "Unusual pattern, case 4711");
  await page.locator("[data-frozen]", { hasText: "Unusual pattern, case 4711" }).waitFor();
  await expect(bet(player.token, "bet-1")).resolves.toMatchObject({
    status: 409,
    code: "wallet_frozen",
  });

  await admin.setFrozen("Unfreeze", "Cleared by phone");
  await page.getByText("The wallet is free again.").waitFor();
  await page.locator("[data-frozen]").waitFor({ state: "detached" });
  const placed = await bet(player.token, "bet-2");
  expect(placed.status).toBe(201);
  await admin.balance("held", "5.00");
  await page.getByRole("region", { name: "Open holds" }).getByText("demo").first().waitFor();
  await page.getByRole("region", { name: "Last bets" }).getByText("Win").waitFor();
  await page.getByRole("link", { name: "Inspect" }).click();
  await page.getByRole("heading", { name: `wallet ${player.player_id}` }).waitFor();
});

test("a balance is put right, both ways, never below nothing; a large amount is typed twice", async () => {
  const player = await join("Katherine Johnson");
  const page = await signedIn(`#/admin/players/${player.player_id}`, "Katherine Johnson");
  await admin.balance("available", "1,000.00");
  await page.getByRole("button", { name: "Adjust", exact: true }).click();
  await expect.poll(() => page.getByText("Required.").count()).toBe(2);

  await admin.fillAdjustment("+12.50", "Goodwill for the outage");
  await page.getByText("Available 1,000.00 → 1,012.50").waitFor();
  await page.getByRole("button", { name: "Adjust by +12.50" }).click();
  await page.getByText("Booked +12.50. Available: 1,012.50.").waitFor();
  await admin.balance("available", "1,012.50");
  await page
    .getByRole("region", { name: "Statement" })
    .getByText("Goodwill for the outage")
    .first()
    .waitFor();

  await admin.fillAdjustment("-12.50", "Booked by mistake");
  await page.getByRole("button", { name: "Adjust by −12.50" }).click();
  await admin.balance("available", "1,000.00");

  await admin.fillAdjustment("-1000.01", "Too much");
  await page.getByRole("button", { name: "Adjust by −1,000.01" }).click();
  await page.getByText("Only 1,000.00 is available.").waitFor();

  await admin.fillAdjustment("20000", "Tournament prize");
  await page.getByRole("button", { name: "Adjust by +20,000.00" }).click();
  await page.getByText("This is not the amount.").waitFor();
  await page.getByLabel("Type the amount again").fill("20,000.00");
  await page.getByRole("button", { name: "Adjust by +20,000.00" }).click();
  await admin.balance("available", "21,000.00");
});

test("what has become too much meanwhile is refused by the server, and said", async () => {
  const player = await join("Emmy Noether");
  const page = await signedIn(`#/admin/players/${player.player_id}`, "Emmy Noether");
  await admin.balance("available", "1,000.00");
  // The page goes on with what it knows while the player stakes.
  await page.route("**/admin/players/*", (route) => route.abort());
  await expect(bet(player.token, "bet-1")).resolves.toMatchObject({ status: 201 });
  await admin.fillAdjustment("-1000", "Chargeback");
  await page.getByRole("button", { name: "Adjust by −1,000.00" }).click();
  await page.locator("form [data-code=insufficient_funds]").waitFor();
  await page.unroute("**/admin/players/*");
  await admin.balance("available", "995.00");
});

test("an answer that is lost: the adjustment waits over a reload and is booked once", async () => {
  const player = await join("Mary Somerville");
  const page = await signedIn(`#/admin/players/${player.player_id}`, "Mary Somerville");
  const keys: string[] = [];
  await page.route("**/adjust", async (route) => {
    keys.push(route.request().headers()["x-idempotency-key"] ?? "");
    await route.fetch();
    await route.abort();
  });
  await admin.fillAdjustment("7", "Refund");
  await page.getByRole("button", { name: "Adjust by +7.00" }).click();
  await page.getByText("Nobody knows yet whether it was booked.").waitFor();
  await page.unroute("**/adjust");
  await page.reload();
  await page.getByText("Nobody knows yet whether it was booked.").waitFor();
  await expect.poll(() => page.getByLabel("Amount, with its sign").inputValue()).toBe("7");
  await expect.poll(() => page.getByLabel("Amount, with its sign").isDisabled()).toBe(true);
  const asked = page.waitForRequest("**/adjust");
  await page.getByRole("button", { name: "Send again with the same key" }).click();
  const again = await asked;
  expect(again.headers()["x-idempotency-key"]).toBe(keys[0]);
  await page.getByText("Booked +7.00. Available: 1,007.00.").waitFor();
  await admin.balance("available", "1,007.00");
  await page.reload();
  await page.getByRole("button", { name: "Adjust", exact: true }).waitFor();
});

test("acts: who did what, on what, why, and what came of it; found, opened, saved, live", async () => {
  const player = await join("Hypatia");
  const { token } = JSON.parse(session) as { readonly token: string };
  const path = `/admin/players/${player.player_id}`;
  const done = { token, body: { amount: -300, reason: "Fee by hand" }, key: "acts-1" };
  await call(`${path}/adjust`, done);
  await call(`${path}/adjust`, done);
  const page = await signedIn("#/admin/acts", "Acts");
  const fee = admin.acts("adjust_wallet", "done").filter({ hasText: player.player_id });
  await fee.first().waitFor();
  await expect.poll(() => fee.count()).toBe(2);
  await fee.first().getByText("asked again").waitFor();
  await fee.last().getByText("−3.00").waitFor();
  await fee.last().getByText("Fee by hand").waitFor();
  await fee.last().getByRole("button").press("Enter");
  await page.locator(".acts-details").getByText("acts-1").waitFor();
  await page.locator(".acts-details").getByText("amount").waitFor();

  // What happens meanwhile comes by itself.
  await call(`${path}/freeze`, { token, body: { reason: "Seen while the page is open" } });
  const frozen = admin.acts("freeze_wallet", "done").first();
  await frozen.getByText("Seen while the page is open").waitFor();
  const refused = { token, key: "acts-2", body: { amount: -99_999_900, reason: "Far too much" } };
  await call(`${path}/adjust`, refused);
  await admin.acts("adjust_wallet", "refused").getByText("insufficient_funds").first().waitFor();

  await page.getByLabel("Act", { exact: true }).selectOption("freeze_wallet");
  await fee.first().waitFor({ state: "detached" });
  expect(page.url()).toContain("#/admin/acts?act=freeze_wallet");
  await page.getByLabel("Within").selectOption("hour");
  await frozen.waitFor();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as CSV" }).click();
  const file = await readFile(await (await saved).path(), "utf8");
  expect(file.split("\r\n")[0]).toContain("act_id,at,by,act,target,reason");
  expect(file).toContain("Seen while the page is open");
  expect(file).not.toContain("Fee by hand");
  await page.getByLabel("By", { exact: true }).fill("somebody else");
  await page.getByText("No act is like that.").waitFor();
  await page.getByRole("button", { name: "All acts" }).click();
  await fee.first().waitFor();
  await fee.first().getByRole("link", { name: player.player_id }).click();
  await page.getByRole("heading", { level: 1, name: "Hypatia" }).waitFor();
});

test("processes as a table: the same figures and controls, and so again next time", async () => {
  const page = await signedIn("#/admin/cluster", "Cluster");
  await page.getByRole("button", { name: "Table" }).click();
  const row = page.locator("tr[data-process]");
  await row.getByText("serves this page").waitFor();
  await row.getByRole("button", { name: /^Control / }).press("Enter");
  await page.getByRole("menuitem", { name: /^Kill/ }).getByText("npm run cluster").waitFor();
  await page.keyboard.press("Escape");
  await page.reload();
  await row.waitFor();
  await page.getByRole("button", { name: "Cards" }).click();
  await page.locator("article[data-process]").waitFor();
});

const PAGES = {
  lobbies: ["#/admin/lobbies", "Mesas", "Demo lobby"],
  players: ["#/admin/players", "Jugadores", "Ada"],
  player: ["#/admin/players/{player}", "Ada", "Bienvenida a la casa"],
  acts: ["#/admin/acts", "Actos", "Bienvenida a la casa"],
  cluster: ["#/admin/cluster", "Clúster", "Particiones asignadas"],
  entities: ["#/admin/entities/wallet", "Entidades", "{player}"],
  entity: ["#/admin/entities/wallet/{player}", "wallet {player}", "WalletOpened"],
} as const;
type PageName = keyof typeof PAGES;

/** In Spanish, at that size and in those colours: nothing scrolls sideways, and everyone can use it. */
async function expectUsable(
  pages: readonly PageName[],
  { width, theme }: { readonly width: number; readonly theme: "light" | "dark" },
): Promise<Page> {
  const player = await join("Ada");
  const { token } = JSON.parse(session) as { readonly token: string };
  await call(`/admin/players/${player.player_id}/adjust`, {
    token,
    key: `welcome-${theme}`,
    body: { amount: 500, reason: "Bienvenida a la casa" },
  });
  const { page } = admin;
  await page.setViewportSize({ width, height: 850 });
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  await signedIn("#/admin/lobbies", "Mesas", "es");
  const named = (text: string) => text.replace("{player}", player.player_id);
  for (const name of pages) {
    const [hash, heading, text] = PAGES[name];
    await admin.go(named(hash), named(heading));
    await page.getByRole("main").getByText(named(text)).first().waitFor();
    await expect.poll(() => admin.overflowPx(), { message: name }).toBe(0);
    await expectAccessible(page, `${name}, ${theme}`);
  }
  return page;
}

test("in Spanish, on a phone, dark: the house's pages can be used by everyone", async () => {
  const page = await expectUsable(["players", "player", "acts", "lobbies"], {
    width: 390,
    theme: "dark",
  });
  await page.getByRole("button", { name: "Nueva mesa" }).click();
  await page.getByRole("dialog", { name: "Crear una mesa" }).getByLabel("Nombre").waitFor();
  await expectAccessible(page, "new lobby, dark");
});

test("in Spanish, on a desktop, light: the cluster's pages can be used by everyone", async () => {
  const page = await expectUsable(["player", "entities", "entity", "cluster"], {
    width: 1440,
    theme: "light",
  });
  await page.getByRole("button", { name: "Tabla" }).click();
  await page.getByText("Por escribir").waitFor();
  await expect.poll(() => admin.overflowPx()).toBe(0);
  await expectAccessible(page, "cluster table, light");
});

test("questions in SQL: values as they are, more than is shown, a file, mistakes, and what takes too long", async () => {
  const page = await signedIn("#/admin/query", "Consultas", "es");
  const sql = page.getByLabel("Pregunta, en SQL");
  const told = page.locator(".query-told span");
  await sql.fill(`SELECT NULL AS nothing, 9007199254740993::BIGINT AS big, 1.50::DECIMAL(9,2) AS price,
    2025 AS year, 0.1::DOUBLE + 0.2 AS sum, '=1+1' AS text, 'a' AS twice, 'b' AS twice`);
  await sql.press("Control+Enter");
  await told.getByText(/^1 fila en /).waitFor();
  await expect
    .poll(() => page.locator(".query-table td").allInnerTexts())
    .toEqual(["null", "9007199254740993", "1.50", "2025", "0.3", "=1+1", "a", "b"]);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Guardar como CSV" }).click();
  const file = await readFile((await (await download).path()) ?? "", "utf8");
  expect(file.split("\r\n")).toEqual([
    "\uFEFFnothing,big,price,year,sum,text,twice,twice",
    ",9007199254740993,1.50,2025,0.30000000000000004,'=1+1,a,b",
    "",
  ]);

  await page.getByLabel("Filas como máximo").selectOption("100");
  await sql.fill("SELECT * FROM range(1000)");
  await sql.press("Control+Enter");
  await told.getByText(/^100 filas en .* Hay más\.$/).waitFor();

  const ask = page.getByRole("button", { name: "Preguntar" });
  await sql.fill("SELEC 1");
  await ask.click();
  const fault = page.locator("[data-code=query_failed]");
  await fault.getByText("Esta consulta no tiene respuesta.").waitFor();
  await fault.getByText('syntax error at or near "selec"').waitFor();
  await expect.poll(() => page.locator(".query-result").count()).toBe(0);
  await sql.fill("SELECT count(*) FROM range(100000000000) a, range(1000000) b");
  await ask.click();
  await page.locator("[data-code=query_too_long]").waitFor();

  await page.setViewportSize({ width: 390, height: 844 });
  // By keyboard: the table is the question, which has the focus then and is asked from there.
  await page.getByRole("button", { name: "hand_players", exact: true }).press("Enter");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("columnheader", { name: "player", exact: true }).waitFor();
  await expect.poll(() => page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  await expectAccessible(page, "query, phone, Spanish");
});
