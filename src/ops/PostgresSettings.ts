/**
 * How the embedded PostgreSQL is tuned, each setting with its reason. They are given on the command line and not
 * written to `postgresql.conf`, so a cluster made by an older release runs with the settings of this one.
 *
 * The load they are for: few connections, each committing large groups of small rows that are appended and hardly
 * ever read back; on a machine that the game server shares.
 */
export const POSTGRES_SETTINGS: Readonly<Record<string, string>> = {
  // What was acknowledged survives a power cut. These are the defaults; they stand here because the design rests on
  // them and nobody should switch them off for speed: group commit already divides their cost.
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",

  // Reached from this machine alone, over TCP, since a socket's path may be at most 107 bytes long.
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  // A pool for the journal, one for reads and one for the cluster's own tables in each of several local processes.
  max_connections: "200",
  // A process that stopped in the middle of a transaction must not hold its locks for ever.
  idle_in_transaction_session_timeout: "60s",

  // The journal's newest pages, the wallets' rows and the indexes' upper levels; the operating system's cache has the rest.
  shared_buffers: "256MB",
  // A full group commit (1,000 events and their postings) fits several times, so nothing waits for a WAL buffer.
  wal_buffers: "16MB",
  // No replica reads this log, so it need not tell what a replica would have to know.
  wal_level: "minimal",
  max_wal_senders: "0",
  // After a checkpoint each page's first change writes the whole page to the log: with few checkpoints that is rare.
  // The bound is what a start after a crash has to replay, some ten seconds at most.
  max_wal_size: "2GB",
  checkpoint_timeout: "10min",
  checkpoint_completion_target: "0.9",
  // Segments are kept for reuse, since making a new one of 16 MB stalls the commit that needs it.
  min_wal_size: "256MB",

  // Statements are short and known: compiling one costs more than running it, and a second process for one statement
  // takes the core from the game server.
  jit: "off",
  max_parallel_workers_per_gather: "0",
  // The disk is taken for an SSD: an index is worth using earlier than the default for spinning disks says.
  random_page_cost: "1.1",
  // Alarms and topic leases are written and deleted all the time; small, frequent vacuums keep those tables small.
  autovacuum_naptime: "15s",

  timezone: "UTC",
  // The supervisor reads the log, and looks for a sentence in it.
  lc_messages: "C",
  logging_collector: "off",
  log_destination: "stderr",
  log_checkpoints: "off",
};
