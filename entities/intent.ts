/**
 * An intent is what a client means to do once, however often it has to ask: its player and the key that it made. Ids and
 * command ids follow from it, so a repetition walks the same steps and meets their stored replies.
 */
import { hash } from "node:crypto";
import type { Intent } from "../rpc/intent.ts";

/** Short enough for an index, long enough that two intents never share one: 120 bits. */
const DIGEST_CHARACTERS = 20;
const digest = (text: string) => hash("sha256", text, "base64url").slice(0, DIGEST_CHARACTERS);

/** Compares what two requests with one key asked for. */
export const fingerprint = (body: unknown): string => digest(JSON.stringify(body));

/** Names a player's intent, whatever it is for: one key, one intent. */
export const intentDigest = ({ key, playerId }: Intent): string => digest(`${playerId}|${key}`);
