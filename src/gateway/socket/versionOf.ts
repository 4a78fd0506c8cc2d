import type { HttpRequest } from "uWebSockets.js";

/** The last version that a client has, by `?after_version=`. What is no version is none: it gets a snapshot. */
export const versionOf = (req: HttpRequest): number | undefined => {
  const text = req.getQuery("after_version") ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};
