/**
 * The one way in which an administrator changes something: the act is written down durably, then carried out, then what came
 * of it is written beside it. Nothing that was not written down is done, and nothing that was is ever rewritten: the
 * database refuses (`migrations/0007_admin.sql`). So an act without an outcome is one whose process died in between, or whose
 * entity did not answer in time: whether it was done, nobody here knows, and the journal of its entity does.
 *
 * An act that is asked for again with its key is written down again, as a replay: who asked how often stays visible.
 */
import { Schema } from "effect";
import type { Pool } from "pg";
import {
  ActBody,
  type ActsBody,
  type ActTarget,
  type AdminAct,
} from "../../rpc/http/admin/acts.ts";
import { type Failure, problemCode } from "../../rpc/http/problem.ts";
import type { CallerClaims } from "../../rpc/http/security.ts";
import type { Outcome } from "../actor/Ask.ts";
import { attempt } from "./Answer.ts";
import type { GatewayLog } from "./GatewayLog.ts";

/** A request as every handler has it. */
export interface Called {
  readonly caller: CallerClaims;
  readonly requestId: string;
}

export interface Act {
  readonly act: AdminAct;
  readonly target: ActTarget;
  /** What else was asked; JSON. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly reason?: string;
  /** The client's idempotency key, where the call takes one. */
  readonly key?: string;
}

/** What came of an act: its refusal's code, null when it was done. Undefined: nobody knows. */
interface Verdict {
  readonly code: string | null;
  readonly replayed: boolean;
}

export interface ActsPage {
  /** Number of the last act of the page before. */
  readonly before?: string | undefined;
  readonly by?: string | undefined;
  readonly act?: AdminAct | undefined;
  readonly limit: number;
}

export class AdminActs {
  readonly #pool: Pool;
  readonly #log: GatewayLog;

  constructor(pool: Pool, log: GatewayLog) {
    this.#pool = pool;
    this.#log = log;
  }

  /** Rejects without having carried anything out when the act cannot be written down. */
  async carryOut<Answer extends Outcome<unknown, Failure>>(
    called: Called,
    act: Act,
    work: () => Promise<Answer>,
    /** The code of a refusal inside an answer that is none itself, such as that of an entity spoken to by name. */
    refusedInside: (answer: Answer) => string | undefined = () => undefined,
  ): Promise<Answer> {
    const actId = await this.#ask(called, act);
    const answer = await attempt(work).catch((defect: unknown) => {
      this.#tell(called, act, undefined);
      throw defect;
    });
    const verdict = verdictOf(answer, refusedInside(answer));
    if (verdict !== undefined) await this.#finish(actId, verdict, called);
    this.#tell(called, act, verdict);
    return answer;
  }

  /** Newest first. */
  async list({ act, before, by, limit }: ActsPage): Promise<ActsBody> {
    // One more than fits tells whether there is another page.
    const { rows } = await this.#pool.query(LIST, [
      before ?? null,
      by ?? null,
      act ?? null,
      limit + 1,
    ]);
    const acts = rows.slice(0, limit).map((row) => decodeRow(row));
    return { acts, next_before: rows.length > limit ? (acts.at(-1)?.act_id ?? null) : null };
  }

  async #ask({ caller, requestId }: Called, act: Act): Promise<string> {
    const { rows } = await this.#pool.query<{ act_id: string }>(ASK, [
      caller.playerId,
      act.act,
      JSON.stringify(act.target),
      JSON.stringify(act.details ?? {}),
      act.reason ?? null,
      requestId,
      act.key ?? null,
    ]);
    const actId = rows[0]?.act_id;
    if (actId === undefined) throw new Error(`the act ${act.act} was not written down`);
    return actId;
  }

  /** What is done is done, and its answer tells so, written down or not: without its outcome an act is `unknown`. */
  async #finish(actId: string, { code, replayed }: Verdict, { requestId }: Called): Promise<void> {
    const outcome = code === null ? "done" : "refused";
    await this.#pool
      .query(FINISH, [actId, outcome, code, replayed])
      .catch((cause: unknown) =>
        this.#log.error("an act's outcome was not written down", { actId, requestId, cause }),
      );
  }

  /** The same for who reads the log. */
  #tell({ caller, requestId }: Called, { act, target }: Act, verdict: Verdict | undefined): void {
    const outcome = verdict === undefined ? "unknown" : (verdict.code ?? "done");
    this.#log.info("administrator's act", {
      by: caller.playerId,
      act,
      ...target,
      outcome,
      requestId,
    });
  }
}

const verdictOf = (
  answer: Outcome<unknown, Failure>,
  refusedInside: string | undefined,
): Verdict | undefined => {
  const { replayed } = answer;
  if (answer.ok) return { code: refusedInside ?? null, replayed };
  // Without an answer it may yet have been done.
  return answer.error._tag === "Unavailable"
    ? undefined
    : { code: problemCode(answer.error._tag), replayed };
};

const ASK = `
INSERT INTO admin_act (by, act, target, details, reason, request_id, idempotency_key)
VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING act_id`;

const FINISH = `
INSERT INTO admin_act_outcome (act_id, outcome, code, replayed) VALUES ($1, $2, $3, $4)`;

const LIST = `
SELECT a.act_id::text, a.at, a.by, a.act, a.target, a.details, a.reason, a.request_id, a.idempotency_key,
  COALESCE(o.outcome, 'unknown') AS outcome, o.code, COALESCE(o.replayed, false) AS replayed, o.finished_at
FROM admin_act a LEFT JOIN admin_act_outcome o USING (act_id)
WHERE ($1::bigint IS NULL OR a.act_id < $1) AND ($2::text IS NULL OR a.by = $2) AND ($3::text IS NULL OR a.act = $3)
ORDER BY a.act_id DESC LIMIT $4`;

/** Times come from the driver as dates. */
const IsoTime = Schema.transform(Schema.ValidDateFromSelf, Schema.String, {
  strict: true,
  decode: (at) => at.toISOString(),
  encode: (text) => new Date(text),
});
const decodeRow = Schema.decodeUnknownSync(
  Schema.Struct({
    ...ActBody.fields,
    at: IsoTime,
    finished_at: Schema.NullOr(IsoTime),
  }),
);
