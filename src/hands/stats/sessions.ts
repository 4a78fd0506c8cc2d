/**
 * Sessions: hands of a player in one currency with at most half an hour from each to the next. Several tables at once are one
 * session; cash and tournaments at once are two. They are found by walking back through the hands, newest first, and come
 * in the order of their last hands.
 */
import type { HandCurrency } from "../../../rpc/hand.ts";
import type { SessionBody } from "../../../rpc/http/handStats.ts";
import { bbPer100, rateOf } from "./playerBody.ts";

/** A longer pause ends a session. */
export const SESSION_GAP_MS = 30 * 60_000;

export interface SessionHand {
  readonly handId: string;
  readonly playedAt: number;
  readonly currency: HandCurrency;
  readonly table: string;
  readonly net: number;
  readonly evNet: number;
  readonly rake: number;
  readonly netMilliBb: number;
  readonly vpip: number;
  readonly vpipChances: number;
  readonly pfr: number;
  readonly pfrChances: number;
}

interface Session {
  readonly currency: HandCurrency;
  readonly to: number;
  from: number;
  hands: number;
  readonly tables: Set<string>;
  net: number;
  evNet: number;
  rake: number;
  netMilliBb: number;
  vpip: number;
  vpipChances: number;
  pfr: number;
  pfrChances: number;
  best: SessionHand;
  worst: SessionHand;
}

/** Where a page ended: its last session's last hand, and its currency, since two may end in one moment. */
export interface SessionMark {
  readonly to: number;
  readonly currency: HandCurrency;
}

const MARKED: ReadonlyArray<HandCurrency> = ["EUR", "chips", "play"];
const MARKS_PER_MS = 10;

export const markText = ({ currency, to }: SessionMark): string =>
  String(to * MARKS_PER_MS + MARKED.indexOf(currency));

export const markIn = (text: string): SessionMark => ({
  to: Math.floor(Number(text) / MARKS_PER_MS),
  currency: MARKED[Number(text) % MARKS_PER_MS] ?? "EUR",
});

/** Whether a session that ends at `to` comes after the mark. */
const isAfter = (mark: SessionMark, { currency, to }: SessionMark): boolean =>
  to < mark.to || (to === mark.to && MARKED.indexOf(currency) > MARKED.indexOf(mark.currency));

export class SessionWalk {
  readonly #limit: number;
  readonly #mark: SessionMark | undefined;
  /** By currency: the time of the last hand met, and the session it belongs to; none for one of an earlier page. */
  readonly #open = new Map<HandCurrency, { at: number; session: Session | undefined }>();
  /** In the order of their last hands: the page, and the one after it. */
  readonly #sessions: Array<Session> = [];

  /** `limit` sessions that come after the mark, or the newest. */
  constructor(limit: number, mark?: SessionMark) {
    this.#limit = limit;
    this.#mark = mark;
  }

  /** The hands from which a walk to this page starts: what is later cannot reach into it. */
  static from(mark: SessionMark): number {
    return mark.to + SESSION_GAP_MS;
  }

  /** The next hand, going back in time; of one moment, the last in order of storing first. */
  add(hand: SessionHand): void {
    const { currency, playedAt } = hand;
    const open = this.#open.get(currency);
    if (open !== undefined && open.at - playedAt <= SESSION_GAP_MS) {
      open.at = playedAt;
      if (open.session !== undefined) extend(open.session, hand);
      return;
    }
    const isEarlierPage =
      this.#mark !== undefined && !isAfter(this.#mark, { to: playedAt, currency });
    const session = isEarlierPage ? undefined : started(hand);
    this.#open.set(currency, { at: playedAt, session });
    if (session !== undefined) this.#insert(session);
  }

  /** Whether the page, and that there is another after it, is known by now. */
  isComplete(at: number): boolean {
    const page = this.#sessions.slice(0, this.#limit);
    return (
      this.#sessions.length > this.#limit && page.every(({ from }) => from - at > SESSION_GAP_MS)
    );
  }

  page(): { readonly sessions: ReadonlyArray<SessionBody>; readonly next: SessionMark | null } {
    const sessions = this.#sessions.slice(0, this.#limit);
    const last = sessions.at(-1);
    const next = this.#sessions.length > this.#limit && last !== undefined ? last : null;
    return { sessions: sessions.map(bodyOf), next };
  }

  /** Hands of one moment come in no order of currencies, their sessions do. */
  #insert(session: Session): void {
    let at = this.#sessions.length;
    while (at > 0 && isAfter(session, this.#sessions[at - 1]!)) at--;
    this.#sessions.splice(at, 0, session);
  }
}

const started = (hand: SessionHand): Session => {
  const { currency, handId: _, playedAt, table, ...sums } = hand;
  return {
    ...sums,
    currency,
    from: playedAt,
    to: playedAt,
    hands: 1,
    tables: new Set([table]),
    best: hand,
    worst: hand,
  };
};

const extend = (session: Session, hand: SessionHand): void => {
  session.from = hand.playedAt;
  session.hands++;
  session.tables.add(hand.table);
  session.net += hand.net;
  session.evNet += hand.evNet;
  session.rake += hand.rake;
  session.netMilliBb += hand.netMilliBb;
  session.vpip += hand.vpip;
  session.vpipChances += hand.vpipChances;
  session.pfr += hand.pfr;
  session.pfrChances += hand.pfrChances;
  if (hand.net > session.best.net) session.best = hand;
  if (hand.net < session.worst.net) session.worst = hand;
};

const MS_PER_MINUTE = 60_000;

const bodyOf = (session: Session): SessionBody => ({
  from: new Date(session.from).toISOString(),
  to: new Date(session.to).toISOString(),
  currency: session.currency,
  minutes: Math.round((session.to - session.from) / MS_PER_MINUTE),
  hands: session.hands,
  tables: session.tables.size,
  net: session.net,
  ev_net: session.evNet,
  rake: session.rake,
  bb_per_100: bbPer100(session.netMilliBb, session.hands),
  vpip: rateOf(session.vpip, session.vpipChances),
  pfr: rateOf(session.pfr, session.pfrChances),
  best_hand: { hand_id: session.best.handId, net: session.best.net },
  worst_hand: { hand_id: session.worst.handId, net: session.worst.net },
});
