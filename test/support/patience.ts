/**
 * How long a test waits for what must come. This finds what hangs and measures nothing: a test that holds the product to a time
 * says so by a bound of its own. So it is far above what any step takes on a machine that does ten other things, and
 * below what a test may take.
 */
export const PATIENCE_MS = 60_000;
