/**
 * Whom a request comes from when a load balancer stands in front. Every connection is the balancer's then, and it writes
 * the address that it was called from at the end of `X-Forwarded-For`. What stands before that, anybody may have written.
 * So the header is believed only when the peer is a proxy of ours (`TRUSTED_PROXIES`), and is read from its right end: past
 * each proxy of ours to the first address that is none. That is the client, as far as anyone whom we trust has seen.
 *
 * `Forwarded` (RFC 7239) is not read: a proxy that writes the one header passes the other through as the client sent it, so
 * who reads both believes the client.
 */
import type { HttpRequest, HttpResponse } from "uWebSockets.js";
import { type Address, contains, parseAddress, parseNetwork } from "../ops/Network.ts";
import { addressKey, remoteAddress } from "./RemoteAddress.ts";

const HEADER = "x-forwarded-for";

/** Proxies of ours that one request came through; no site has so many. */
const MAX_HOPS = 16;
/** Room for so many addresses with their ports. What is left of it in the header is not looked at. */
const MAX_CHARACTERS = 2048;

/** The name by which the client of a request is counted. The request may be read only until its handler returns. */
export type ClientKey = (
  res: Pick<HttpResponse, "getRemoteAddress">,
  req: Pick<HttpRequest, "forEach">,
) => string;

export const makeClientKey = (trustedProxies: ReadonlyArray<string>): ClientKey => {
  if (trustedProxies.length === 0)
    return (res) => addressKey(remoteAddress(res.getRemoteAddress()));
  const proxies = trustedProxies.map((text) => {
    const network = parseNetwork(text);
    if (network === undefined) throw new Error(`${text} is no network`);
    return network;
  });
  const isOurs = (address: Address) => proxies.some((network) => contains(network, address));
  return (res, req) => {
    const peer = remoteAddress(res.getRemoteAddress());
    return addressKey(isOurs(peer) ? furthest(peer, forwardedFor(req), isOurs) : peer);
  };
};

/** A header that came in several lines is one list: some proxies add a line and leave the client's own in front. */
const forwardedFor = (req: Pick<HttpRequest, "forEach">): string => {
  let whole = "";
  req.forEach((name, value) => {
    if (name === HEADER) whole = `${whole},${value}`.slice(-MAX_CHARACTERS);
  });
  return whole;
};

/** The first address from the right that is not ours; the last one of ours when it names none or something unreadable. */
const furthest = (
  peer: Address,
  header: string,
  isOurs: (address: Address) => boolean,
): Address => {
  let known = peer;
  let end = header.length;
  for (let hop = 0; hop < MAX_HOPS && end > 0; hop++) {
    const comma = header.lastIndexOf(",", end - 1);
    const address = parseAddress(withoutPort(header.slice(comma + 1, end).trim()));
    if (address === undefined) return known;
    if (!isOurs(address)) return address;
    known = address;
    end = comma;
  }
  return known;
};

/** Some proxies write the port too: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
const withoutPort = (entry: string): string =>
  /^\[([^\]]*)\](?::\d{1,5})?$/.exec(entry)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(entry)?.[1] ?? entry;
