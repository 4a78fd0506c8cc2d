/**
 * Notices to this browser, its page closed or not: a minute before a reservation runs out, when a raffle with tickets of the
 * player is drawn, and when one wins. They are asked for by the player and by nobody else, and go with the seat.
 */
import type { Croupier } from "../../../sdk/src/index.ts";
import { createStore } from "../app/Store.ts";

export type PushState =
  /** Not looked at yet. */
  | "unknown"
  /** This browser has no push, or not here. */
  | "unsupported"
  /** The player has told the browser not to let this site send notices. */
  | "blocked"
  | "off"
  | "on"
  | "working"
  /** It was tried and did not work. */
  | "failed";

const store = createStore<{ readonly push: PushState }>({ push: "unknown" });
export const pushState = { get: () => store.get().push, subscribe: store.subscribe };
const become = (push: PushState): void =>
  store.update((state) => (state.push === push ? state : { push }));

/** What of the browser is needed; another one in tests. */
export interface PushBrowser {
  readonly permission: () => NotificationPermission;
  readonly requestPermission: () => Promise<NotificationPermission>;
  /** The service worker's; null when it does not come. */
  readonly manager: () => Promise<PushManager | null>;
}

/** A worker that has not come by then will not come. */
const WORKER_TIMEOUT_MS = 10_000;

/** Null where there is no push. A development server has no service worker. */
export function pushBrowser(): PushBrowser | null {
  const isHere =
    "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!import.meta.env.PROD || !isHere) return null;
  return {
    permission: () => Notification.permission,
    requestPermission: () => Notification.requestPermission(),
    manager: () =>
      Promise.race([
        navigator.serviceWorker.ready.then(({ pushManager }) => pushManager),
        new Promise<null>((resolve) => {
          setTimeout(() => resolve(null), WORKER_TIMEOUT_MS);
        }),
      ]),
  };
}

/** Looks how it stands; a subscription that is there is told to the server again, for it may be another player now. */
export async function lookAtPush(
  croupier: Pick<Croupier, "post">,
  language: string,
  browser: PushBrowser | null = pushBrowser(),
): Promise<void> {
  if (browser === null) return become("unsupported");
  if (store.get().push === "working") return;
  if (browser.permission() === "denied") return become("blocked");
  if (browser.permission() === "default") return become("off");
  const subscription = (await (await browser.manager())?.getSubscription()) ?? null;
  if (subscription === null) return become("off");
  become((await tell(croupier, subscription, language)) ? "on" : "failed");
}

/** Asks the browser, and then the server, for notices. To be called by a press of the player's: browsers insist on it. */
export async function switchPushOn(
  croupier: Pick<Croupier, "get" | "post">,
  language: string,
  browser: PushBrowser | null = pushBrowser(),
): Promise<void> {
  if (browser === null) return become("unsupported");
  become("working");
  try {
    const permission = await browser.requestPermission();
    if (permission !== "granted") return become(permission === "denied" ? "blocked" : "off");
    const [manager, key] = await Promise.all([browser.manager(), croupier.get("/api/v1/push/key")]);
    if (manager === null || !key.ok) return become("failed");
    const subscription = await subscribe(manager, key.body.public_key);
    if (await tell(croupier, subscription, language)) return become("on");
    await subscription.unsubscribe();
    become("failed");
  } catch {
    // A browser whose push service is out of reach, or switched off, says so by throwing.
    become("failed");
  }
}

export async function switchPushOff(
  croupier: Pick<Croupier, "post">,
  browser: PushBrowser | null = pushBrowser(),
): Promise<void> {
  const endpoint = await endPush(browser);
  // Without an answer the push service itself tells the server that the address is gone.
  if (endpoint !== null) await croupier.post("/api/v1/push/unsubscribe", { body: { endpoint } });
}

/** When the seat is given up: the next who plays here is not told what was another's. Gives the address that was in use. */
export async function endPush(browser: PushBrowser | null = pushBrowser()): Promise<string | null> {
  if (browser === null || browser.permission() !== "granted") return null;
  become("off");
  const subscription = await (await browser.manager())?.getSubscription();
  if (subscription === undefined || subscription === null) return null;
  await subscription.unsubscribe();
  return subscription.endpoint;
}

/** The subscription that there is, unless it was made for another server's key. */
async function subscribe(manager: PushManager, key: string): Promise<PushSubscription> {
  const wanted = bytesOf(key);
  const known = await manager.getSubscription();
  if (known !== null) {
    if (isSame(known.options.applicationServerKey, wanted)) return known;
    await known.unsubscribe();
  }
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted });
}

async function tell(
  croupier: Pick<Croupier, "post">,
  subscription: PushSubscription,
  language: string,
): Promise<boolean> {
  const { endpoint, keys } = subscription.toJSON();
  const { auth, p256dh } = keys ?? {};
  if (endpoint === undefined || auth === undefined || p256dh === undefined) return false;
  const answer = await croupier.post("/api/v1/push/subscriptions", {
    body: { endpoint, keys: { auth, p256dh }, language: language === "es" ? "es" : "en" },
  });
  return answer.ok;
}

/** Of text in base64url. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function isSame(known: ArrayBuffer | null, wanted: Uint8Array): boolean {
  if (known === null || known.byteLength !== wanted.byteLength) return false;
  const bytes = new Uint8Array(known);
  return wanted.every((byte, index) => byte === bytes[index]);
}
