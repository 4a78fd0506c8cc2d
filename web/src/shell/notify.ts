/**
 * What has happened while the player looked elsewhere. Whoever learns of it calls `notify`; it is shown for a moment
 * (`Toasts`) and kept in the list behind the bell for as long as the seat is (`Bell`). News are data, not words: a text
 * is a key with variables, so that the list changes with the language, and a reload of the page keeps it.
 *
 *     notify({ kind: "good", text: { key: "shell:news.won", vars: { amount: money(2_150) } }, href: paths.bets });
 */
import type { enFirst } from "../i18n/enFirst.ts";
import { isRecord } from "../http/request.ts";
import { createStore } from "../app/Store.ts";

/** Dots down to each text of an area; a plural's forms are one key. */
type KeysOf<Texts> = {
  [Key in keyof Texts & string]: Texts[Key] extends string
    ? Key extends `${infer Word}_${"zero" | "one" | "two" | "few" | "many" | "other"}`
      ? Word
      : Key
    : `${Key}.${KeysOf<Texts[Key]>}`;
}[keyof Texts & string];

/** A text of the console's, `area:key`, of those that are always there: news outlive the page that brought them. */
export type TextKey = {
  [Area in keyof typeof enFirst & string]: `${Area}:${KeysOf<(typeof enFirst)[Area]>}`;
}[keyof typeof enFirst & string];

/** Written as the language of the moment writes it. */
export type Figure = { readonly money: number } | { readonly time: string };

/** Words that are in the page's language already, or a text to be said in whatever language it has then. */
export type Said =
  | string
  | {
      readonly key: TextKey;
      readonly vars?: Readonly<Record<string, string | number | Figure>>;
    };

export interface News {
  /** How it is to be taken; `note` is a warning. */
  readonly kind: "good" | "bad" | "note" | "plain";
  readonly text: Said;
  readonly detail?: Said;
  /** The page that tells more, as `paths` has it. */
  readonly href?: string;
  /** News with the same id are the same: the later replaces the earlier. */
  readonly id?: string;
}

export interface KeptNews extends News {
  readonly id: string;
  /** When it was told, in epoch milliseconds by this device's clock. */
  readonly atMs: number;
  readonly isRead: boolean;
}

interface NewsState {
  /** Newest first. */
  readonly news: readonly KeptNews[];
}

/** More than anyone reads back; older ones go. */
const MAX_NEWS = 50;
const STORAGE_KEY = "croupier.news";
const OWNER_KEY = "croupier.news.of";

let made = 0;
const heard = new Set<(news: KeptNews) => void>();

export const newsStore = createStore<NewsState>({ news: keptNews() });
newsStore.subscribe(keepNews);

/** Minor units, to be written as money. */
export const money = (minor: number): Figure => ({ money: minor });

/** Tells the player. Safe to call from anywhere in the page, also before anything is shown. */
export function notify(news: News): void {
  made += 1;
  const atMs = Date.now();
  const kept: KeptNews = { ...news, id: news.id ?? `${atMs}-${made}`, atMs, isRead: false };
  newsStore.update((state) => ({
    news: [kept, ...state.news.filter(({ id }) => id !== kept.id)].slice(0, MAX_NEWS),
  }));
  for (const listener of heard) listener(kept);
}

/** Calls `listener` with each piece of news from now on. */
export function onNews(listener: (news: KeptNews) => void): () => void {
  heard.add(listener);
  return () => {
    heard.delete(listener);
  };
}

export function readAllNews(): void {
  newsStore.update((state) =>
    state.news.some(({ isRead }) => !isRead)
      ? { news: state.news.map((news) => ({ ...news, isRead: true })) }
      : state,
  );
}

/** To be called when a seat is taken: what another player was told in this browser is forgotten. */
export function claimNews(playerId: string): void {
  if (sessionStorage.getItem(OWNER_KEY) === playerId) return;
  sessionStorage.setItem(OWNER_KEY, playerId);
  forgetNews();
}

/** To be called when the seat is given up: news are the player's own. */
export function forgetNews(): void {
  newsStore.update((state) => (state.news.length === 0 ? state : { news: [] }));
}

function keepNews(): void {
  sessionStorage.setItem(STORAGE_KEY, JSON.stringify(newsStore.get().news));
}

function keptNews(): readonly KeptNews[] {
  const text = sessionStorage.getItem(STORAGE_KEY);
  if (text === null) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isKeptNews) : [];
  } catch {
    return [];
  }
}

function isKeptNews(value: unknown): value is KeptNews {
  return (
    isRecord(value) &&
    typeof value["id"] === "string" &&
    typeof value["atMs"] === "number" &&
    typeof value["isRead"] === "boolean" &&
    ["good", "bad", "note", "plain"].includes(String(value["kind"])) &&
    isSaid(value["text"]) &&
    (value["detail"] === undefined || isSaid(value["detail"])) &&
    (value["href"] === undefined || typeof value["href"] === "string")
  );
}

function isSaid(value: unknown): value is Said {
  return typeof value === "string" || (isRecord(value) && typeof value["key"] === "string");
}
