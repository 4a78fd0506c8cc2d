import "./MyBets.css";
import { memo, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import { Refused } from "../app/Refused.tsx";
import { useTable } from "../app/useTable.ts";
import type { Refusal } from "../../../sdk/src/index.ts";
import { useFormat } from "../i18n/useFormat.ts";
import type { HouseRules } from "../lobby/useHouseRules.ts";
import { RunnerMark } from "../race/RunnerMark.tsx";
import { useRunningOrder } from "../race/useRunningOrder.ts";
import { useRoom } from "../room/useRoom.ts";
import type { Bet } from "../../../sdk/src/index.ts";
import { CancelDialog } from "./CancelDialog.tsx";
import { accountOf } from "./account.ts";
import { estimatePayout, sharesOf } from "./estimate.ts";
import { standingOf } from "./standing.ts";
import type { Standing } from "./standing.ts";
import { useMarkets } from "./useMarkets.ts";

export const STATUS_TONES: Readonly<Record<Bet["status"], string>> = {
  accepted: "tag is-note",
  cancelled: "tag",
  won: "tag is-good",
  lost: "tag is-bad",
  refunded: "tag",
};

const STANDING_TONES: Readonly<Record<Standing, string>> = {
  leading: "tag is-good",
  inMoney: "tag is-good",
  partly: "tag is-note",
  behind: "tag",
};

const NONE: readonly Bet[] = [];

/** The player's bets on the race in progress and on the one before, as they stand now. */
export const MyBets = memo(function MyBets({ rules }: { readonly rules: HouseRules }) {
  const { t } = useTranslation("bets");
  const race = useRoom((state) => state.lobby.lobby?.race_id);
  const phase = useRoom((state) => state.lobby.lobby?.phase);
  const settledRace = useRoom((state) => state.lobby.result?.raceId);
  const byRace = useRoom((state) => state.bets.byRace);
  const current = (race === undefined ? undefined : byRace[race]) ?? NONE;
  const last =
    (settledRace === undefined || settledRace === race ? undefined : byRace[settledRace]) ?? NONE;
  return (
    <section className="panel my-bets" aria-labelledby="my-bets-title">
      <div className="panel-head">
        <h2 id="my-bets-title">{t("mine.title")}</h2>
        <Totals rows={current} />
      </div>
      {current.length === 0 && (last.length === 0 || phase === "betting") && (
        <p className="empty">{phase === "betting" ? t("mine.noneYet") : t("mine.none")}</p>
      )}
      <BetList rows={current} phase={phase} rules={rules} />
      {last.length > 0 && (
        <>
          <div className="panel-head my-bets-last">
            <h3>{t("mine.lastRace")}</h3>
            <Totals rows={last} />
          </div>
          <BetList rows={last} phase={undefined} rules={rules} />
        </>
      )}
      <p className="my-bets-all">
        <Link href={paths.bets}>{t("mine.all")}</Link>
      </p>
    </section>
  );
});

function Totals({ rows }: { readonly rows: readonly Bet[] }) {
  const { t } = useTranslation("bets");
  const format = useFormat();
  const counted = rows.filter(({ status }) => status !== "cancelled");
  if (counted.length === 0) return null;
  const { stakedMinor, returnedMinor, openMinor } = accountOf(counted);
  return (
    <span className="muted figure">
      {openMinor > 0
        ? t("mine.atStake", { amount: format.money(openMinor) })
        : t("mine.summary", {
            staked: format.money(stakedMinor),
            returned: format.money(returnedMinor),
          })}
    </span>
  );
}

type PhaseNow = "lobby" | "betting" | "racing" | "settling" | undefined;

function BetList({
  rows,
  phase,
  rules,
}: {
  readonly rows: readonly Bet[];
  /** Of the race that the bets are on; undefined when it is over. */
  readonly phase: PhaseNow;
  readonly rules: HouseRules;
}) {
  if (rows.length === 0) return null;
  return (
    <ul className="my-bets-list">
      {rows.map((row) => (
        <BetItem key={row.bet_id} row={row} phase={phase} rules={rules} />
      ))}
    </ul>
  );
}

const BetItem = memo(function BetItem({
  row,
  phase,
  rules,
}: {
  readonly row: Bet;
  readonly phase: PhaseNow;
  readonly rules: HouseRules;
}) {
  const { t } = useTranslation("bets");
  const table = useTable();
  const markets = useMarkets();
  const format = useFormat();
  const [isSending, setIsSending] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { name } = markets[row.market];
  const bet = `${name} ${row.selection.join(", ")}`;
  const isOpen = row.status === "accepted";
  const cancel = async () => {
    setIsAsking(false);
    setIsSending(true);
    setRefusal(await table.cancelBet(row.bet_id));
    setIsSending(false);
  };
  return (
    <li data-bet={row.market} data-status={row.status}>
      <div className="my-bets-row">
        <div>
          <span className="my-bets-market">{name}</span>
          <span className="my-bets-marks">
            {row.selection.map((number) => (
              <RunnerMark key={number} number={number} size={22} />
            ))}
            <span className="unseen">{row.selection.join(", ")}</span>
          </span>
        </div>
        <span className="my-bets-money figure">
          {format.money(row.stake)}
          {isOpen && phase === "betting" && <EstimateNow row={row} rules={rules} />}
          {row.payout !== null && row.payout > 0 && (
            <span className={row.status === "won" ? "my-bets-won" : "muted"}>
              {t("mine.back", { amount: format.money(row.payout) })}
            </span>
          )}
        </span>
        {isOpen && phase === "racing" ? (
          <StandingNow row={row} />
        ) : (
          <span className={STATUS_TONES[row.status]}>{t(`status.${row.status}`)}</span>
        )}
        {isOpen && phase === "betting" && (
          <button
            type="button"
            className="button is-small"
            disabled={isSending}
            aria-label={t("mine.cancelLabel", { bet })}
            onClick={() => setIsAsking(true)}
          >
            {isSending ? t("mine.cancelling") : t("mine.cancel")}
          </button>
        )}
      </div>
      {isAsking && isOpen && phase === "betting" && (
        <CancelDialog
          bet={bet}
          stakeMinor={row.stake}
          feePerMille={rules.cancelFeePerMille}
          onKeep={() => setIsAsking(false)}
          onCancel={() => void cancel()}
        />
      )}
      {refusal !== null && <Refused refusal={refusal} />}
    </li>
  );
});

function EstimateNow({ row, rules }: { readonly row: Bet; readonly rules: HouseRules }) {
  const { t } = useTranslation("bets");
  const format = useFormat();
  const { market, selection, stake } = row;
  const takeoutPerMille = rules.takeoutPerMille ?? 0;
  const aboutMinor = useRoom(({ lobby: { lobby } }) =>
    lobby === null
      ? stake
      : estimatePayout({
          market,
          selection,
          stakeMinor: stake,
          poolMinor: lobby.pools[market] ?? stake,
          isPlaced: true,
          shares: sharesOf(lobby.odds),
          takeoutPerMille,
        }).aboutMinor,
  );
  return <span className="muted">{t("mine.estimate", { amount: format.money(aboutMinor) })}</span>;
}

function StandingNow({ row }: { readonly row: Bet }) {
  const { t } = useTranslation("bets");
  const order = useRunningOrder();
  const standing = useMemo(() => standingOf(row, order), [row, order]);
  if (order.length === 0) return <span className="tag is-note">{t("status.accepted")}</span>;
  return (
    <span className={STANDING_TONES[standing]} data-standing={standing}>
      {t(`mine.standing.${standing}`)}
    </span>
  );
}
