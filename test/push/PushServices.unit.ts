/** Which addresses the server posts notices to: whoever subscribes chooses them, so a wrong answer opens the network. */
import { describe, expect, it } from "vitest";
import { isPushService, PushServices } from "../../src/push/PushServices.ts";

describe("the push services of the browsers", () => {
  const services = new PushServices([]);

  it.each([
    "https://fcm.googleapis.com/fcm/send/abc",
    "https://FCM.googleapis.com/fcm/send/abc",
    "https://fcm.googleapis.com:443/fcm/send/abc",
    "https://updates.push.services.mozilla.com/wpush/v2/abc",
    "https://web.push.apple.com/abc",
    "https://wns2-par02p.notify.windows.com/w/?token=abc",
  ])("are %s", (endpoint) => {
    expect(services.allows(endpoint)).toBe(true);
  });

  it.each([
    ["without TLS", "http://fcm.googleapis.com/fcm/send/abc"],
    ["on another port", "https://fcm.googleapis.com:8443/fcm/send/abc"],
    ["an address inside", "https://127.0.0.1/admin"],
    ["an address inside, in another notation", "https://0x7f000001/admin"],
    ["the cloud's metadata", "http://169.254.169.254/latest/meta-data"],
    ["the local host", "https://localhost/admin"],
    ["one that only ends like one", "https://evilfcm.googleapis.com/x"],
    ["one that only ends like one, below a star", "https://evilpush.apple.com/x"],
    ["the domain that a star stands for hosts of", "https://push.apple.com/x"],
    ["one that only begins like one", "https://fcm.googleapis.com.evil.example/x"],
    ["one before an @", "https://fcm.googleapis.com@evil.example/x"],
    ["with a name and a password", "https://user:pass@fcm.googleapis.com/x"],
    ["another protocol", "ftp://fcm.googleapis.com/x"],
    ["no address", "fcm.googleapis.com"],
  ])("are not: %s", (_, endpoint) => {
    expect(services.allows(endpoint)).toBe(false);
  });
});

describe("PUSH_SERVICES", () => {
  it("names hosts, hosts below a domain, and origins, in the place of the browsers' own", () => {
    const services = new PushServices(["push.example.org", "http://127.0.0.1:9000"]);
    expect(services.allows("https://push.example.org/x")).toBe(true);
    expect(services.allows("http://127.0.0.1:9000/x")).toBe(true);
    expect(services.allows("http://127.0.0.1:9001/x")).toBe(false);
    expect(services.allows("https://127.0.0.1:9000/x")).toBe(false);
    expect(services.allows("https://fcm.googleapis.com/x")).toBe(false);
  });

  it.each([
    ["push.example.org", true],
    ["*.push.apple.com", true],
    ["http://127.0.0.1:9000", true],
    ["*", false],
    ["*.com*", false],
    ["com", false],
    ["https://push.example.org/path", false],
    ["push.example.org:8443", false],
  ])("takes %s: %s", (entry, taken) => {
    expect(isPushService(entry)).toBe(taken);
  });
});
