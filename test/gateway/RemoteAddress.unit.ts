import { expect, test } from "vitest";
import { addressKey, remoteAddress } from "../../src/gateway/RemoteAddress.ts";

const key = (...values: ReadonlyArray<number>) =>
  addressKey(remoteAddress(new Uint8Array(values).buffer));
const ipv6 = (...groups: ReadonlyArray<number>) =>
  key(...groups.flatMap((group) => [group >> 8, group & 255]));

test("an IPv4 address counts by itself, in whichever form it comes", () => {
  expect(key(10, 0, 0, 1)).not.toBe(key(10, 0, 0, 2));
  expect(ipv6(0, 0, 0, 0, 0, 0xffff, 0x0a00, 1)).toBe(key(10, 0, 0, 1));
});

test("IPv6 addresses of one network count together", () => {
  const one = ipv6(0x2001, 0xdb8, 1, 2, 3, 4, 5, 6);
  expect(ipv6(0x2001, 0xdb8, 1, 2, 9, 9, 9, 9)).toBe(one);
  expect(ipv6(0x2001, 0xdb8, 1, 3, 3, 4, 5, 6)).not.toBe(one);
});
