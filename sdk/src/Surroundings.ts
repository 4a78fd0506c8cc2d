/** What a browser has and Node has not, used where it is there. */
import type { StorageLike } from "./Keep.ts";

/** The narrow parts of the DOM that are needed, for the sources know no DOM. */
interface StorageEventLike {
  readonly key?: string | null;
}
type Listen = (type: string, listener: (event: StorageEventLike) => void) => void;
interface Page {
  readonly location?: { readonly origin: string };
  readonly localStorage?: StorageLike;
  readonly addEventListener?: Listen;
  readonly removeEventListener?: Listen;
  readonly document?: {
    readonly visibilityState: string;
    readonly addEventListener: Listen;
    readonly removeEventListener: Listen;
  };
}

const page = globalThis as unknown as Page;

/** Of the page's own server; undefined outside a page. */
export function pageOrigin(): string | undefined {
  const origin = page.location?.origin;
  return origin?.startsWith("http") ? origin : undefined;
}

/** The page's storage; null where there is none, or where even to ask for it is forbidden. */
export function pageStorage(): StorageLike | null {
  if (page.document === undefined) return null;
  try {
    return page.localStorage ?? null;
  } catch {
    return null;
  }
}

/** Calls back when another tab has changed the storage; null when it was cleared. */
export function onStorageChange(listener: (key: string | null) => void): () => void {
  const changed = ({ key }: StorageEventLike): void => listener(key ?? null);
  page.addEventListener?.("storage", changed);
  return () => page.removeEventListener?.("storage", changed);
}

/** Calls back when the network came back or the page is shown again. */
export function onWake(listener: () => void): () => void {
  const shown = (): void => {
    if (page.document?.visibilityState === "visible") listener();
  };
  page.addEventListener?.("online", listener);
  page.document?.addEventListener("visibilitychange", shown);
  return () => {
    page.removeEventListener?.("online", listener);
    page.document?.removeEventListener("visibilitychange", shown);
  };
}

/** A random UUID. Browsers keep `randomUUID` from pages that came over plain HTTP from another host. */
export function randomKey(): string {
  const { crypto } = globalThis;
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
