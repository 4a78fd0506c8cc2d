/** A process that owns an embedded PostgreSQL in the folder named by its argument, until it gets SIGTERM or is killed. */
import { startPostgres } from "../../src/ops/EmbeddedPostgres.ts";

const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: EmbeddedPostgresOwner FOLDER");

const server = await startPostgres({ folder, log: ({ message }) => console.error(message) });
process.once("SIGTERM", () => {
  void server.stop();
});
console.log(JSON.stringify({ url: server.url, pid: server.pid() }));
