/**
 * What the inspector does not show. A server seed decides races and draws that people still pay for: whoever could read it
 * here could bet on what only the house may know. Once it is public, the race's or raffle's own verification has it.
 */
const SECRETS: ReadonlySet<string> = new Set(["serverSeed"]);
export const HIDDEN = "hidden until it is public";

/** The JSON value with every secret's text replaced, however deep; null stays null. */
export const hideSecrets = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(hideSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      SECRETS.has(name) && typeof field === "string" ? HIDDEN : hideSecrets(field),
    ]),
  );
};
