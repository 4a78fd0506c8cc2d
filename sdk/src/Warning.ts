/** Something is not as it should be, and the client goes on without it. */
export interface Warning {
  /**
   * `storage`: nothing can be kept, so what is unanswered does not outlive this page or process; told once.
   * `listener`: a listener of the caller's threw. `storage_entry`: an entry in the storage could not be read, and stays there.
   */
  readonly code: "storage" | "storage_entry" | "listener";
  readonly message: string;
  readonly cause?: unknown;
}

/** Where warnings go that nobody listens for. */
export function logWarning({ message, cause }: Warning): void {
  console.warn(`croupier: ${message}`, cause);
}
