import { describe, expect, it } from "vitest";
import { languageOf } from "../../src/sandbox-card/cardPageText.ts";

describe("the card page's language", () => {
  it.each([
    ["", "en"],
    ["*", "en"],
    ["es", "es"],
    ["es-MX,es;q=0.9,en;q=0.8", "es"],
    ["en-GB,es;q=0.9", "en"],
    ["fr,de;q=0.9,es;q=0.2", "es"],
    ["es;q=0.3, en;q=0.7", "en"],
    ["es;q=0", "en"],
    ["fr", "en"],
    ["es;q=nonsense", "en"],
  ])("for %j is %s", (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
