/**
 * Notices to players' browsers: a minute before a reservation runs out, and when a raffle that they hold tickets of is
 * drawn. Every second one query finds the reservations, and one more the holders of what was drawn since.
 *
 * A notice is recorded in `push_notice` before it is sent, in a fenced act: of two processes only the one in office sends
 * it, and one that dies between the two loses it. A player gets each notice at most once, in each of their browsers.
 */
import { Effect, Layer } from "effect";
import { closing } from "../ops/Closing.ts";
import { drawnNotice, type NoticeLanguage, runningOutNotice } from "../push/Notice.ts";
import { MAX_BROWSERS } from "../push/PushDesk.ts";
import type { Browser, Delivery } from "../push/PushSender.ts";
import { type Job, layer as layerSingleton, type Office } from "./FencedSingleton.ts";
import type { Term } from "./Term.ts";

export const PUSH_NOTICES = "push-notices";

/** Of sixty seconds' warning at most one goes by unused. */
const EVERY_MS = 1000;
/** Enough to come back and pay. */
const RUNNING_OUT_MS = 60_000;
/** A browser that was off for longer learns of a draw from the page. */
const DAY_MS = 86_400_000;
/** After this no query looks for a notice's record any more. */
const KEPT_MS = 2 * DAY_MS;
const FORGET_EVERY_MS = 3_600_000;
/** What is on its way is cut off; it may remove a browser, and the database answers within 8 s or not at all. */
const CLOSE_MS = 9000;

/** The part of `PushSender` that this needs. */
export interface Post {
  readonly room: number;
  readonly post: (delivery: Delivery) => void;
}

export interface PushNoticesOptions {
  readonly sender: Post;
  /** Epoch milliseconds: the clock that deadlines are set by. */
  readonly now: () => number;
}

export class PushNotices implements Job {
  readonly name = PUSH_NOTICES;
  readonly #options: PushNoticesOptions;
  /** Raffles of the last day whose holders have all been told; forgotten with the process, and then looked at once more. */
  #told = new Set<string>();
  #forgotAt = 0;

  constructor(options: PushNoticesOptions) {
    this.#options = options;
  }

  async run(term: Term, signal: AbortSignal): Promise<number> {
    await this.#warn(term);
    signal.throwIfAborted();
    await this.#announce(term);
    await this.#forget(term);
    return EVERY_MS;
  }

  /** How many players' notices the sender takes now. */
  #players(): number {
    return Math.floor(this.#options.sender.room / MAX_BROWSERS);
  }

  async #warn(term: Term): Promise<void> {
    const now = this.#options.now();
    const rows = await term.read<RunningOutRow>(RUNNING_OUT, [
      now,
      now + RUNNING_OUT_MS,
      this.#players(),
    ]);
    await this.#send(term, rows, (row) => {
      const expiresAt = Number(row.expires_at);
      const notice = runningOutNotice(row.language, {
        phase: row.phase,
        reservationId: row.reservation_id,
        raffleId: row.raffle_id,
        raffleTitle: row.title,
        numbers: row.numbers,
        secondsLeft: Math.ceil((expiresAt - now) / 1000),
      });
      return { browser: row, notice, urgency: "high", expiresAt };
    });
  }

  async #announce(term: Term): Promise<void> {
    const drawn = await term.read<DrawnRow>(DRAWN, [this.#options.now() - DAY_MS]);
    const untold = drawn.filter(({ raffle_id }) => !this.#told.has(raffle_id));
    if (untold.length > 0 && !(await this.#tellHolders(term, untold))) return;
    this.#told = new Set(drawn.map(({ raffle_id }) => raffle_id));
  }

  /** Resolves to whether there is nobody left to be told. */
  async #tellHolders(term: Term, drawn: ReadonlyArray<DrawnRow>): Promise<boolean> {
    const limit = this.#players();
    const rows = await term.read<HolderRow>(HOLDERS, [
      drawn.map(({ raffle_id }) => raffle_id),
      drawn.map(({ at }) => at),
      limit,
    ]);
    await this.#send(term, rows, (row) => ({
      browser: row,
      notice: drawnNotice(row.language, {
        raffleId: row.raffle_id,
        raffleTitle: row.title,
        prizes: row.prizes ?? [],
      }),
      urgency: "normal",
      expiresAt: Number(row.drawn_at) + DAY_MS,
    }));
    return new Set(rows.map(({ notice, player_id }) => `${notice} ${player_id}`)).size < limit;
  }

  /** Records, then posts: what another process may have recorded has not come out of the query. */
  async #send<Row extends BrowserRow>(
    term: Term,
    rows: ReadonlyArray<Row>,
    deliveryOf: (row: Row) => Delivery,
  ): Promise<void> {
    if (rows.length === 0) return;
    await term.act(RECORD, [
      rows.map(({ notice }) => notice),
      rows.map(({ player_id }) => player_id),
      this.#options.now(),
    ]);
    for (const row of rows) this.#options.sender.post(deliveryOf(row));
  }

  async #forget(term: Term): Promise<void> {
    const now = this.#options.now();
    if (now - this.#forgotAt < FORGET_EVERY_MS) return;
    await term.act(FORGET, [now - KEPT_MS]);
    this.#forgotAt = now;
  }
}

