/** The administrator's pages as an administrator handles them. */
import type { Browser, BrowserContextOptions, Locator } from "playwright-core";
import { WatchedPage } from "./WatchedPage.ts";

/** Shorter than a test's own, so that a failure says which step it was. */
const STEP_TIMEOUT_MS = 15_000;

export class AdminPage extends WatchedPage {
  /** At `url`, such as that of `/admin` or `/#/admin/entities`. */
  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}) {
    const admin = new AdminPage(await this.newPage(browser, options));
    admin.page.context().setDefaultTimeout(STEP_TIMEOUT_MS);
    await admin.page.goto(url);
    return admin;
  }

  async signIn(password = "admin", username = "admin"): Promise<void> {
    await this.page.getByLabel("User name").fill(username);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }

  async signOut(): Promise<void> {
    await this.page.locator(".account-button").click();
    await this.page.getByRole("menuitem", { name: "Sign out" }).click();
  }

  /** Resolves when the page follows the cluster. */
  async live(): Promise<void> {
    await this.page.locator("[data-liveness=live]").waitFor();
  }

  process(name: string): Locator {
    return this.page.locator(`[data-process="${name}"]`);
  }

  /** Resolves when the process's card shows the state. */
  async state(name: string, state: "up" | "silent" | "draining" | "gone"): Promise<void> {
    await this.page.locator(`[data-process="${name}"][data-state=${state}]`).waitFor();
  }

  /** Resolves when it stands among what happened. */
  async news(text: string): Promise<void> {
    await this.page.locator(".cluster-news li", { hasText: text }).first().waitFor();
  }

  /** The whole cluster's figure of that name. */
  async total(name: string): Promise<number> {
    const text = await this.page.locator(`[data-total="${name}"] strong`).innerText();
    return Number(text.replaceAll(",", ""));
  }

  /** Resolves when the state of the version is shown. */
  async version(version: number): Promise<void> {
    await this.page.locator(`.scrubber[data-version="${version}"]`).waitFor();
  }

  /** The value at a path of the state's tree, such as `/lockedMinor`, as it is written there. */
  async value(path: string): Promise<string> {
    return this.page.locator(`.state [data-path="${path}"] > .tree-line [data-type]`).innerText();
  }

  async change(path: string): Promise<string | null> {
    return this.page.locator(`.state [data-path="${path}"]`).getAttribute("data-change");
  }

  /** Opens the form and chooses the message. */
  async compose(tag: string): Promise<void> {
    const panel = this.page.locator("details.command");
    if ((await panel.getAttribute("open")) === null) await panel.locator("summary").click();
    await this.page.getByLabel("Message", { exact: true }).selectOption(tag);
  }

  async key(): Promise<string | null> {
    return this.page.locator("[data-key]").first().getAttribute("data-key");
  }

  /** Opens an address of the administrator's, such as `#/admin/lobbies`, and waits for its heading. */
  async go(hash: string, heading: string): Promise<void> {
    await this.page.goto(`${new URL(this.page.url()).origin}/${hash}`);
    await this.page.getByRole("heading", { level: 1, name: heading }).waitFor();
  }

  lobby(lobbyId: string): Locator {
    return this.page.locator(`[data-lobby="${lobbyId}"]`);
  }

  /** What a wallet shows, as it is written there. */
  async balance(part: "available" | "held" | "total", text: string): Promise<void> {
    await this.page.locator(`[data-balance=${part}]`, { hasText: text }).waitFor();
  }

  /** Opens the question, gives the reason and says yes. */
  async setFrozen(act: "Freeze" | "Unfreeze", reason: string): Promise<void> {
    await this.page.getByRole("button", { name: act, exact: true }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByLabel("Reason").fill(reason);
    await dialog.getByRole("button", { name: act, exact: true }).click();
    await dialog.waitFor({ state: "detached" });
  }

  async fillAdjustment(amount: string, reason: string): Promise<void> {
    await this.page.getByLabel("Amount, with its sign").fill(amount);
    await this.page.getByLabel("Reason").fill(reason);
  }

  /** The rows of acts that say so, newest first. */
  acts(act: string, outcome: "done" | "refused" | "unknown"): Locator {
    return this.page.locator(`[data-act="${act}"][data-outcome=${outcome}]`);
  }
}
