/** What browsers are told about our answers. */

export type Headers = ReadonlyArray<readonly [name: string, value: string]>;

const EVERYWHERE: Headers = [
  ["X-Content-Type-Options", "nosniff"],
  ["Referrer-Policy", "no-referrer"],
  ["Cross-Origin-Opener-Policy", "same-origin"],
];

/** Data is not a page: nothing in it may run, load or be framed, and it is as of now. */
export const DATA_HEADERS: Headers = [
  ...EVERYWHERE,
  ["Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"],
  ["Cache-Control", "no-store"],
];

/**
 * A page runs its own scripts and talks to its own server alone. Styles may be inline, since component libraries write
 * them into elements; WebAssembly may be compiled, since the equity kernel is.
 */
export const pageHeaders = (scripts: ReadonlyArray<string> = []): Headers => [
  ...EVERYWHERE,
  [
    "Content-Security-Policy",
    [
      "default-src 'self'",
      `script-src ${["'self'", "'wasm-unsafe-eval'", ...scripts].join(" ")}`,
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self' data:",
      "connect-src 'self' ws: wss:",
      "worker-src 'self' blob:",
      "object-src 'none'",
      "base-uri 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join("; "),
  ],
];

/** One string for `writeHeader`: each call into uWebSockets costs, so constant headers go in one. */
export const inOneValue = (first: string, rest: Headers) =>
  [first, ...rest.map(([name, value]) => `${name}: ${value}`)].join("\r\n");
