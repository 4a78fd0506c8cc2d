/**
 * `COPY … TO STDOUT` of PostgreSQL, as a stream. `pg` gives what such a statement sends to the query that asked for it, and
 * leaves the rest to that query.
 */
import type { Writable } from "node:stream";
import type pg from "pg";

/** What `pg`'s client tells the query that it carries out, as far as a COPY needs it. */
interface CopyQuery extends pg.Submittable {
  readonly handleCopyData: (message: { readonly chunk: Buffer }) => void;
  readonly handleCommandComplete: () => void;
  readonly handleReadyForQuery: () => void;
  readonly handleError: (error: Error) => void;
}

/**
 * Runs `COPY (select) TO STDOUT` as CSV and writes what comes to `out`, which it ends. No more is in memory than `out` holds
 * back: while it does, the connection is not read. Rejects with PostgreSQL's error, or with that of `out`; then the
 * connection is of no more use.
 */
export const copyOut = (client: pg.Client, select: string, out: Writable): Promise<void> =>
  new Promise((resolve, reject) => {
    // `pg` declares neither its connection nor that the connection has a socket.
    const { stream } = (
      client as pg.Client & {
        connection: { stream: { pause: () => void; resume: () => void; destroy: () => void } };
      }
    ).connection;
    const fail = (error: Error) => {
      stream.destroy();
      out.destroy();
      reject(error);
    };
    out
      .on("error", fail)
      .on("drain", () => stream.resume())
      .on("finish", resolve);
    const query: CopyQuery = {
      submit: (connection) => {
        connection.query(`COPY (${select}) TO STDOUT (FORMAT csv)`);
      },
      handleCopyData: ({ chunk }) => {
        // A copy: `pg` reads what comes next into the same memory.
        if (!out.write(Buffer.from(chunk))) stream.pause();
      },
      handleCommandComplete: () => undefined,
      handleReadyForQuery: () => {
        // Held back to the last: once it is ended, `out` says no more that it has drained.
        stream.resume();
        out.end();
      },
      handleError: fail,
    };
    client.query(query);
  });
