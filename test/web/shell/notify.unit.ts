import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fakeStorage } from "./fakeStorage.ts";

let storage: Storage;

/** The module as a page that was just loaded has it. */
const load = () => {
  vi.resetModules();
  return import("../../../web/src/shell/notify.ts");
};

beforeEach(() => {
  storage = fakeStorage();
  vi.stubGlobal("sessionStorage", storage);
});
afterEach(() => vi.unstubAllGlobals());

test("news stand newest first and are unread until they are read", async () => {
  const { newsStore, notify, readAllNews } = await load();
  notify({ kind: "good", text: "one" });
  notify({ kind: "bad", text: "two" });
  expect(newsStore.get().news.map(({ text, isRead }) => [text, isRead])).toEqual([
    ["two", false],
    ["one", false],
  ]);
  readAllNews();
  expect(newsStore.get().news.every(({ isRead }) => isRead)).toBe(true);
});

test("the same piece of news told again replaces the earlier and is unread again", async () => {
  const { newsStore, notify, readAllNews } = await load();
  notify({ kind: "note", text: "lost", id: "connection" });
  readAllNews();
  notify({ kind: "good", text: "back", id: "connection" });
  expect(newsStore.get().news).toMatchObject([{ text: "back", isRead: false }]);
});

test("who listens is told of each piece from then on", async () => {
  const { notify, onNews } = await load();
  const told: unknown[] = [];
  notify({ kind: "plain", text: "before" });
  const stop = onNews(({ text }) => told.push(text));
  notify({ kind: "plain", text: "while" });
  stop();
  notify({ kind: "plain", text: "after" });
  expect(told).toEqual(["while"]);
});

test("a reload keeps the news; another player in the same browser does not get them", async () => {
  const first = await load();
  first.claimNews("ada");
  first.notify({ kind: "good", text: { key: "shell:news.connected" } });
  const second = await load();
  second.claimNews("ada");
  expect(second.newsStore.get().news).toMatchObject([{ text: { key: "shell:news.connected" } }]);
  const third = await load();
  third.claimNews("bob");
  expect(third.newsStore.get().news).toEqual([]);
  expect((await load()).newsStore.get().news).toEqual([]);
});

test("what cannot be read in the storage is passed over", async () => {
  storage.setItem("croupier.news", "{");
  expect((await load()).newsStore.get().news).toEqual([]);
  storage.setItem(
    "croupier.news",
    JSON.stringify([{ id: "x" }, { id: "y", atMs: 1, isRead: true, kind: "good", text: "kept" }]),
  );
  expect((await load()).newsStore.get().news).toMatchObject([{ text: "kept" }]);
});

test("of very many pieces the oldest go", async () => {
  const { newsStore, notify } = await load();
  for (let piece = 1; piece <= 60; piece += 1) notify({ kind: "plain", text: `${piece}` });
  const { news } = newsStore.get();
  expect(news).toHaveLength(50);
  expect(news[0]?.text).toBe("60");
});
