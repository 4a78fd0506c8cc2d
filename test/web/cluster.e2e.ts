import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { AdminPage } from "./support/AdminPage.ts";
import { afterClosing } from "./support/afterClosing.ts";
import { launchBrowser } from "./support/Browser.ts";
import { startFakeAdmin } from "./support/FakeAdmin.ts";
import type { FakeAdmin } from "./support/FakeAdmin.ts";

const PORT = 18_301;

let browser: Browser;
let fake: FakeAdmin;
let admin: AdminPage;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

beforeEach(async () => {
  fake = await startFakeAdmin({ root: inject("consoleDir"), port: PORT });
  admin = await AdminPage.open(browser, `${fake.url}/admin`);
});

afterEach(async () => {
  await admin.close();
  await fake.stop();
});

const signedIn = async (hash = "#/admin/cluster") => {
  await admin.page.goto(`${fake.url}/${hash}`);
  await admin.signIn();
  await admin.live();
  return admin.page;
};

test("the door: a wrong password, an account that is no administrator's, then in", async () => {
  const { page } = admin;
  await admin.signIn("wrong");
  await page.getByRole("alert").getByText("The user name or the password is wrong.").waitFor();
  await expect.poll(() => page.getByLabel("Password").inputValue()).toBe("");
  await admin.signIn("any", "ada");
  await page.getByRole("alert").getByText("not an administrator’s").waitFor();
  await admin.signIn();
  await page.getByRole("heading", { name: "Cluster" }).waitFor();
  await expect.poll(() => page.url()).toBe(`${fake.url}/#/admin/cluster`);
  await page.reload();
  await admin.live();
  await admin.signOut();
  await page.getByText("You have signed out.").waitFor();
  await page.reload();
  await page.getByLabel("Password").waitFor();
});

test("a token that is not taken any more leads back to the door, and from there to the same page", async () => {
  const page = await signedIn("#/admin/entities/wallet/p_1?version=4");
  await admin.version(4);
  fake.expireTokens();
  await page.getByText("Your session has ended.").waitFor();
  await admin.signIn();
  await admin.version(4);
});

test("a player's page is the player's: the administrator's are not loaded there", async () => {
  const { page } = admin;
  await page.getByLabel("Password").waitFor();
  const scripts: string[] = [];
  page.on("request", (request) => scripts.push(request.url()));
  await page.goto("about:blank");
  await page.goto(fake.url);
  await page.getByRole("button", { name: "Take a seat" }).waitFor();
  expect(scripts.filter((url) => url.includes("AdminPages"))).toEqual([]);
  expect(scripts.filter((url) => url.includes("/admin/"))).toEqual([]);
});

test("figures follow the cluster each second", async () => {
  const page = await signedIn();
  await expect.poll(() => admin.total("processes")).toBe(3);
  await expect.poll(() => admin.total("throughput")).toBeGreaterThan(1_000);
  await expect
    .poll(() => page.locator("[data-shards]").getAttribute("data-shards"))
    .toBe("300/300");
  fake.setRate("p2", 5_000);
  await expect.poll(() => admin.total("throughput")).toBeGreaterThan(5_000);
  await admin.process("p1").getByText("serves this page").waitFor();
  await admin.process("p1").getByText("alarm sweeper").waitFor();
  expect(admin.complaints).toEqual([]);
});

test("a process that falls silent, one that joins and one that ends are seen and told", async () => {
  await signedIn();
  fake.silence("p2");
  await admin.state("p2", "silent");
  await admin.news("p2 went silent");
  await admin
    .process("p2")
    .getByText(/Not heard of for \d+ s/)
    .waitFor();
  await expect.poll(() => admin.total("processes")).toBe(2);
  fake.wake("p2");
  await admin.state("p2", "up");
  await admin.news("p2 is back");
  fake.join("p4");
  await admin.process("p4").getByText("just joined").waitFor();
  fake.end("p3");
  await admin.state("p3", "gone");
  await admin.news("p3 has ended");
  expect(admin.complaints).toEqual([]);
});

test("kill asks first, from the keyboard too: Escape leaves it, the second button does it", async () => {
  const page = await signedIn();
  const dialog = page.getByRole("dialog", { name: "Kill p2?" });
  await page.getByRole("button", { name: "Kill p2" }).focus();
  await page.keyboard.press("Enter");
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(fake.actions).toEqual([]);
  await expect.poll(() => page.locator(":focus").getAttribute("aria-label")).toBe("Kill p2");
  await afterClosing(page);
  await page.keyboard.press("Enter");
  await dialog.getByText("SIGKILL").waitFor();
  // The focus is on the button that leaves it.
  await dialog.locator("button:focus").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await admin.state("p2", "gone");
  expect(fake.actions).toEqual(["kill p2"]);
});

