import { expect, test } from "vitest";
import { goTo, noticeOf } from "../../../web/src/offline/notices.ts";
import type { Tab, Tabs } from "../../../web/src/offline/notices.ts";

const ORIGIN = "https://play.example";
const TOLD = { title: "Drawn", body: "A bicycle", url: "/#/raffles/r/draw", tag: "draw:r" };

test("a notice is what the server said, leading to a page of this server", () => {
  expect(noticeOf(JSON.stringify(TOLD), ORIGIN)).toEqual({
    ...TOLD,
    url: `${ORIGIN}/#/raffles/r/draw`,
  });
  for (const url of [
    "https://elsewhere.example/",
    "//elsewhere.example",
    "javascript:alert(1)",
    "http://",
  ])
    expect(noticeOf(JSON.stringify({ ...TOLD, url }), ORIGIN).url, url).toBe(`${ORIGIN}/`);
});

test("a push that is not understood shows something all the same", () => {
  for (const text of [undefined, "", "{", "[]", '{"title":1}'])
    expect(noticeOf(text, ORIGIN)).toEqual({
      title: "Croupier",
      body: "",
      tag: "croupier",
      url: `${ORIGIN}/`,
    });
});

/** Tabs that note what is done with them. */
const tabsAt = (...urls: readonly string[]) => {
  const done: string[] = [];
  const tab = (url: string): Tab => ({
    url,
    focus: async () => void done.push(`focus ${url}`),
    navigate: async (to) => {
      if (url === "old") throw new TypeError("This worker is not the client's.");
      done.push(`lead ${url} to ${to}`);
    },
  });
  const tabs: Tabs = {
    matchAll: async () => urls.map(tab),
    openWindow: async (url) => void done.push(`open ${url}`),
  };
  return { tabs, done };
};

test.each([
  ["the tab that is there already is shown", ["a", "b"], ["focus b"]],
  ["else a tab that is open is led there", ["a", "c"], ["focus a", "lead a to b"]],
  ["else one is opened", [], ["open b"]],
  ["so it is when the open one cannot be led", ["old"], ["focus old", "open b"]],
])("a click: %s", async (_, urls, expected) => {
  const { done, tabs } = tabsAt(...urls);
  await goTo(tabs, "b");
  expect(done).toEqual(expected);
});