/** A browser that a notice goes to. */
interface BrowserRow extends Browser {
  readonly notice: string;
  readonly player_id: string;
  readonly language: NoticeLanguage;
  readonly raffle_id: string;
  readonly title: string;
}

interface RunningOutRow extends BrowserRow {
  readonly phase: "selection" | "checkout";
  readonly reservation_id: string;
  readonly expires_at: string;
  readonly numbers: number;
}

interface DrawnRow {
  readonly raffle_id: string;
  readonly at: string;
}

interface HolderRow extends BrowserRow {
  readonly drawn_at: string;
  readonly prizes: ReadonlyArray<string> | null;
}

/** The limit is on players, so that each is told in all of their browsers. */
const RUNNING_OUT = `
WITH due AS (
  SELECT 'running_out:' || c.reservation_id || ':' || c.expires_at AS notice, c.*
  FROM reservation_claim c
  WHERE c.expires_at > $1 AND c.expires_at <= $2
    AND NOT EXISTS (SELECT FROM reservation_end e WHERE e.reservation_id = c.reservation_id)
    AND EXISTS (SELECT FROM push_subscription s WHERE s.player_id = c.player_id)
    AND NOT EXISTS (SELECT FROM push_notice n WHERE n.player_id = c.player_id
      AND n.notice = 'running_out:' || c.reservation_id || ':' || c.expires_at)
  ORDER BY c.expires_at LIMIT $3
)
SELECT d.notice, d.player_id, d.reservation_id, d.raffle_id, d.phase, d.expires_at, jsonb_array_length(d.numbers) AS numbers, r.title,
  s.endpoint, s.p256dh, s.auth, s.language
FROM due d JOIN raffle r USING (raffle_id) JOIN push_subscription s USING (player_id) ORDER BY d.expires_at`;

const DRAWN = `SELECT raffle_id, min(at) AS at FROM raffle_winner WHERE at > $1 GROUP BY raffle_id`;

/** Who subscribed after the draw has seen it. */
const HOLDERS = `
WITH drawn AS (SELECT * FROM unnest($1::text[], $2::bigint[]) AS d (raffle_id, at)),
due AS (
  SELECT DISTINCT d.raffle_id, d.at AS drawn_at, c.player_id, 'drawn:' || d.raffle_id AS notice
  FROM drawn d JOIN reservation_end e ON e.raffle_id = d.raffle_id AND e.outcome = 'sold'
  JOIN reservation_claim c ON c.reservation_id = e.reservation_id
  WHERE EXISTS (SELECT FROM push_subscription s WHERE s.player_id = c.player_id AND s.created_at <= d.at)
    AND NOT EXISTS (SELECT FROM push_notice n WHERE n.notice = 'drawn:' || d.raffle_id AND n.player_id = c.player_id)
  LIMIT $3
)
SELECT due.*, r.title, s.endpoint, s.p256dh, s.auth, s.language, (
  SELECT array_agg(w.prize_name ORDER BY w.prize) FROM raffle_winner w
  WHERE w.raffle_id = due.raffle_id AND w.player_id = due.player_id) AS prizes
FROM due JOIN raffle r USING (raffle_id) JOIN push_subscription s USING (player_id) WHERE s.created_at <= due.drawn_at`;

const RECORD = `
noted AS (
  INSERT INTO push_notice (notice, player_id, at)
  SELECT DISTINCT notice, player_id, $5::bigint FROM office, unnest($3::text[], $4::text[]) AS n (notice, player_id)
  ON CONFLICT DO NOTHING
)`;

const FORGET = "old AS (DELETE FROM push_notice USING office WHERE at < $3)";

/** The notices as a singleton of the cluster, sent by a sender of this process. */
export const layer = (
  { now, sender }: PushNoticesOptions & { readonly sender: Post & { close(): Promise<void> } },
  office: Office,
) =>
  Layer.merge(
    layerSingleton(new PushNotices({ now, sender }), office),
    Layer.scopedDiscard(
      Effect.addFinalizer(() => closing("the notices", CLOSE_MS, () => sender.close())),
    ),
  );
