/** Poker in the console, with the real server: hands as they come, one replayed, a player's statistics, an import. */
import { appendFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { HandsBody } from "../../rpc/http/hand.ts";
import type { HandPlayersBody, PlayerStatsBody } from "../../rpc/http/handStats.ts";
import { generateHand, generateHands } from "../../src/hands/generator/HandGenerator.ts";
import type { GeneratedHand } from "../../src/hands/generator/HandGenerator.ts";
import { until } from "../crash/deadline.ts";
import { overflowOfMainPx } from "./charts/overflow.ts";
import { ConsolePage } from "./support/ConsolePage.ts";
import { openHouse } from "./support/House.ts";
import type { House } from "./support/House.ts";
import { expectAccessible } from "./support/accessible.ts";

/** Nobody in the demo's hands is called so. */
const KESTRELS = [
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "7 7 7",
  "a/b?c",
  "nine",
  "ten",
].map((name) => `Kestrel ${name}`);
const RECORDED = 50;
/** What is waited for comes in a moment; on a machine that is busy with other things, in some. */
const PATIENCE_MS = 12_000;
const GAME = {
  games: ["holdem"],
  formats: ["cash"],
  names: KESTRELS,
  startsAt: Date.UTC(2025, 11, 20, 18),
} as const;

/** Hands of another table: the first that goes to a showdown on the river, with everyone's cards known who is still in. */
const showdown = find(({ hand }) => hand.shown.length === 2 && hand.board.length === 5);

function find(isWanted: (generated: GeneratedHand) => boolean): GeneratedHand {
  for (let index = 0; index < 5_000; index += 1) {
    const generated = generateHand(4, index, { ...GAME, startsAt: Date.UTC(2025, 11, 24, 20) });
    if (isWanted(generated)) return generated;
  }
  throw new Error("The generator writes no such hand.");
}

let house: House;
let folder: string;
let shots: string;

const read = async <Body>(path: string): Promise<Body> =>
  (await (await fetch(`${house.url}${path}`)).json()) as Body;

/** As the poker room does: one hand after the other at the end of a file. */
const write = (file: string, text: string) => appendFile(join(folder, file), text);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "croupier-hands-"));
  house = await openHouse({
    bettingSeconds: 600,
    racingSeconds: 5,
    resultsSeconds: 5,
    env: { HANDS_DIR: folder },
  });
  // Kept for who wants to look: SCREENSHOTS names a folder.
  shots = process.env["SCREENSHOTS"] ?? join(house.folder, "screenshots");
  await mkdir(shots, { recursive: true });
  const recorded = [...generateHands(3, RECORDED, GAME)];
  await write(
    "20251220_Colorado 1_real_holdem_no-limit.txt",
    recorded.map(({ text }) => text).join(""),
  );
  await until(
    "the recorded hands' statistics",
    () => read<HandPlayersBody>("/api/v1/stats/players?search=kestrel"),
    ({ players }) =>
      players.reduce((sum, { hands }) => sum + hands, 0) ===
      recorded.reduce((sum, { hand }) => sum + hand.results.length, 0),
  );
});

afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true, force: true });
});

const open = async (at: string, options: BrowserContextOptions = {}) => {
  const console = await ConsolePage.open(house.browser, `${house.url}/#${at}`, {
    locale: "en-US",
    ...options,
  });
  onTestFinished(async () => {
    expect(console.complaints).toEqual([]);
    await console.close();
  });
  console.page.setDefaultTimeout(PATIENCE_MS);
  return console.page;
};