test("pause, resume, drain and add are done at once; what is impossible says why", async () => {
  const page = await signedIn();
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  await expect.poll(() => button("Resume p2").getAttribute("aria-disabled")).toBe("true");
  await expect.poll(() => button("Resume p2").getAttribute("title")).toBe("It is not paused.");
  await button("Pause p2").click();
  await admin.state("p2", "silent");
  await button("Resume p2").click();
  await admin.state("p2", "up");
  await button("Drain p3").click();
  await admin.state("p3", "draining");
  await button("Add a process").click();
  await admin.state("p4", "up");
  expect(fake.actions).toEqual(["pause p2", "resume p2", "drain p3", "add"]);
  fake.refuseNextAction("two processes are the least.");
  await button("Pause p2").click();
  await admin.process("p2").getByText("two processes are the least.").waitFor();
});

test("without a supervisor the buttons are there, cannot be pressed, and tell why", async () => {
  await admin.page.getByLabel("Password").waitFor();
  await fake.stop();
  fake = await startFakeAdmin({ root: inject("consoleDir"), port: PORT, canSupervise: false });
  const page = await signedIn();
  await page.getByText("Processes can be controlled from here when").waitFor();
  const kill = page.getByRole("button", { name: "Kill p1" });
  await expect.poll(() => kill.getAttribute("aria-disabled")).toBe("true");
  await kill.click({ force: true });
  await page.getByRole("button", { name: "Add a process" }).click({ force: true });
  await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
  expect(fake.actions).toEqual([]);
});

test("a lost connection is shown with where to go on, and heals by itself", async () => {
  const page = await signedIn();
  await admin.state("p1", "up");
  fake.setDeaf(true);
  await page.getByText("p1 does not answer. Trying again…").waitFor();
  const link = page.locator(".admin-lost").getByRole("link", { name: "p2" });
  await expect
    .poll(() => link.getAttribute("href"))
    .toBe(`http://127.0.0.1:${PORT + 1}/#/admin/cluster`);
  await admin.state("p1", "up");
  fake.setDeaf(false);
  await admin.live();
  await page.locator(".admin-lost").waitFor({ state: "detached" });
});

test("pages that cannot be loaded say so, and are there at the next try", async () => {
  const { page } = admin;
  await page.goto(fake.url);
  await page.route("**/AdminPages*.js", (route) => route.abort());
  await page.goto(`${fake.url}/#/admin/cluster`);
  await page.getByText("These pages could not be loaded.").waitFor();
  await page.unroute("**/AdminPages*.js");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByLabel("Password").waitFor();
});

test("an entity is found by how its id begins, page by page", async () => {
  const page = await signedIn("#/admin/entities");
  await page.getByRole("link", { name: /^wallet/ }).click();
  await page.locator(".kind-tabs [aria-current]", { hasText: "wallet" }).waitFor();
  const rows = page.locator(".entities-rows li");
  await expect.poll(() => rows.count()).toBe(50);
  await page.getByRole("button", { name: "Show more" }).click();
  await expect.poll(() => rows.count()).toBe(100);
  await page.getByRole("searchbox").fill("p_11");
  await expect.poll(() => rows.count()).toBe(11);
  await page.getByRole("searchbox").fill("nobody");
  await page.getByText("has an id that begins with").waitFor();
  await page.getByRole("searchbox").fill("p_1");
  await page.getByRole("link", { name: /^p_1 / }).click();
  await admin.version(fake.wallet.newestVersion);
  await page.goBack();
  await expect.poll(() => page.getByRole("searchbox").inputValue()).toBe("p_1");
});

test("time travel by the arrow keys: the state of each version, and what it changed", async () => {
  const page = await signedIn("#/admin/entities/wallet/p_1");
  const newest = fake.wallet.newestVersion;
  await admin.version(newest);
  await expect
    .poll(() => admin.value("/lockedMinor"))
    .toBe(String(fake.wallet.stateAt(newest).lockedMinor));
  await page.keyboard.press("ArrowLeft");
  await admin.version(newest - 1);
  await expect.poll(() => page.url()).toContain(`?version=${newest - 1}`);
  // The settlement before it took a hold away.
  await expect.poll(() => admin.value("/lockedMinor")).toBe("0");
  await expect.poll(() => admin.change("/lockedMinor")).toBe("changed");
  await expect.poll(() => admin.change("/holds/bet-race-5")).toBe("removed");
  await expect.poll(() => admin.change("/opened")).toBe("same");
  await page.locator(`[data-entry="${newest - 1}"][aria-current]`).waitFor();
  await page.keyboard.press("Shift+ArrowLeft");
  await admin.version(newest - 11);
  await page.keyboard.press("Shift+ArrowLeft");
  await admin.version(1);
  await page.getByText("the first version").waitFor();
  await page.getByRole("slider", { name: "Version" }).focus();
  await page.keyboard.press("End");
  await page.locator(".scrubber[data-following=true]").waitFor();
  await admin.version(newest);
  expect(admin.complaints).toEqual([]);
});

