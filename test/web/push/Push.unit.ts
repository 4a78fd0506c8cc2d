import { beforeEach, expect, test, vi } from "vitest";
import {
  bytesOf,
  endPush,
  lookAtPush,
  pushState,
  switchPushOff,
  switchPushOn,
} from "../../../web/src/push/Push.ts";
import type { PushBrowser } from "../../../web/src/push/Push.ts";

const KEY = "BAEC_-8";
const ENDPOINT = "https://push.example/1";

class FakeBrowser implements PushBrowser {
  state: NotificationPermission = "default";
  answers: NotificationPermission = "granted";
  subscription: { readonly key: Uint8Array; readonly endpoint: string } | null = null;
  isReachable = true;
  hasWorker = true;

  readonly permission = () => this.state;
  readonly requestPermission = () => {
    this.state = this.answers;
    return Promise.resolve(this.answers);
  };
  readonly manager = () =>
    Promise.resolve(
      this.hasWorker
        ? ({
            getSubscription: () => Promise.resolve(this.#shown()),
            subscribe: ({ applicationServerKey: key }: { applicationServerKey: Uint8Array }) => {
              if (!this.isReachable) return Promise.reject(new Error("no push service"));
              this.subscription = { key, endpoint: ENDPOINT };
              return Promise.resolve(this.#shown());
            },
          } as unknown as PushManager)
        : null,
    );

  #shown() {
    const known = this.subscription;
    if (known === null) return null;
    return {
      endpoint: known.endpoint,
      options: { applicationServerKey: known.key.slice().buffer },
      toJSON: () => ({ endpoint: known.endpoint, keys: { auth: "a", p256dh: "p" } }),
      unsubscribe: () => {
        this.subscription = null;
        return Promise.resolve(true);
      },
    };
  }
}

const croupier = (isWell = true) => {
  const post = vi.fn<() => Promise<object>>(() => Promise.resolve({ ok: isWell, body: {} }));
  const get = () => Promise.resolve({ ok: true, body: { public_key: KEY } });
  return { post, get } as unknown as Parameters<typeof switchPushOn>[0] & {
    readonly post: typeof post;
  };
};

let browser: FakeBrowser;
beforeEach(() => {
  browser = new FakeBrowser();
});

test("switched on, the browser is asked, then the server told; switched off, both forget", async () => {
  const house = croupier();
  await lookAtPush(house, "es", browser);
  expect(pushState.get()).toBe("off");
  await switchPushOn(house, "es", browser);
  expect(pushState.get()).toBe("on");
  expect(browser.subscription?.key).toEqual(bytesOf(KEY));
  expect(house.post).toHaveBeenLastCalledWith("/api/v1/push/subscriptions", {
    body: { endpoint: ENDPOINT, keys: { auth: "a", p256dh: "p" }, language: "es" },
  });
  await switchPushOff(house, browser);
  expect(pushState.get()).toBe("off");
  expect(browser.subscription).toBeNull();
  expect(house.post).toHaveBeenLastCalledWith("/api/v1/push/unsubscribe", {
    body: { endpoint: ENDPOINT },
  });
});

test("who says no is not asked again by us, and is told where to change it", async () => {
  browser.answers = "denied";
  await switchPushOn(croupier(), "en", browser);
  expect(pushState.get()).toBe("blocked");
  await lookAtPush(croupier(), "en", browser);
  expect(pushState.get()).toBe("blocked");
});

test("who closes the question has decided nothing", async () => {
  browser.answers = "default";
  await switchPushOn(croupier(), "en", browser);
  expect(pushState.get()).toBe("off");
});

test("what the server does not take, the browser does not keep", async () => {
  await switchPushOn(croupier(false), "en", browser);
  expect(pushState.get()).toBe("failed");
  expect(browser.subscription).toBeNull();
});

test("a push service out of reach, and a worker that does not come, are failures", async () => {
  browser.isReachable = false;
  await switchPushOn(croupier(), "en", browser);
  expect(pushState.get()).toBe("failed");
  browser.hasWorker = false;
  await switchPushOn(croupier(), "en", browser);
  expect(pushState.get()).toBe("failed");
});

test("a subscription made for another server's key is made anew", async () => {
  browser.subscription = { key: bytesOf("AAAA"), endpoint: "https://push.example/old" };
  await switchPushOn(croupier(), "en", browser);
  expect(browser.subscription).toEqual({ key: bytesOf(KEY), endpoint: ENDPOINT });
});

test("one that is there is told to the server again, for whoever plays now", async () => {
  browser.state = "granted";
  browser.subscription = { key: bytesOf(KEY), endpoint: ENDPOINT };
  const house = croupier();
  await lookAtPush(house, "en", browser);
  expect(pushState.get()).toBe("on");
  expect(house.post).toHaveBeenCalledTimes(1);
});

test("with the seat given up, nothing comes to this browser any more", async () => {
  await switchPushOn(croupier(), "en", browser);
  expect(await endPush(browser)).toBe(ENDPOINT);
  expect(browser.subscription).toBeNull();
});

test("without push there is nothing to switch", async () => {
  await lookAtPush(croupier(), "en", null);
  expect(pushState.get()).toBe("unsupported");
});
