/** The address at the other end of a connection, and the name by which an address is counted. */
import { type Address, folded } from "../ops/Network.ts";

/** `bytes` as uWebSockets gives them. */
export const remoteAddress = (bytes: ArrayBuffer): Address => folded(Buffer.from(bytes));

/** One household has an IPv6 network of this size, with 2^64 addresses. */
const IPV6_NETWORK_BYTES = 8;

/** The address itself, or the /64 of an IPv6 address. */
export const addressKey = (address: Address): string =>
  address.toString("hex", 0, address.length === 16 ? IPV6_NETWORK_BYTES : address.length);
