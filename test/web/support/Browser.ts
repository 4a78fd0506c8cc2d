import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";
import type { Browser } from "playwright-core";

/**
 * A headless Chromium that brings its own libraries; close it when done. Not in a single process, as the package has it
 * for the smallest machines, for then it ends with its first page.
 */
export async function launchBrowser(): Promise<Browser> {
  // Without an emulated graphics card, which would take both cores to paint the track.
  chromium.setGraphicsMode = false;
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...chromium.args.filter((arg) => arg !== "--single-process"), "--no-sandbox"],
    headless: true,
  });
}
