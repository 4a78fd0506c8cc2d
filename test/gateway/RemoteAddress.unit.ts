import { expect, test } from "vitest";
import { addressKey } from "../../src/gateway/RemoteAddress.ts";

const bytes = (...values: ReadonlyArray<number>) => new Uint8Array(values).buffer;
const ipv6 = (...groups: ReadonlyArray<number>) =>
  bytes(...groups.flatMap((group) => [group >> 8, group & 255]));

test("an IPv4 address counts by itself, in whichever form it comes", () => {
  expect(addressKey(bytes(10, 0, 0, 1))).not.toBe(addressKey(bytes(10, 0, 0, 2)));
  expect(addressKey(ipv6(0, 0, 0, 0, 0, 0xffff, 0x0a00, 1))).toBe(addressKey(bytes(10, 0, 0, 1)));
});

test("IPv6 addresses of one network count together", () => {
  const one = addressKey(ipv6(0x2001, 0xdb8, 1, 2, 3, 4, 5, 6));
  expect(addressKey(ipv6(0x2001, 0xdb8, 1, 2, 9, 9, 9, 9))).toBe(one);
  expect(addressKey(ipv6(0x2001, 0xdb8, 1, 3, 3, 4, 5, 6))).not.toBe(one);
});
