/** The console as a player handles it; shared by the tests against the fake and the real server. */
import type { Browser, BrowserContextOptions } from "playwright-core";
import { WatchedPage } from "./WatchedPage.ts";

export type Market = "win" | "place" | "show" | "exacta" | "quinella" | "trifecta";
export type BetStatus = "accepted" | "cancelled" | "won" | "lost" | "refunded";

export interface Balance {
  readonly available: number;
  readonly held: number;
  readonly total: number;
}

export class ConsolePage extends WatchedPage {
  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}) {
    const console = new ConsolePage(await this.newPage(browser, options));
    await console.page.goto(url);
    return console;
  }

  /** Takes a seat, whatever the page's language, and comes to the table. */
  async join(name: string): Promise<void> {
    await this.page.locator("#display-name").fill(name);
    await this.page.locator("#display-name").press("Enter");
    await this.live();
  }

  /** Resolves when the page is connected and shows the lobby and the wallet. */
  async live(): Promise<void> {
    await this.page.locator("[data-connection=online]").waitFor();
    await this.page.locator(".phase").waitFor();
    await this.page.locator("[data-balance=total]", { hasText: /\d/ }).waitFor();
  }

  async phase(phase: "lobby" | "betting" | "racing" | "settling", timeoutMs = 15_000) {
    await this.page.locator(`.phase[data-phase=${phase}]`).waitFor({ timeout: timeoutMs });
  }

  /** Fills the slip and sends it; what comes of it is for the caller to look at. */
  async placeBet(market: Market, runners: readonly number[], stake: string): Promise<void> {
    await this.page.locator(".slip-markets label", { has: this.radio(market) }).click();
    for (const number of runners) {
      const runner = this.page.locator(`[data-runner="${number}"]`);
      if ((await runner.getAttribute("aria-pressed")) !== "true") await runner.click();
    }
    await this.page.locator("#stake").fill(stake);
    await this.page.locator("form#slip > button[type=submit]").click();
  }

  private radio(market: Market) {
    return this.page.locator(`input[name=market][value=${market}]`);
  }

  /** Resolves when a bet in the market shows the status. */
  async bet(market: Market, status: BetStatus): Promise<void> {
    await this.page.locator(`[data-bet=${market}][data-status=${status}]`).first().waitFor();
  }

  /** Resolves when the slip says that the bet is on. */
  async placed(market: Market, runners: readonly number[]): Promise<void> {
    const name = market.charAt(0).toUpperCase() + market.slice(1);
    await this.page
      .locator(".slip [role=status]", { hasText: `${name} ${runners.join(", ")} for` })
      .waitFor();
  }

  async refusal(code: string): Promise<string> {
    const notice = this.page.locator(`[role=alert][data-code=${code}]`);
    await notice.waitFor();
    return notice.innerText();
  }

  /** Minor units, as shown. */
  async balance(): Promise<Balance> {
    const read = async (part: string) => {
      const text = await this.page.locator(`[data-balance=${part}]`).innerText();
      return Number(text.replaceAll(/[,.]/g, ""));
    };
    return {
      available: await read("available"),
      held: await read("held"),
      total: await read("total"),
    };
  }

  /** Resolves when the wallet shows so much held. */
  async held(text: string): Promise<void> {
    await this.page
      .getByText(text, { exact: true })
      .and(this.page.locator("[data-balance=held]"))
      .waitFor();
  }

  async castPower(power: string, target: number): Promise<void> {
    await this.page
      .locator(".powers-targets label", {
        has: this.page.locator(`input[name=target][value="${target}"]`),
      })
      .click();
    await this.page.locator(`[data-power=${power}]`).click();
  }

  /** By how much the result says that the race has changed the balance, minor units. */
  async balanceChange(): Promise<number> {
    const text = await this.page
      .locator("[data-balance-change]")
      .getAttribute("data-balance-change");
    return Number(text);
  }
}
