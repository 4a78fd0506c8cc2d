import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeClientKey } from "../../src/gateway/TrustedProxies.ts";
import { parseAddress } from "../../src/ops/Network.ts";

const bytes = (text: string): ArrayBuffer => {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`${text} is no address`);
  return Uint8Array.from(address).buffer;
};

/** The key of a client whose request comes from `peer` with these header lines. */
const keyOf = (proxies: ReadonlyArray<string>, peer: string, ...lines: ReadonlyArray<string>) =>
  makeClientKey(proxies)(
    { getRemoteAddress: () => bytes(peer) },
    {
      forEach: (each) => {
        each("host", "example.com");
        each("forwarded", "for=6.6.6.6");
        for (const line of lines) each("x-forwarded-for", line);
      },
    },
  );
const direct = (client: string) => keyOf([], client);

const PROXIES = ["10.0.0.0/8", "2001:db8:ffff::/48"];

describe("without a proxy of ours in front", () => {
  test("the peer counts, whatever its headers say", () => {
    expect(keyOf([], "10.0.0.1", "203.0.113.7")).toBe(direct("10.0.0.1"));
    expect(keyOf(PROXIES, "203.0.113.7", "198.51.100.1")).toBe(direct("203.0.113.7"));
    expect(keyOf(PROXIES, "203.0.113.7", "10.0.0.9")).toBe(direct("203.0.113.7"));
  });
});

describe("behind a proxy of ours", () => {
  test.each([
    ["the address that it names", "10.0.0.1", ["203.0.113.7"], "203.0.113.7"],
    ["it as IPv6", "2001:db8:ffff::1", ["203.0.113.7"], "203.0.113.7"],
    ["it over a mapped connection", "::ffff:10.0.0.1", ["203.0.113.7"], "203.0.113.7"],
    ["a mapped client", "10.0.0.1", ["::ffff:203.0.113.7"], "203.0.113.7"],
    ["with its port", "10.0.0.1", ["203.0.113.7:4711"], "203.0.113.7"],
    ["IPv6 in brackets", "10.0.0.1", ["[2001:db8::7]:4711"], "2001:db8::7"],
    ["by its /64", "10.0.0.1", ["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::9"],
    ["through two of ours", "10.0.0.1", ["203.0.113.7, 10.9.9.9"], "203.0.113.7"],
    ["no spoofed entry to the left", "10.0.0.1", ["6.6.6.6, 203.0.113.7"], "203.0.113.7"],
    ["no spoofed proxy of ours further left", "10.0.0.1", ["10.6.6.6, 203.0.113.7"], "203.0.113.7"],
    [
      "no spoofed line before the proxy's own",
      "10.0.0.1",
      ["6.6.6.6", "203.0.113.7"],
      "203.0.113.7",
    ],
    ["the proxy without the header", "10.0.0.1", [], "10.0.0.1"],
    ["the proxy when it is empty", "10.0.0.1", [""], "10.0.0.1"],
    ["the proxy when it is unreadable", "10.0.0.1", ["6.6.6.6, unknown"], "10.0.0.1"],
    [
      "the last of ours before what is unreadable",
      "10.0.0.1",
      ["6.6.6.6, ?, 10.2.2.2"],
      "10.2.2.2",
    ],
    ["the furthest when all are ours", "10.0.0.1", ["10.3.3.3, 10.2.2.2"], "10.3.3.3"],
    ["the proxy after a trailing comma", "10.0.0.1", ["6.6.6.6,"], "10.0.0.1"],
  ] as const)("counts %s", (_, peer, lines, client) => {
    expect(keyOf(PROXIES, peer, ...lines)).toBe(direct(client));
  });

  test("what a client writes itself never changes what it counts as", () => {
    const entry = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string(), fc.constant("10.1.1.1"));
    fc.assert(
      fc.property(fc.array(entry), fc.ipV4(), (spoofed, client) => {
        fc.pre(!client.startsWith("10."));
        expect(keyOf(PROXIES, "10.0.0.1", [...spoofed, client].join(", "))).toBe(direct(client));
        expect(keyOf(PROXIES, "10.0.0.1", ...spoofed, client)).toBe(direct(client));
      }),
    );
  });

  test("a header that is very long, or has very many lines, changes nothing", () => {
    const spoofed = "10.6.6.6, ".repeat(50_000);
    expect(keyOf(PROXIES, "10.0.0.1", `${spoofed}203.0.113.7, 10.9.9.9`)).toBe(
      direct("203.0.113.7"),
    );
    const lines = Array.from({ length: 5_000 }, () => "6.6.6.6");
    expect(keyOf(PROXIES, "10.0.0.1", ...lines, "203.0.113.7")).toBe(direct("203.0.113.7"));
    expect(keyOf(PROXIES, "10.0.0.1", " ".repeat(100_000), "203.0.113.7")).toBe(
      direct("203.0.113.7"),
    );
  });

  test("a chain of proxies without end is followed for so long and no longer", () => {
    const chain = Array.from({ length: 1000 }, (_, index) => `10.1.${index >> 8}.${index & 255}`);
    expect(keyOf(PROXIES, "10.0.0.1", `203.0.113.7, ${chain.join(", ")}`)).toBe(
      direct(chain.at(-16) ?? ""),
    );
  });
});

test("every network holds what begins with its prefix, and nothing else", () => {
  const ipv4 = fc.integer({ min: 0, max: 0xffff_ffff });
  const text = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
  fc.assert(
    fc.property(ipv4, fc.integer({ min: 0, max: 32 }), ipv4, (network, prefix, near) => {
      // As often inside as outside: the first bits of the network with other bits behind.
      const mask = prefix === 0 ? 0 : (0xffff_ffff << (32 - prefix)) >>> 0;
      for (const peer of [near, ((network & mask) | (near & ~mask)) >>> 0]) {
        const isOurs = ((peer ^ network) & mask) === 0;
        expect(keyOf([`${text(network)}/${prefix}`], text(peer), "garbage, 198.51.100.77")).toBe(
          direct(isOurs ? "198.51.100.77" : text(peer)),
        );
      }
    }),
  );
});