test("a hand is listed the moment it is played, at the door, and replayed by keyboard", async () => {
  const page = await open("/hands");
  await page.locator("[data-live=true]").waitFor();
  await page.locator("[data-hand]").first().waitFor();
  const { hand } = showdown;
  await write("20251224_Colorado 2_real_holdem_no-limit.txt", showdown.text);
  const row = page.locator(`[data-hand="${hand.handId}"][data-new=true]`);
  await row.waitFor();
  await expect
    .poll(() => page.locator("[data-hand]").first().getAttribute("data-hand"))
    .toBe(hand.handId);
  await row.getByRole("link").click();

  const table = page.locator(".poker-table");
  await table.waitFor();
  const at = async () => Number(await table.getAttribute("data-step"));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => at()).toBe(2);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => at()).toBe(1);
  // Street by street: before the flop, the flop.
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => page.locator(".poker-board [data-card]").count()).toBe(3);
  // It follows when one has come to rest: until then it is that of a step before.
  const flop = await at();
  await page.waitForURL((url) => url.hash.endsWith(`step=${flop}`));
  const address = page.url();

  await page.keyboard.press("End");
  await page.locator("[data-control=toEnd][aria-disabled=true]").waitFor();
  const last = await at();
  for (const { net, player } of hand.results) {
    const before = hand.seats.find((seat) => seat.player === player)?.stack ?? 0;
    const stack = table.locator(`[data-player="${player}"] [data-stack]`);
    await expect
      .poll(() => stack.getAttribute("data-stack"), { message: player })
      .toBe(String(before + net));
  }
  await page.keyboard.press("Home");
  await expect.poll(() => at()).toBe(0);
  await page.getByText("0.5×").click();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Pause" }).waitFor();
  await page.locator(".poker-table:not([data-step='0'])").waitFor();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Play" }).waitFor();
  await expect.poll(() => at()).toBeLessThan(last);

  // The equity of the two that were shown, computed here.
  await page.locator("[data-equities=known]").waitFor();
  await page.goto(address);
  await page.reload();
  await page.locator("[data-equities=known]").waitFor();
  await expect.poll(() => page.locator(".poker-board [data-card]").count()).toBe(3);
  const shares = () =>
    table
      .locator("[data-equity]")
      .evaluateAll((all) => all.map((one) => Number(one.getAttribute("data-equity"))));
  await expect.poll(async () => (await shares()).length).toBe(2);
  const sum = async () => (await shares()).reduce((total, share) => total + share, 0);
  await expect.poll(sum).toBeCloseTo(1, 9);
});

test("the list of actions is one stop of the keyboard, and no button loses the focus by what it does", async () => {
  const [first] = [...generateHands(3, 1, GAME)];
  const page = await open(`/hands/${encodeURIComponent(first?.hand.handId ?? "none")}`);
  const table = page.locator(".poker-table");
  await table.waitFor();
  const step = () => table.getAttribute("data-step");
  const focus = (attribute: string) => () =>
    page.evaluate(`document.activeElement?.getAttribute("${attribute}")`);

  await page.locator(".hand-log [tabindex='0']").focus();
  await expect.poll(focus("data-at")).toBe("1");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect.poll(focus("data-at")).toBe("3");
  await expect.poll(focus("aria-current")).toBe("step");
  await expect.poll(step).toBe("3");
  await page.keyboard.press("ArrowUp");
  await expect.poll(step).toBe("2");
  await page.keyboard.press("End");
  const last = await page.locator(".hand-log button").last().getAttribute("data-at");
  await expect.poll(focus("data-at")).toBe(last);
  await expect.poll(step).toBe(last);
  await page.keyboard.press("Home");
  await expect.poll(focus("data-at")).toBe("1");

  // The next stops are the slider, the streets and the buttons; the slider goes by its own arrows.
  await page.keyboard.press("Tab");
  await expect.poll(focus("type")).toBe("range");
  await page.keyboard.press("ArrowRight");
  await expect.poll(step).toBe("2");
  await page.locator("[data-control=streetOn]").focus();
  for (let street = 0; street < 6; street++) await page.keyboard.press("Enter");
  await expect.poll(step).toBe(last);
  await expect.poll(focus("data-control")).toBe("streetOn");
  await expect.poll(focus("aria-disabled")).toBe("true");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Shift+Tab");
  await expect.poll(focus("data-control")).toBe("forward");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await expect.poll(focus("data-control")).toBe("back");
  await page.keyboard.press("Enter");
  await expect.poll(step).toBe(String(Number(last) - 1));
});