test("a link leads to a version; the journal to others; back and forward go where they should", async () => {
  const page = await signedIn("#/admin/entities/wallet/p_1?version=7");
  await admin.version(7);
  await page.locator('[data-entry="7"]').getByText("InsufficientFunds").waitFor();
  await page.locator('[data-entry="7"]').getByText("The wallet has").waitFor();
  await page.locator('[data-entry="2"] .journal-entry').click();
  await admin.version(2);
  await page.locator('[data-entry="2"] .journal-details > summary').click();
  await page.locator('[data-entry="2"] [data-path="/holdId"]').getByText("bet-race-1").waitFor();
  await page.goBack();
  await admin.version(7);
  await page.goForward();
  await admin.version(2);
  await page.goto(`${fake.url}/#/admin/entities/wallet/p_1?version=999`);
  await page.getByText("The newest version is").waitFor();
  await page.getByRole("link", { name: "Show the newest" }).click();
  await admin.version(fake.wallet.newestVersion);
});

test("at the newest version, what happens meanwhile is followed; at an older one it is not", async () => {
  const page = await signedIn("#/admin/entities/wallet/p_1");
  const newest = fake.wallet.newestVersion;
  await admin.version(newest);
  fake.wallet.deposit(2_500);
  await admin.version(newest + 1);
  await expect.poll(() => admin.change("/totalMinor")).toBe("changed");
  await page.locator(`[data-entry="${newest + 1}"][aria-current]`).waitFor();
  await page.keyboard.press("ArrowLeft");
  await admin.version(newest);
  fake.wallet.deposit(100);
  await page.getByText(`of ${newest + 2}`).waitFor();
  await admin.version(newest);
  await page.getByRole("button", { name: "Back to now" }).click();
  await admin.version(newest + 2);
});

test("a command from its form: put right, carried out, refused; each with its own key", async () => {
  const page = await signedIn("#/admin/entities/wallet/p_1?version=3");
  await admin.version(3);
  const newest = fake.wallet.newestVersion;
  await admin.compose("Deposit");
  await page.getByLabel("account", { exact: true }).fill("Provider");
  await page.getByRole("button", { name: "Send Deposit" }).click();
  await page.getByText("2 fields have to be put right.").waitFor();
  await expect.poll(() => page.getByLabel("amountMinor").getAttribute("aria-invalid")).toBe("true");
  await expect
    .poll(() => page.locator(":focus").getAttribute("id"))
    .toBe(await page.getByLabel("amountMinor").getAttribute("id"));
  expect(fake.keys).toEqual([]);
  await page.getByLabel("amountMinor").fill("2500");
  await page.getByText("= 25.00").waitFor();
  await page.getByLabel("account", { exact: true }).fill("provider:test");
  const first = await admin.key();
  await page.getByRole("button", { name: "Send Deposit" }).click();
  await page.locator("[data-answer=ok]").waitFor();
  expect(fake.keys).toEqual([first]);
  // What came of it is shown where it stands.
  await admin.version(newest + 1);

  await admin.compose("Spend");
  await page.getByLabel("amountMinor").fill("900000000");
  await page.getByLabel("account", { exact: true }).fill("house:powers");
  await page.getByRole("button", { name: "Send Spend" }).click();
  await page.locator("[data-answer=InsufficientFunds]").getByText("The wallet has").waitFor();
  await page.locator(`[data-entry="${newest + 2}"][data-refused=true]`).waitFor();
  expect(new Set(fake.keys).size).toBe(2);

  await admin.compose("GetWallet");
  await page.getByRole("button", { name: "Ask GetWallet" }).click();
  await page.locator("[data-answer=ok]").getByText("totalMinor").waitFor();
  expect(admin.complaints).toEqual([]);
});

test("an answer that is lost: the command waits over a reload and is sent again with its key, once", async () => {
  const page = await signedIn("#/admin/entities/wallet/p_1");
  const newest = fake.wallet.newestVersion;
  await admin.version(newest);
  await admin.compose("Deposit");
  await page.getByLabel("amountMinor").fill("700");
  await page.getByLabel("account", { exact: true }).fill("provider:test");
  fake.loseNextAnswer();
  await page.getByRole("button", { name: "Send Deposit" }).click();
  await page.getByText("Nobody knows yet whether it was carried out.").waitFor();
  const key = await admin.key();
  await expect.poll(() => page.getByLabel("amountMinor").isDisabled()).toBe(true);
  await page.reload();
  await page.getByText("Nobody knows yet whether it was carried out.").waitFor();
  await expect.poll(() => page.getByLabel("amountMinor").inputValue()).toBe("700");
  await page.getByRole("button", { name: "Send again with the same key" }).click();
  await page.getByText("It had been answered before").waitFor();
  expect(fake.keys).toEqual([key, key]);
  expect(fake.wallet.newestVersion).toBe(newest + 1);
  await expect.poll(() => admin.key()).not.toBe(key);
});

