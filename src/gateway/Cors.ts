/** Which web pages may call: those whose origin the settings name; when they name none, those served from this machine. */

const LOCAL_ORIGIN = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/** How long a browser may remember the answer to a preflight, in seconds. Browsers keep it two hours at most. */
const PREFLIGHT_SECONDS = 7200;

const REQUEST_HEADERS = "Authorization, Content-Type, X-Idempotency-Key, X-Request-Id";
const ANSWER_HEADERS = "X-Request-Id, Idempotent-Replayed, Retry-After";

export interface Cors {
  /** Whether a page of this origin may call. */
  readonly allows: (origin: string) => boolean;
  /** The headers for an answer to a page of this origin; empty when it may not call. */
  readonly headers: (origin: string) => ReadonlyArray<readonly [name: string, value: string]>;
  /** What an answer to a preflight has beside. */
  readonly preflight: (
    origin: string,
    methods: string,
  ) => ReadonlyArray<readonly [name: string, value: string]>;
}

export const makeCors = (origins: ReadonlyArray<string>): Cors => {
  const allowed = (origin: string) =>
    origins.length === 0 ? LOCAL_ORIGIN.test(origin) : origins.includes(origin);
  return {
    allows: allowed,
    headers: (origin) =>
      allowed(origin)
        ? [
            ["Access-Control-Allow-Origin", origin],
            ["Access-Control-Expose-Headers", ANSWER_HEADERS],
            ["Vary", "Origin"],
          ]
        : [["Vary", "Origin"]],
    preflight: (origin, methods) =>
      allowed(origin)
        ? [
            ["Access-Control-Allow-Methods", methods],
            ["Access-Control-Allow-Headers", REQUEST_HEADERS],
            ["Access-Control-Max-Age", String(PREFLIGHT_SECONDS)],
          ]
        : [],
  };
};
