import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** The success criteria of WCAG 2.2 at levels A and AA that a program can check. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Longer than any change of colours or place takes; what goes on for longer, such as a countdown, is looked at as it is. */
const MAX_TRANSITION_MS = 1000;

/** By then a page is looked at as it is. */
const SETTLE_WITHIN_MS = 10_000;

/**
 * Resolves when what changes has changed, and what has its colour from that: between two colours the contrast is neither's.
 * It looks at each frame and waits for no animation's own end, which does not come while the element is in what is not
 * rendered, such as a closed `<details>`.
 */
const SETTLED = `(async () => {
  const until = performance.now() + ${SETTLE_WITHIN_MS};
  const isChanging = ({ currentTime, effect, playState }) => playState === "running" &&
    effect.target.checkVisibility() && effect.getComputedTiming().endTime - currentTime < ${MAX_TRANSITION_MS};
  while (performance.now() < until && document.getAnimations().some(isChanging))
    await new Promise((painted) => requestAnimationFrame(painted));
})()`;

/** The rules that look at colours; to all others a page is the same by day and by night. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Fails with each violation, where it is and why. `only: "colours"` is for a page that has been looked at in other ones. */
export async function expectAccessible(
  page: Page,
  where: string,
  { only }: { readonly only?: "colours" } = {},
): Promise<void> {
  const options = {
    // What is in order is not described.
    resultTypes: ["violations" as const],
    runOnly:
      only === "colours"
        ? { type: "rule" as const, values: COLOUR_RULES }
        : { type: "tag" as const, values: TAGS },
  };
  const violations =
    (await page.evaluate<readonly Violation[] | null>(
      `${SETTLED}.then(() => window.axe?.run(document, ${JSON.stringify(options)}))
        .then((results) => results?.violations ?? null)`,
    )) ?? (await firstLook(page, options));
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join("\n  ")}`,
  );
  expect(found, where).toEqual([]);
}

/** Brings axe into the document, and leaves it there: half a megabyte, for each look anew, would take longer than looking. */
async function firstLook(
  page: Page,
  options: Parameters<AxeBuilder["options"]>[0],
): Promise<readonly Violation[]> {
  const { violations } = await new AxeBuilder({ page })
    .options(options)
    // In the page itself, not in a second one made for the results: no frame here is of another origin.
    .setLegacyMode()
    .analyze();
  return violations;
}
