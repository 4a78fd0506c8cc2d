/** Where this gateway is, as the client of a request knows it. */

/** A host as a browser may be told to connect to it. */
const HOST = /^[\w.-]+(:\d{1,5})?$|^\[[\da-f:]+\](:\d{1,5})?$/i;

/** How a request came here. */
export interface CameBy {
  readonly host: string;
  readonly isSecure: boolean;
}

/** `https://play.example.com`; of `ownHost` for a client that did not say how it came. */
export const originOf = ({ host, isSecure }: CameBy, ownHost: string): string =>
  `${isSecure ? "https" : "http"}://${HOST.test(host) ? host : ownHost}`;
