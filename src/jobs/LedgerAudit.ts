/**
 * The audit of the running system: all books (`src/audit/Audit.ts`), again and again, each run recorded in `audit_run`.
 * It reads everything each time, as it was at one moment: what was right once may have been changed since.
 *
 * It is kept from hurting what it audits by where it runs (`AuditApart.ts`) and by its rest, which is `REST_FACTOR` times
 * as long as its last run at least, however large the books have grown. Measured on two cores, with PostgreSQL and other
 * work on the same:
 *
 * | journal entries | a run takes | meanwhile |
 * |---|---|---|
 * | 10^5 | 2.6–3.0 s | the server's event loop is at most 13 ms late, as it is without |
 * | 10^6 | 48 s | |
 * | 10^5, and commits as many as go | 8–21 s | 6–20 % fewer commits |
 *
 * The figures of the last line hold for a twentieth of the time at most: 1 % fewer commits.
 */
import { Effect, Layer, Runtime } from "effect";
import { type AuditSummary, auditApart } from "./AuditApart.ts";
import { type Job, layer as layerSingleton, type Office } from "./FencedSingleton.ts";
import type { Term } from "./Term.ts";

export const LEDGER_AUDIT = "ledger-audit";

/** At most a twentieth of the time is spent auditing. */
const REST_FACTOR = 19;
/** Findings of a run that are stored and logged; more of them say the same again. */
const MAX_KEPT_FINDINGS = 20;

export interface LedgerAuditOptions {
  readonly everyMs: number;
  /** Audits the books; called off by `signal`. */
  readonly audit: (signal: AbortSignal) => Promise<AuditSummary>;
  /** Told after each run that was recorded. */
  readonly onAudited: (summary: AuditSummary) => void;
}

export class LedgerAudit implements Job {
  readonly name = LEDGER_AUDIT;
  readonly #options: LedgerAuditOptions;
  #found: number | undefined;

  constructor(options: LedgerAuditOptions) {
    this.#options = options;
  }

  /** Findings of the last run in the cluster, as far as this process has had a reason to look; undefined before the first. */
  get found(): number | undefined {
    return this.#found;
  }

  async run(term: Term, signal: AbortSignal): Promise<number> {
    const { last, now, restMs } = await this.#due(term);
    this.#found = last;
    if (restMs > 0) return restMs;
    const summary = await this.#options.audit(signal);
    const { entities, entries, found } = summary;
    const findings = summary.findings.slice(0, MAX_KEPT_FINDINGS);
    await term.act(RECORD, [now, entities, entries, found, JSON.stringify(findings)]);
    this.#found = found;
    this.#options.onAudited({ ...summary, findings });
    return (await this.#due(term)).restMs;
  }

  /** By the database's clock: processes may differ in theirs. */
  async #due(term: Term) {
    const [row] = await term.read<{ now: string; found: number | null; rest_ms: number }>(DUE, [
      this.#options.everyMs,
      REST_FACTOR,
      this.name,
    ]);
    if (row === undefined) throw new Error(`nobody has ever held the office of ${this.name}`);
    return { last: row.found ?? undefined, now: row.now, restMs: row.rest_ms };
  }
}

/** The first run is due one interval after the office was taken, the others after a rest. */
const DUE = `
SELECT now()::text AS now, last.found, ceil(COALESCE(
  GREATEST($1, $2 * 1000 * extract(epoch FROM last.finished_at - last.started_at)) - 1000 * extract(epoch FROM now() - last.finished_at),
  $1 - 1000 * extract(epoch FROM now() - office.since)))::float8 AS rest_ms
FROM singleton AS office
LEFT JOIN (SELECT found, started_at, finished_at FROM audit_run ORDER BY finished_at DESC LIMIT 1) AS last ON true
WHERE office.name = $3`;

const RECORD = `
run AS (
  INSERT INTO audit_run (term, started_at, entities, entries, found, findings)
  SELECT term, $3::timestamptz, $4, $5, $6, $7::json FROM office
), forgotten AS (
  DELETE FROM audit_run USING office WHERE finished_at < now() - interval '90 days'
)`;

export interface LedgerAuditSettings {
  readonly url: string;
  /** 0: no audits. */
  readonly everySeconds: number;
  /** Says how to read the findings of the last run; nothing while the audit runs in another process. */
  readonly observe: (read: () => Iterable<readonly [label: string, value: number]>) => void;
}

/** The audit as a singleton of the cluster; findings are logged as errors. */
export const layer = ({ everySeconds, observe, url }: LedgerAuditSettings, office: Office) =>
  everySeconds === 0
    ? Layer.empty
    : Layer.unwrapEffect(
        Effect.map(Effect.runtime<never>(), (runtime) => {
          const fork = Runtime.runFork(runtime);
          const job = new LedgerAudit({
            everyMs: everySeconds * 1000,
            audit: (signal) => auditApart({ url }, signal),
            onAudited: (summary) => void fork(logged(summary)),
          });
          observe(() =>
            job.found !== undefined && office.running.names().includes(job.name)
              ? [[job.name, job.found]]
              : [],
          );
          return layerSingleton(job, office);
        }),
      );

const logged = ({ entities, entries, findings, found }: AuditSummary) =>
  Effect.gen(function* () {
    for (const { entity, sentence } of findings) yield* Effect.logError(`${entity}: ${sentence}`);
    const looked = `audited ${entities} entities, ${entries} journal entries`;
    yield* found === 0
      ? Effect.logInfo(`${looked}: clean`)
      : Effect.logError(`${looked}: ${found} findings`);
  });
