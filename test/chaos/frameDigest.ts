/** A frame's content in a few letters: without the time at which it was sent and the client's own id. */
import { hash } from "node:crypto";
import { canonical } from "../../src/audit/Canonical.ts";

export const frameDigest = (frame: object): string => {
  const { id: _, server_time: __, ...content } = frame as Readonly<Record<string, unknown>>;
  return hash("sha256", JSON.stringify(canonical(content)), "base64url").slice(0, 16);
};
