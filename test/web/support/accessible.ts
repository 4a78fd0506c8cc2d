import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** The success criteria of WCAG 2.2 at levels A and AA that a program can check. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Longer than any change of colours or place takes; what goes on for longer, such as a countdown, is looked at as it is. */
const MAX_TRANSITION_MS = 1000;

/** Resolves when what changes has changed: between two colours the contrast is neither's. */
const SETTLED = `Promise.all(
  document.getAnimations()
    .filter(({ currentTime, effect, playState }) => playState === "running" &&
      effect.getComputedTiming().endTime - currentTime < ${MAX_TRANSITION_MS})
    .map(({ finished }) => finished.catch(() => undefined)),
).then(() => undefined)`;

/** Fails with each violation, where it is and why. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  await page.evaluate(SETTLED);
  const { violations } = await new AxeBuilder({ page })
    // What is in order is not described.
    .options({ resultTypes: ["violations"] })
    .withTags(TAGS)
    // In the page itself, not in a second one made for the results: no frame here is of another origin.
    .setLegacyMode()
    .analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join("\n  ")}`,
  );
  expect(found, where).toEqual([]);
}
