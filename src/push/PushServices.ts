/**
 * The push services that this server talks to. A subscription brings the address that notices are posted to, and whoever
 * subscribes chooses it: without this list the server could be made to call into the network that it stands in.
 */

/** Of the browsers in use: Chrome and its kin, Firefox, Safari, Edge. */
export const BROWSER_PUSH_SERVICES: ReadonlyArray<string> = [
  "fcm.googleapis.com",
  "*.push.services.mozilla.com",
  "*.push.apple.com",
  "*.notify.windows.com",
];

/** A host, every host below one, or an origin, which alone may lack TLS or have a port. */
const HOST = /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/;

export const isPushService = (entry: string): boolean =>
  HOST.test(entry) || (URL.canParse(entry) && new URL(entry).origin === entry);

export class PushServices {
  readonly #entries: ReadonlyArray<string>;

  /** Entries such as `fcm.googleapis.com`, `*.push.apple.com`, `http://127.0.0.1:9000`. None: those of the browsers. */
  constructor(entries: ReadonlyArray<string>) {
    this.#entries = entries.length === 0 ? BROWSER_PUSH_SERVICES : entries;
  }

  /** Whether a notice may be posted there. */
  allows(endpoint: string): boolean {
    if (!URL.canParse(endpoint)) return false;
    const { hostname, origin, password, port, protocol, username } = new URL(endpoint);
    if (username !== "" || password !== "") return false;
    const isPlain = protocol === "https:" && port === "";
    return this.#entries.some((entry) => {
      if (entry.includes("://")) return entry === origin;
      if (!isPlain) return false;
      return entry.startsWith("*.") ? hostname.endsWith(entry.slice(1)) : hostname === entry;
    });
  }
}