test("statistics of a player, and of a position alone, are what the server says", async () => {
  const { players } = await read<HandPlayersBody>("/api/v1/stats/players?search=kestrel");
  const page = await open("/players");
  await page.getByLabel("Find a player").fill("kestrel a/b");
  await page.getByRole("link", { name: "Kestrel a/b?c" }).click();
  await page.getByRole("heading", { level: 1, name: "Kestrel a/b?c" }).waitFor();
  const known = players.find(({ player }) => player === "Kestrel a/b?c");
  await page.locator(`[data-hands="${known?.hands}"]`).waitFor();

  const path = `/api/v1/stats/player/${encodeURIComponent("Kestrel a/b?c")}`;
  const button = await read<PlayerStatsBody>(`${path}?position=BTN`);
  expect(button.hands).toBeGreaterThan(0);
  await page.locator("select[name=position]").selectOption("BTN");
  await page.locator(`[data-hands="${button.hands}"]`).waitFor();
  const { made, opportunities } = button.vpip;
  await expect
    .poll(() => page.locator("[data-rate=vpip] .rate-of").innerText())
    .toBe(`${made} of ${opportunities}`);
  expect(page.url()).toContain("position=BTN");
  await page.locator("[data-currency=EUR] canvas").waitFor();

  await page.getByRole("tab", { name: "Sessions" }).click();
  await page.locator("[data-session]").first().waitFor();
  await page.getByRole("tab", { name: "Tournaments" }).click();
  await page.getByText("No tournament summary has been imported").waitFor();
  await page.getByRole("link", { name: "Show the hands" }).click();
  const { total } = await read<HandsBody>(
    `/api/v1/hands/recent?limit=1&player=${encodeURIComponent("Kestrel a/b?c")}`,
  );
  await page.getByText(`${total} hands of Kestrel a/b?c`).waitFor();
});

test("the server looks for what the list is sifted by, a link says it, and hands that fit come by themselves", async () => {
  // Of a player who is in no other test.
  const ADA = "Kestrel Ada & Sons";
  const file = "20251225_Colorado 3_real_holdem_no-limit.txt";
  const names = [ADA, ...KESTRELS.slice(1)];
  const ours = [...generateHands(12, 120, { ...GAME, names, startsAt: Date.UTC(2025, 11, 25, 9) })];
  const [now, later] = [ours.slice(0, 100), ours.slice(100)];
  const netOf = ({ hand }: GeneratedHand) =>
    hand.results.find(({ player }) => player === ADA)?.net ?? 0;
  const won = (hands: readonly GeneratedHand[]) => hands.filter((one) => netOf(one) > 0);
  const next = won(later)[0];
  if (next === undefined || won(now).length === 0) throw new Error("Ada does not win.");
  await write(file, now.map(({ text }) => text).join(""));
  await until(
    "the hands of Ada",
    () => read<HandPlayersBody>(`/api/v1/stats/players?search=${encodeURIComponent(ADA)}`),
    ({ players }) =>
      players[0]?.hands ===
      now.filter(({ hand }) => hand.results.some(({ player }) => player === ADA)).length,
  );

  const page = await open("/hands");
  await page.locator("[data-live=true]").waitFor();
  await page.getByLabel("Player", { exact: true }).fill(ADA);
  await page.waitForURL(/player=Kestrel\+Ada/);
  await page.getByText("More filters").click();
  await page.getByLabel("Player’s result").selectOption("won");
  await page.waitForURL(/result=won/);
  const link = page.url();
  const shown = page.locator("[data-hand]");
  const last = won(now)[0];
  await page.locator(`[data-hand="${last?.hand.handId}"]`).waitFor();
  await expect.poll(() => shown.count()).toBe(won(now).length);

  // Who is sent the link sees the same, and then what comes.
  const other = await open("/hands");
  await other.goto(link);
  await other.locator(`[data-hand="${last?.hand.handId}"]`).waitFor();
  await expect.poll(() => other.locator("[data-hand]").count()).toBe(won(now).length);
  await expect.poll(() => other.getByLabel("Player’s result").inputValue()).toBe("won");
  await write(file, later.map(({ text }) => text).join(""));
  for (const one of [page, other]) {
    await one.locator(`[data-hand="${next.hand.handId}"][data-new=true]`).waitFor();
    await one.locator(`[data-hand]:nth-child(${won(ours).length})`).waitFor({ state: "attached" });
    await expect.poll(() => one.locator("[data-hand]").count()).toBe(won(ours).length);
  }
  await expectAccessible(other, "hands, all filters");
  await other.screenshot({ path: join(shots, "hands-filtered-desktop-light.png") });

  // What fits nothing says so, and everything is a click away.
  await page.getByLabel("Pot at least").fill("99999999");
  await page.getByText("No hand fits these filters.").waitFor();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await shown.first().waitFor();
  await expect.poll(() => page.getByLabel("Pot at least").inputValue()).toBe("");
  await page.getByRole("button", { name: "Older hands" }).click();
  await page.locator("[data-hand]:nth-child(60)").waitFor();
});

