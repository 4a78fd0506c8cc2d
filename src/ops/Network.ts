/**
 * Addresses and networks of them, as settings and proxies write them. An address is its bytes: 4 of IPv4, which also stands
 * for the same address written as IPv6 (`::ffff:192.0.2.1`), or 16 of IPv6.
 */
import { isIPv4, isIPv6 } from "node:net";

export type Address = Buffer;

/** The addresses that begin with the first `prefix` bits of `address`. */
export interface Network {
  readonly address: Address;
  readonly prefix: number;
}

const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/** An IPv4 address in the one form that we have for it. */
export const folded = (bytes: Address): Address =>
  bytes.length === 16 && MAPPED.every((byte, index) => bytes[index] === byte)
    ? bytes.subarray(MAPPED.length)
    : bytes;

/** An address as people write it; undefined for anything else, names and zones among it. */
export const parseAddress = (text: string): Address | undefined => {
  if (isIPv4(text)) return ipv4(text);
  return isIPv6(text) && !text.includes("%") ? folded(ipv6(text)) : undefined;
};

const ipv4 = (text: string): Address => Buffer.from(text.split(".").map(Number));

/** Of what `isIPv6` takes. */
const ipv6 = (text: string): Address => {
  const bytes = Buffer.alloc(16);
  const [before = "", after] = text.split("::");
  bytes.set(groups(before));
  if (after !== undefined) {
    const tail = groups(after);
    bytes.set(tail, bytes.length - tail.length);
  }
  return bytes;
};

const groups = (text: string): ReadonlyArray<number> =>
  text === ""
    ? []
    : text.split(":").flatMap((group) => {
        if (group.includes(".")) return [...ipv4(group)];
        const value = Number.parseInt(group, 16);
        return [value >> 8, value & 0xff];
      });

const NETWORK = /^([^/]+)(?:\/(\d{1,3}))?$/;

/** `10.0.0.0/8`, `2001:db8::/32`, or one address. */
export const parseNetwork = (text: string): Network | undefined => {
  const [, written = "", bits] = NETWORK.exec(text) ?? [];
  const address = parseAddress(written);
  // A network of IPv4 written as IPv6 would have its prefix counted in the other's bits.
  if (address === undefined || (written.includes(":") && address.length === 4)) return undefined;
  const allBits = address.length * 8;
  const prefix = bits === undefined ? allBits : Number(bits);
  return prefix <= allBits ? { address, prefix } : undefined;
};

/** Plain bytes, for this is asked at each request that came through a proxy: `net.BlockList` takes 3 µs a look. */
export const contains = ({ address: first, prefix }: Network, address: Address): boolean => {
  if (first.length !== address.length) return false;
  const wholeBytes = prefix >> 3;
  for (let at = 0; at < wholeBytes; at++) if (first[at] !== address[at]) return false;
  const bits = prefix & 7;
  return bits === 0 || (first[wholeBytes]! ^ address[wholeBytes]!) >> (8 - bits) === 0;
};
