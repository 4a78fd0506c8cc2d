/** A raffle's pages as a player handles them. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { ConsolePage } from "./ConsolePage.ts";
import { seatScript } from "./RaffleDesk.ts";
import type { Buyer } from "./RaffleDesk.ts";

export class RaffleConsole {
  readonly console: ConsolePage;
  readonly page: Page;

  private constructor(console: ConsolePage) {
    this.console = console;
    this.page = console.page;
  }

  /** Opens the console at an address behind the `#`; with a buyer, in the buyer's seat. */
  static async open(
    browser: Browser,
    url: string,
    at: string,
    { buyer, ...options }: BrowserContextOptions & { readonly buyer?: Buyer } = {},
  ): Promise<RaffleConsole> {
    const console = await ConsolePage.open(browser, `${url}/#${at}`, options);
    if (buyer !== undefined) {
      await console.page.evaluate(seatScript(buyer));
      await console.page.reload();
      await console.page.locator("[data-connection=online]").waitFor();
    }
    return new RaffleConsole(console);
  }

  /** Resolves when the numbers are painted. */
  async numbers(): Promise<void> {
    await this.page.locator(".number-grid canvas").first().waitFor();
    await this.page.locator(".raffle-legend").waitFor();
  }

  /** Looks for a number; where it is painted. */
  async find(number: number): Promise<{ readonly x: number; readonly y: number }> {
    await this.page.locator(".raffle-find input").fill(String(number));
    await this.page.locator(".raffle-find input").press("Enter");
    const ring = this.page.locator(".grid-found");
    await ring.waitFor();
    const box = await ring.boundingBox();
    if (box === null) throw new Error(`${number} is not in sight.`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  async tap(number: number): Promise<void> {
    const { x, y } = await this.find(number);
    await this.page.mouse.click(x, y);
  }

  /** Draws the pressed pointer from one number to another; both must be in sight at once. */
  async sweep(from: number, to: number): Promise<void> {
    const start = await this.find(from);
    const end = await this.find(to);
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move(end.x, end.y, { steps: 4 });
    await this.page.mouse.up();
  }

  /** The bar at the stage: `picking`, `reserving`, `selection` or `checkout`. */
  bar(stage: string) {
    return this.page.locator(`[data-bar=${stage}]`);
  }

  /** The numbers in the bar, ascending. */
  async chosen(): Promise<readonly number[]> {
    const numbers = await this.page
      .locator(".checkout-bar [data-number]")
      .evaluateAll((chips) => chips.map((chip) => chip.getAttribute("data-number")));
    return numbers.map(Number);
  }

  async reserve(): Promise<void> {
    await this.page.locator("[data-act=reserve]").click();
  }

  /** How many numbers look so, by the legend: `free`, `reserved`, `sold`, … as the page's language has it. */
  async counted(look: string, count: string): Promise<void> {
    await this.page
      .locator(".raffle-legend li", { hasText: new RegExp(`^${look}\\s*${count}$`) })
      .waitFor();
  }

  async close(): Promise<void> {
    await this.console.close();
  }
}
