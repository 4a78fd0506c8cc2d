/** What a player should be told of a change of the table, whichever page is shown. Pure. */
import type { Bet, Session, SettledCommand } from "../../../sdk/src/index.ts";
import { paths } from "../app/paths.ts";
import { refusals } from "../i18n/en/refusals.ts";
import { money } from "./notify.ts";
import type { News, TextKey } from "./notify.ts";

/** Before the seat expires: time enough to finish a race and write down a name. */
const EXPIRY_WARNING_MS = 10 * 60_000;
/** Of a token's life. It is renewed at the half, and has not been again and again when this little is left. */
const EXPIRY_WARNING_SHARE = 0.25;

type BetsByRace = Readonly<Record<string, readonly Bet[]>>;

/**
 * What became of bets between two states of one seat's table; one piece a race, so that a player with ten bets in it is
 * told once. What was so from the first reading on is no news.
 */
export function betNews(before: BetsByRace, after: BetsByRace): readonly News[] {
  if (before === after) return [];
  return Object.entries(after).flatMap(([raceId, rows]) => {
    const was = new Map(before[raceId]?.map((row) => [row.bet_id, row.status]));
    const settled = rows.filter(
      (row) => was.get(row.bet_id) === "accepted" && row.status !== "accepted",
    );
    return [...settledNews(raceId, settled), ...refundNews(raceId, settled)];
  });
}

/** When to say that the seat expires, in epoch milliseconds of the server; each renewal puts it off. */
export function expiryWarningAtMs({
  expiresAt,
  obtainedAt,
}: Pick<Session, "expiresAt" | "obtainedAt">): number {
  const endsAtMs = Date.parse(expiresAt);
  const lifeMs = endsAtMs - Date.parse(obtainedAt);
  return endsAtMs - Math.min(EXPIRY_WARNING_MS, lifeMs * EXPIRY_WARNING_SHARE);
}

/** The wallet was frozen, or opened again. */
export function frozenNews(isFrozen: boolean): News {
  return isFrozen
    ? {
        kind: "bad",
        id: "frozen",
        href: paths.wallet,
        text: { key: "shell:news.frozen" },
        detail: { key: "shell:news.frozenDetail" },
      }
    : { kind: "good", id: "frozen", href: paths.wallet, text: { key: "shell:news.unfrozen" } };
}

/** A bet or a reservation that an earlier life of the page had sent has its answer; null for what is neither. */
export function keptNews({ kept, outcome }: SettledCommand): News | null {
  const { command, key } = kept;
  const id = `kept-${key}`;
  const told = KEPT_NEWS[command.type];
  if (told === undefined) return null;
  const href = "raffle_id" in command ? paths.raffle(command.raffle_id) : paths.bets;
  return outcome.ok
    ? { kind: "good", id, href, text: { key: told.done }, detail: { key: told.doneDetail } }
    : {
        kind: "note",
        id,
        href,
        text: { key: told.refused },
        detail: { key: refusalKey(outcome.refusal.code) },
      };
}

type Kept = SettledCommand["kept"]["command"]["type"];
const KEPT_NEWS: Partial<Record<Kept, Record<"done" | "doneDetail" | "refused", TextKey>>> = {
  PLACE_BET: {
    done: "shell:news.kept",
    doneDetail: "shell:news.keptDetail",
    refused: "shell:news.keptRefused",
  },
  RESERVE_NUMBERS: {
    done: "shell:news.keptNumbers",
    doneDetail: "shell:news.keptNumbersDetail",
    refused: "shell:news.keptNumbersRefused",
  },
};

/** A newer server may refuse for reasons that these texts do not know. */
function refusalKey(code: string): TextKey {
  return code in refusals.detail ? (`refusals:detail.${code}` as TextKey) : "refusals:detail.other";
}

function settledNews(raceId: string, rows: readonly Bet[]): readonly News[] {
  const won = rows.filter(({ status }) => status === "won");
  const lost = rows.filter(({ status }) => status === "lost");
  const count = won.length + lost.length;
  if (count === 0) return [];
  const staked = sum([...won, ...lost].map(({ stake }) => stake));
  const href = paths.race(raceId);
  const id = `settled-${raceId}`;
  return won.length > 0
    ? [
        {
          kind: "good",
          id,
          href,
          text: {
            key: "shell:news.won",
            vars: { amount: money(sum(won.map(({ payout }) => payout ?? 0))) },
          },
          detail: {
            key: "shell:news.wonDetail",
            vars: { count, won: won.length, staked: money(staked) },
          },
        },
      ]
    : [
        {
          kind: "plain",
          id,
          href,
          text: { key: "shell:news.lost", vars: { amount: money(staked) } },
          detail: { key: "shell:news.lostDetail", vars: { count } },
        },
      ];
}

function refundNews(raceId: string, rows: readonly Bet[]): readonly News[] {
  const refunded = rows.filter(({ status }) => status === "refunded");
  if (refunded.length === 0) return [];
  return [
    {
      kind: "plain",
      id: `refunded-${raceId}`,
      href: paths.race(raceId),
      text: {
        key: "shell:news.refunded",
        vars: { amount: money(sum(refunded.map(({ payout, stake }) => payout ?? stake))) },
      },
      detail: { key: "shell:news.refundedDetail", vars: { count: refunded.length } },
    },
  ];
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, at) => total + at, 0);
