import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { launchBrowser } from "./support/Browser.ts";
import { buildConsole } from "./support/buildConsole.ts";
import { startFakeAdmin } from "./support/FakeAdmin.ts";
const root = await mkdtemp(join(tmpdir(), "croupier-shots-"));
await buildConsole(root);
const only = process.argv[2] ?? "";
const browser = await launchBrowser();
const fake = await startFakeAdmin({ root, port: 18_310 });
const views = [
  ["desk-light", 1440, 900, "light"],
  ["desk-dark", 1440, 900, "dark"],
  ["phone-light", 390, 844, "light"],
  ["phone-dark", 390, 844, "dark"],
  ["wide-light", 1920, 1080, "light"],
] as const;
for (const [name, width, height, colorScheme] of views) {
  if (only !== "" && !name.includes(only)) continue;
  const ctx = await browser.newContext({ viewport: { width, height }, colorScheme });
  const page = await ctx.newPage();
  page.on("pageerror", (e) => console.log(name, "ERR", e.message));
  page.on("console", (m) => {
    if (m.type() === "error" || m.type() === "warning") console.log(name, m.text());
  });
  const shot = (what: string, fullPage = true) =>
    page.screenshot({ path: `/tmp/admin-shots/${name}-${what}.png`, fullPage });
  await page.goto(`${fake.url}/admin`);
  await page.getByLabel("Password").waitFor();
  await shot("1-signin");
  await page.getByLabel("Password").fill("admin");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Cluster" }).waitFor();
  await page.waitForTimeout(8000);
  await shot("2-cluster");
  fake.silence("p2");
  fake.join("p4");
  await page.waitForTimeout(4500);
  await shot("3-silent");
  await page.getByRole("button", { name: "Kill p3" }).click();
  await page.waitForTimeout(400);
  await shot("4-confirm", false);
  await page.getByRole("dialog").getByRole("button", { name: "Kill p3" }).click();
  await page.waitForTimeout(2500);
  await shot("5-killed");
  fake.setDeaf(true);
  await page.waitForTimeout(2000);
  await shot("6-lost", false);
  fake.setDeaf(false);
  await page.waitForTimeout(1500);
  fake.end("p2");
  fake.end("p4");
  fake.join("p2");
  fake.join("p3");
  await page.getByRole("link", { name: "Entities" }).click();
  await page.getByRole("link", { name: /^wallet/ }).click();
  await page.getByRole("searchbox").fill("p_1");
  await page.waitForTimeout(800);
  await shot("7-entities");
  await page.locator(".entities-rows a").first().click();
  await page.locator(".scrubber").waitFor();
  await page.waitForTimeout(800);
  await shot("8-entity");
  await page.keyboard.press("ArrowLeft");
  await page.waitForTimeout(500);
  await shot("9-past");
  await page.getByText("Send a command").click();
  await page.getByRole("combobox", { name: "Message" }).selectOption("Settle");
  await page.getByRole("button", { name: "Add to items" }).click();
  await page.getByRole("button", { name: "Send Settle" }).click();
  await page.waitForTimeout(300);
  await shot("10-form");
  await page.getByRole("combobox", { name: "Message" }).selectOption("Deposit");
  await page.getByLabel("amountMinor").fill("2500");
  await page.getByLabel("account").fill("provider:test");
  fake.loseNextAnswer();
  await page.getByRole("button", { name: "Send Deposit" }).click();
  await page.waitForTimeout(500);
  await shot("11-unanswered");
  await page.getByRole("button", { name: /Send again/ }).click();
  await page.waitForTimeout(500);
  await shot("12-answered");
  await ctx.close();
}
await browser.close();
await fake.stop();
await rm(root, { recursive: true, force: true });
process.exit(0);
