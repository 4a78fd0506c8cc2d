/**
 * The key pair by which push services know this server (VAPID, RFC 8292). Browsers subscribe for its public half, so it
 * stays the same for as long as the subscriptions do: it comes from the settings, or is made once and kept in the database.
 */
import { createECDH } from "node:crypto";
import type pg from "pg";
import webPush from "web-push";

export interface KeyPair {
  /** Base64url: an uncompressed point of P-256, and its scalar. */
  readonly publicKey: string;
  readonly privateKey: string;
}

export class VapidKeys {
  readonly #pool: pg.Pool;
  #pair: Promise<KeyPair> | undefined;

  /** `configured` is the settings' pair; undefined: the database's. */
  constructor(pool: pg.Pool, configured: KeyPair | undefined) {
    this.#pool = pool;
    if (configured !== undefined) this.#pair = Promise.resolve(configured);
  }

  /** Rejects when the database is away; then the next call looks again. */
  pair(): Promise<KeyPair> {
    this.#pair ??= this.#stored().catch((cause: unknown) => {
      this.#pair = undefined;
      throw cause;
    });
    return this.#pair;
  }

  /** Of several processes that find none, the first to write makes it for all. */
  async #stored(): Promise<KeyPair> {
    const found = await this.#read();
    if (found !== undefined) return found;
    const { privateKey, publicKey } = webPush.generateVAPIDKeys();
    await this.#pool.query(
      "INSERT INTO push_key (public_key, private_key) VALUES ($1, $2) ON CONFLICT DO NOTHING",
      [publicKey, privateKey],
    );
    const stored = await this.#read();
    if (stored === undefined) throw new Error("the push keys were removed while they were made");
    return stored;
  }

  async #read(): Promise<KeyPair | undefined> {
    const { rows } = await this.#pool.query<KeyPair>(
      `SELECT public_key AS "publicKey", private_key AS "privateKey" FROM push_key`,
    );
    return rows[0];
  }
}

/** The pair of the settings; undefined when neither half is set. Throws a sentence for a pair that is none. */
export const configuredKeys = (settings: {
  readonly publicKey: string;
  readonly privateKey: string;
}): KeyPair | undefined => {
  const { privateKey, publicKey } = settings;
  if (publicKey === "" && privateKey === "") return undefined;
  if (!isPair(settings))
    throw new Error(
      "VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY must be one pair: `npx web-push generate-vapid-keys` makes one.",
    );
  return { publicKey, privateKey };
};

const isPair = ({ privateKey, publicKey }: KeyPair): boolean => {
  const curve = createECDH("prime256v1");
  try {
    curve.setPrivateKey(privateKey, "base64url");
  } catch (cause) {
    if (cause instanceof Error) return false;
    throw cause;
  }
  return curve.getPublicKey("base64url") === publicKey;
};
