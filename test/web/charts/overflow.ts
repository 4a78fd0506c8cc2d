import type { Page } from "playwright-core";

/** By how many pixels the page's own part, apart from the frame around it, is wider than it may be. */
export async function overflowOfMainPx(page: Page): Promise<number> {
  return page.locator("main").evaluate((main) => {
    const beyond = main.getBoundingClientRect().right - window.innerWidth;
    return Math.max(0, main.scrollWidth - main.clientWidth, beyond);
  });
}
