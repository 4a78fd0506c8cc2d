/** A browser's page with a note of what it complained of; what is handled on it is for those who build on this. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** What the browser says in place of registering a worker that the context does not let in. */
const WORKER_BLOCKED = "Service Worker registration blocked by Playwright";

export class WatchedPage {
  readonly page: Page;
  /** What the browser complained of; a healthy page leaves it empty. */
  readonly complaints: string[] = [];

  protected constructor(page: Page) {
    this.page = page;
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("console", (message) => {
      const isComplaint = message.type() === "error" || message.type() === "warning";
      if (isComplaint && message.text() !== WORKER_BLOCKED) this.complaints.push(message.text());
    });
  }

  /**
   * In a context of its own: desktop sized, with motion and without the console's worker, unless the options say otherwise.
   * A worker begins by fetching the whole console, in each context anew, which takes as long as the page itself.
   */
  protected static async newPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: "no-preference",
      serviceWorkers: "block",
      ...options,
    });
    return context.newPage();
  }

  /** By how many pixels the page is wider than the screen; more than none means sideways scrolling. */
  async overflowPx(): Promise<number> {
    return this.page.evaluate<number>(
      "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)",
    );
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
