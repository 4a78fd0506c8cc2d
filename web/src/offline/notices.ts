/**
 * Notices: what a server pushes to this browser for who is not looking. The worker shows them; a click leads to the page
 * that they speak of, in a tab that is open already if there is one.
 */
import { hasTexts, isRecord } from "../http/request.ts";

export interface Notice {
  readonly title: string;
  readonly body: string;
  /** A page of this console. */
  readonly url: string;
  /** A later notice with the same tag takes the place of an earlier one. */
  readonly tag: string;
}

/** The parts of a service worker's `Clients` and `WindowClient` that are used here. */
export interface Tab {
  readonly url: string;
  readonly focus: () => Promise<unknown>;
  readonly navigate: (url: string) => Promise<unknown>;
}
export interface Tabs {
  readonly matchAll: (which: {
    readonly type: "window";
    readonly includeUncontrolled: true;
  }) => Promise<readonly Tab[]>;
  readonly openWindow: (url: string) => Promise<unknown>;
}

/** For a push that this worker does not understand: browsers insist that something is shown. */
const UNKNOWN: Omit<Notice, "url"> = { title: "Croupier", body: "", tag: "croupier" };

/** What a push says; `origin` is this server's, which a notice does not lead away from. */
export function noticeOf(text: string | undefined, origin: string): Notice {
  const home = `${origin}/`;
  const notice = parsed(text);
  if (notice === undefined) return { ...UNKNOWN, url: home };
  const url = URL.canParse(notice.url, home) ? new URL(notice.url, home) : new URL(home);
  return { ...notice, url: url.origin === origin ? url.href : home };
}

/** Brings the player to the page at `url`. */
export async function goTo(tabs: Tabs, url: string): Promise<void> {
  const open = await tabs.matchAll({ type: "window", includeUncontrolled: true });
  const there = open.find((tab) => tab.url === url);
  if (there !== undefined) return void (await there.focus());
  const [any] = open;
  if (any === undefined) return void (await tabs.openWindow(url));
  try {
    await any.focus();
    await any.navigate(url);
  } catch {
    // A tab that this worker does not control, of an older version perhaps, cannot be led anywhere.
    await tabs.openWindow(url);
  }
}

function parsed(text: string | undefined): Notice | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return isNotice(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isNotice(value: unknown): value is Notice {
  return isRecord(value) && hasTexts(value, ["title", "body", "url", "tag"]);
}