test("files are imported; a hand that cannot be believed is refused with its line, and the rest is stored", async () => {
  const console = await ConsolePage.open(house.browser, `${house.url}/#/hands/import`, {
    locale: "en-US",
  });
  const { page } = console;
  await page.getByText("Take a seat to import").waitFor();
  await page.getByRole("link", { name: "Take a seat" }).first().click();
  await console.join("Ada");
  await page.goto(`${house.url}/#/hands/import`);
  await page.getByText("Drop files or folders here").waitFor();

  const [first, second, third] = [...generateHands(9, 3, GAME)];
  if (first === undefined || second === undefined || third === undefined)
    throw new Error("The generator has written too few hands.");
  const wrong = second.text.replace(/Total pot [^ ]+/, "Total pot 9999€");
  const line = first.text.split("\n").length;
  const picker = page.locator("input[type=file]").first();
  const file = (name: string, text: string) => ({
    name,
    mimeType: "text/plain",
    buffer: Buffer.from(text),
  });
  await picker.setInputFiles([file("good.txt", third.text), file("torn.txt", first.text + wrong)]);
  await page.locator("[data-running=false]").waitFor();
  const figure = (name: string) => page.locator(`[data-figure=${name}]`).getAttribute("data-value");
  await expect.poll(() => figure("imported")).toBe("2");
  await expect.poll(() => figure("refused")).toBe("1");
  const refused = page.locator("[data-refused]");
  const told = Number(await refused.getAttribute("data-refused"));
  expect(told).toBeGreaterThanOrEqual(line);
  await expect
    .poll(() => refused.innerText())
    .toContain(second.hand.handId.replace("winamax:", ""));

  // A file of another kind is not told of as if it had come through well.
  await picker.setInputFiles([file("letter.txt", "Dear Ada,\n\nno hand in here.\n")]);
  await page.locator("[data-file='letter.txt']").getByText("No hands in it").waitFor();

  // A busy server is asked again; one that knows the hands already says so.
  let answers = 0;
  await page.route("**/hands/import", (route) => {
    answers += 1;
    return answers > 1
      ? route.continue()
      : route.fulfill({
          status: 503,
          headers: { "retry-after": "0" },
          contentType: "application/problem+json",
          json: { code: "unavailable", detail: "", status: 503 },
        });
  });
  await picker.setInputFiles([file("again.txt", third.text)]);
  await page.locator("[data-figure=duplicates][data-value='1']").waitFor();
  expect(answers).toBe(2);
  // A seat that has ended ends the import, and says why.
  await page.unrouteAll();
  await page.route("**/hands/import", (route) =>
    route.fulfill({
      status: 401,
      contentType: "application/problem+json",
      json: { code: "unauthorized", detail: "", status: 401 },
    }),
  );
  await picker.setInputFiles([file("late.txt", first.text)]);
  await page.getByText("Your seat has ended").waitFor();
  await page.screenshot({ path: join(shots, "imported-desktop-light.png"), fullPage: true });
  // The two that were made to fail.
  expect(console.complaints).toHaveLength(2);
  await console.close();
});

test(
  "phone and desktop, dark and light, in Spanish: it fits, and nothing stands in anyone's way",
  {
    timeout: 60_000,
  },
  async () => {
    const hand = `/hands/${encodeURIComponent(showdown.hand.handId)}?step=9`;
    const player = `/players/${encodeURIComponent("Kestrel one")}`;
    // Of a long list axe tells no more than of a short one, and takes its time.
    const { players } = await read<HandPlayersBody>("/api/v1/stats/players?limit=100");
    const rarest = players.at(-1);
    const pages = [
      ["hands", `/hands?player=${encodeURIComponent(rarest?.player ?? "")}`, "[data-hand]"],
      ["hand", hand, "[data-equities=known]"],
      ["players", "/players", "[data-player]"],
      ["player", player, "[data-currency=EUR] canvas"],
      ["import", "/hands/import", ".blank"],
    ] as const;
    await Promise.all([
      look("phone", "dark", { viewport: { width: 390, height: 844 }, locale: "es-ES" }),
      look("desktop", "light", { viewport: { width: 1440, height: 900 } }),
    ]);

    async function look(
      screen: string,
      colorScheme: "dark" | "light",
      options: BrowserContextOptions,
    ): Promise<void> {
      const page = await open("/hands", { colorScheme, ...options });
      for (const [name, at, wait] of pages) {
        await page.goto(`${house.url}/#${at}`);
        await page.locator(wait).first().waitFor();
        await expect.poll(() => overflowOfMainPx(page), { message: `${name}, ${screen}` }).toBe(0);
        await expectAccessible(page, `${name}, ${screen}, ${colorScheme}`);
        await page.screenshot({ path: join(shots, `${name}-${screen}-${colorScheme}.png`) });
      }
    }
  },
);
