import { BlockList } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contains, parseAddress, parseNetwork } from "../../src/ops/Network.ts";

const bytesOf = (text: string) => parseAddress(text)?.join(" ");

describe("an address", () => {
  test.each([
    ["::", "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0"],
    ["2001:DB8::1", "32 1 13 184 0 0 0 0 0 0 0 0 0 0 0 1"],
    ["::ffff:192.0.2.1", "192 0 2 1"],
    ["::ffff:c000:201", "192 0 2 1"],
    ["64:ff9b::192.0.2.1", "0 100 255 155 0 0 0 0 0 0 0 0 192 0 2 1"],
    ["", undefined],
    ["unknown", undefined],
    ["_hidden", undefined],
    ["1.2.3", undefined],
    ["1.2.3.4.5", undefined],
    ["256.1.1.1", undefined],
    ["01.2.3.4", undefined],
    ["1::2::3", undefined],
    ["fe80::1%eth0", undefined],
    ["[::1]", undefined],
    ["1.2.3.4\u0000", undefined],
  ])("%j is %j", (text, bytes) => {
    expect(bytesOf(text)).toBe(bytes);
  });
});

describe("a network", () => {
  test.each([
    ["10.0.0.0/8", 8],
    ["10.1.2.3", 32],
    ["0.0.0.0/0", 0],
    ["2001:db8::/32", 32],
    ["::1", 128],
    ["10.0.0.0/33", undefined],
    ["2001:db8::/129", undefined],
    ["10.0.0.0/", undefined],
    ["10.0.0.0/8/8", undefined],
    ["10.0.0.0/-1", undefined],
    ["::ffff:10.0.0.0/104", undefined],
    ["example.com", undefined],
    ["*", undefined],
  ])("%s has a prefix of %s bits", (text, prefix) => {
    expect(parseNetwork(text)?.prefix).toBe(prefix);
  });

  test("has the addresses that Node says it has", () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV6());
    /** Another address that has the first bits of this one. */
    const near = (text: string, prefix: number, flip: number) => {
      const bytes = parseAddress(text) ?? Buffer.alloc(0);
      const bit = prefix + flip;
      if (bit < bytes.length * 8) bytes[bit >> 3]! ^= 128 >> (bit & 7);
      return bytes.length === 4
        ? bytes.join(".")
        : (bytes.toString("hex").match(/.{4}/g) ?? []).join(":");
    };
    const familyOf = (text: string) => (text.includes(":") ? "ipv6" : "ipv4");
    fc.assert(
      fc.property(
        address,
        fc.nat(128),
        fc.integer({ min: -3, max: 3 }),
        address,
        (first, bits, flip, other) => {
          const start = parseAddress(first);
          // Node reads a mapped network as one of IPv6 alone; settings do not take it.
          fc.pre(start !== undefined && (start.length === 16) === first.includes(":"));
          const prefix = Math.min(bits, start.length * 8);
          const network = parseNetwork(`${first}/${prefix}`);
          if (network === undefined) throw new Error(`${first}/${prefix} was not read`);
          const list = new BlockList();
          list.addSubnet(first, prefix, familyOf(first));
          for (const text of [first, other, near(first, Math.max(0, prefix - 3), flip + 3)]) {
            const candidate = parseAddress(text);
            if (candidate === undefined) throw new Error(`${text} was not read`);
            // To Node a network of IPv6 around ::ffff:0:0/96 has IPv4 addresses, too; here each has its own.
            if (candidate.length !== start?.length) continue;
            expect([text, contains(network, candidate)]).toEqual([
              text,
              list.check(text, familyOf(text)),
            ]);
          }
        },
      ),
    );
  });
});