test("a form of nested fields and lists becomes the payload", async () => {
  const page = await signedIn("#/admin/entities/lobby/demo");
  await page.getByText("The journal has no lobby with this id.").waitFor();
  await admin.compose("AcceptBet");
  await page.getByLabel("betId").fill("bet-1");
  await page.getByLabel("market").selectOption("exacta");
  await page.getByRole("button", { name: "Add to selection" }).click();
  await page.getByRole("button", { name: "Add to selection" }).click();
  await page.getByLabel("selection 1", { exact: true }).fill("4");
  await page.getByLabel("selection 2", { exact: true }).fill("9");
  await page.getByLabel("stakeMinor").fill("500");
  await page.getByRole("button", { name: "Send AcceptBet" }).click();
  await page.getByText("At most 8.").waitFor();
  await page.getByLabel("selection 2", { exact: true }).fill("2");
  await page.getByRole("checkbox", { name: /raceId/ }).check();
  await page.getByLabel("raceId", { exact: true }).fill("race-1");
  const asked = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("button", { name: "Send AcceptBet" }).click();
  const sent = await asked;
  expect(sent.postDataJSON()).toEqual({
    tag: "AcceptBet",
    payload: {
      betId: "bet-1",
      market: "exacta",
      selection: [4, 2],
      stakeMinor: 500,
      raceId: "race-1",
    },
  });
});

test("a kind is paused after asking, told everywhere, and resumed", async () => {
  const page = await signedIn();
  await page.getByRole("button", { name: "Pause kind wallet" }).click();
  await page.getByRole("dialog", { name: "Pause every wallet?" }).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Pause wallet" }).click();
  await page.locator("[data-kind=wallet][data-paused=true]").waitFor();
  await admin.news("wallet was paused");
  await page.getByRole("link", { name: "wallet" }).click();
  await page.getByText("The kind is paused").waitFor();
  await page.goto(`${fake.url}/#/admin/entities/wallet/p_1`);
  await admin.compose("Deposit");
  await page.getByLabel("amountMinor").fill("5");
  await page.getByLabel("account", { exact: true }).fill("provider:test");
  await page.getByRole("button", { name: "Send Deposit" }).click();
  await page.getByText("Unavailable (paused).").waitFor();
  await page.goto(`${fake.url}/#/admin/cluster`);
  await page.getByRole("button", { name: "Resume kind wallet" }).click();
  await page.locator("[data-kind=wallet][data-paused=false]").waitFor();
});

test("in the table, what can be done is in a menu, and asks first as on the cards", async () => {
  const page = await signedIn();
  await page.getByRole("button", { name: "Table" }).click();
  await page.getByRole("button", { name: "Control p2" }).focus();
  await page.keyboard.press("Enter");
  const resume = page.getByRole("menuitem", { name: /^Resume/ });
  await resume.getByText("It is not paused.").waitFor();
  await expect.poll(() => resume.getAttribute("aria-disabled")).toBe("true");
  await page.getByRole("menuitem", { name: /^Kill/ }).click();
  const dialog = page.getByRole("dialog", { name: "Kill p2?" });
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(fake.actions).toEqual([]);
  await afterClosing(page);
  await page.getByRole("button", { name: "Control p3" }).click();
  await page.getByRole("menuitem", { name: /^Pause/ }).click();
  await admin.state("p3", "silent");
  expect(fake.actions).toEqual(["pause p3"]);
  expect(admin.complaints).toEqual([]);
});

test("from 360 to 1920 pixels nothing scrolls sideways", async () => {
  const page = await signedIn();
  const expectNoOverflow = async (what: string) => {
    for (const width of [360, 390, 768, 1024, 1440, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      await expect.poll(() => admin.overflowPx(), { message: `${what}, ${width}` }).toBe(0);
    }
  };
  fake.silence("p2");
  await admin.state("p2", "silent");
  await expectNoOverflow("cards");
  await page.getByRole("button", { name: "Table" }).click();
  await page.locator("tr[data-process=p2]").waitFor();
  await expectNoOverflow("table");
  await page.goto(`${fake.url}/#/admin/entities/wallet?prefix=p_1`);
  await page.locator(".entities-rows li").first().waitFor();
  await expectNoOverflow("entities");
  await page.goto(`${fake.url}/#/admin/entities/wallet/p_1?version=7`);
  await admin.version(7);
  await admin.compose("Settle");
  await page.getByRole("button", { name: "Add to items" }).click();
  await expectNoOverflow("entity");
  await admin.signOut();
  await page.getByLabel("Password").waitFor();
  await expectNoOverflow("door");
});
