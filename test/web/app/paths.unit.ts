import { expect, test } from "vitest";
import { nameIn, paths } from "../../../web/src/app/paths.ts";

test.each(["winamax:7274811-122-1425929414", "7 7 7", "a/b?c#d&e=f", "50%3A", "Größe", "%"])(
  "a name with any mark in it is read back: %s",
  (name) => {
    expect(nameIn(paths.handPlayer(name))).toBe(name);
    expect(nameIn(paths.hand(name))).toBe(name);
  },
);

test("an address that nobody could have made names what stands there", () => {
  expect(nameIn("/players/50%")).toBe("50%");
  expect(nameIn("/players")).toBe("");
});
