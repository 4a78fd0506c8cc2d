/** How a request is sent. */
export interface Wire {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly body?: object;
  /** The same as a frame, where there is one. */
  readonly frame?: object;
}
