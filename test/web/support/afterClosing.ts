import type { Page } from "playwright-core";

/**
 * Resolves two frames later. What closes leaves the top layer and gives the focus back with the next frame: a key or a
 * click that comes before goes with it.
 */
export async function afterClosing(page: Page): Promise<void> {
  await page.evaluate(
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))",
  );
}
