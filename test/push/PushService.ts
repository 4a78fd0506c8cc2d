/** A push service on this machine, and the browsers that are subscribed to it: they read what was sent to them. */
import { createDecipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { Browser } from "../../src/push/PushSender.ts";
import type { Notice } from "../../src/push/Notice.ts";
import { Tally } from "../support/Signal.ts";

interface Pushed {
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export class PushService {
  readonly pushed: Array<Pushed> = [];
  readonly requests = new Tally("pushes");
  /** What it answers to the next requests; then again 201. `undefined`: nothing at all. */
  readonly answers: Array<ServiceAnswer | undefined> = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on("request", async (request, response) => {
      const body = await buffer(request);
      const { headers, method = "", url: path = "" } = request;
      this.pushed.push({ path, method, headers, body });
      const answer = this.answers.length > 0 ? this.answers.shift() : { status: 201 };
      if (answer !== undefined) response.writeHead(answer.status, answer.headers).end("thanks");
      this.requests.add();
    });
  }

  static async start(): Promise<PushService> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new PushService(server);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  /** What the browser makes of all that was pushed to it. */
  noticesOf(browser: SubscribedBrowser): ReadonlyArray<Notice> {
    return this.pushed
      .filter(({ path }) => `${this.origin}${path}` === browser.endpoint)
      .map(({ body }) => browser.read(body));
  }
}

/** The receiving end of RFC 8291, written from the RFC. */
export class SubscribedBrowser implements Browser {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly #keys: ECDH = createECDH("prime256v1");
  readonly #secret = randomBytes(16);

  constructor(endpoint: string) {
    this.endpoint = endpoint;
    this.p256dh = this.#keys.generateKeys("base64url");
    this.auth = this.#secret.toString("base64url");
  }

  /** Throws when the body was encrypted for another browser, or was changed. */
  read(body: Buffer): Notice {
    const salt = body.subarray(0, 16);
    const serverKey = body.subarray(21, 21 + body.readUInt8(20));
    const sealed = body.subarray(21 + serverKey.length);
    const info = Buffer.concat([
      Buffer.from("WebPush: info\0"),
      this.#keys.getPublicKey(),
      serverKey,
    ]);
    const shared = this.#keys.computeSecret(serverKey);
    const key = Buffer.from(hkdfSync("sha256", shared, this.#secret, info, 32));
    const derived = (what: string, length: number) =>
      Buffer.from(hkdfSync("sha256", key, salt, `Content-Encoding: ${what}\0`, length));
    const cipher = createDecipheriv("aes-128-gcm", derived("aes128gcm", 16), derived("nonce", 12));
    cipher.setAuthTag(sealed.subarray(-16));
    const padded = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
    // The last record ends with a 2 and any number of zeros.
    return JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString());
  }
}
