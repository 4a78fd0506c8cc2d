import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** The success criteria of WCAG 2.2 at levels A and AA that a program can check. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Fails with each violation, where it is and why. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
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
