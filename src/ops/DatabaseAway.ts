/** Tells "the database is away" (ask again) from a fault of ours. */

/** Connection exceptions, insufficient resources, operator intervention, read-only standby. */
const AWAY_SQLSTATE = /^(08|53|57P)|^25006$/;
const AWAY_ERRNO = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "EPIPE",
  "ENOTFOUND",
  "EAI_AGAIN",
]);
/** Said by `pg` without a code. */
const AWAY_MESSAGE =
  /^(Connection terminated|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end)/;

export const isDatabaseAway = (cause: unknown): boolean => {
  if (!(cause instanceof Error)) return false;
  if (cause instanceof AggregateError && cause.errors.length > 0)
    return cause.errors.every(isDatabaseAway);
  const code = "code" in cause ? cause.code : undefined;
  if (typeof code === "string" && (AWAY_SQLSTATE.test(code) || AWAY_ERRNO.has(code))) return true;
  return AWAY_MESSAGE.test(cause.message);
};
