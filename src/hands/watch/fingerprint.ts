/**
 * By what a file is known again: a digest of the beginning and the end of what has been read of it. A file that has only
 * grown has the same; one that was cut short and filled again, or put in the other's place, has another first hand or another
 * last one, and hands have their ids in them. What lies between is not looked at: nobody writes there.
 */
import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";

/** The header of a hand and more. */
export const EDGE_BYTES = 1024;

/** How long each edge of the first `readTo` bytes is. */
export const edgeOf = (readTo: number): number => Math.min(EDGE_BYTES, readTo);

/** Of a reading that begins with `head` and ends with `tail`, each as long as `edgeOf` says. */
export const fingerprint = ({ head, tail }: Edges): string =>
  createHash("sha256").update(head).update(tail).digest("base64url");

export interface Edges {
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
}

/** The edges of a file's first `readTo` bytes; undefined when it is shorter. */
export const edgesIn = async (file: FileHandle, readTo: number): Promise<Edges | undefined> => {
  const edge = edgeOf(readTo);
  const head = await bytesIn(file, 0, edge);
  const tail = await bytesIn(file, readTo - edge, edge);
  return head === undefined || tail === undefined ? undefined : { head, tail };
};

const bytesIn = async (file: FileHandle, from: number, length: number) => {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length;) {
    const { bytesRead } = await file.read(bytes, at, length - at, from + at);
    if (bytesRead === 0) return undefined;
    at += bytesRead;
  }
  return bytes;
};
