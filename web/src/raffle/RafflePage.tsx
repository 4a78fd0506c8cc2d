import "./Raffle.css";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { DrawBody, NumberGrid as Numbers, RaffleBody } from "../../../sdk/src/index.ts";
import { isLive } from "../../../sdk/src/index.ts";
import { paths } from "../app/paths.ts";
import { useCroupier, useSession } from "../app/useSeat.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { Blank } from "../shell/Blank.tsx";
import { Failed } from "../shell/Failed.tsx";
import { notify } from "../shell/notify.ts";
import { useNotedRaffle } from "../draw/useNotedRaffle.ts";
import { useTitle } from "../shell/useTitle.ts";
import { CheckoutBar } from "./CheckoutBar.tsx";
import { DrawTime } from "./DrawTime.tsx";
import { createBoard } from "./grid/Board.ts";
import type { Zoom } from "./grid/layout.ts";
import { numberText } from "./grid/layout.ts";
import { NumberGrid } from "./grid/NumberGrid.tsx";
import type { GridHandle } from "./grid/NumberGrid.tsx";
import { JoinDialog } from "./JoinDialog.tsx";
import { Legend } from "./Legend.tsx";
import { RaffleInfo } from "./RaffleInfo.tsx";
import { secureDraw } from "./randomPicks.ts";
import { createSelection, ownOf } from "./Selection.ts";
import type { Remark } from "./Selection.ts";
import { SoldBar } from "./SoldBar.tsx";
import { StatusTag } from "./StatusTag.tsx";
import { RandomPicker, Toolbar } from "./Toolbar.tsx";
import { TroubleNotice } from "./TroubleNotice.tsx";
import { useRaffle } from "./useRaffle.ts";

/** So few can be shown large. */
const FEW_NUMBERS = 200;

/** A raffle: its numbers to pick from, what there is to win, and how it stands. */
export default function RafflePage({ raffleId }: { readonly raffleId: string }) {
  const { t } = useTranslation("raffle");
  const { again, draw, grid, isFailed, isMissing, raffle } = useRaffle(raffleId);
  useTitle(raffle?.title ?? t("title"));
  useNotedRaffle(raffle);
  return (
    <main
      className="page is-wide raffle"
      id="main"
      tabIndex={-1}
      aria-busy={raffle === null && !isFailed && !isMissing}
    >
      {raffle === null || grid === null ? (
        <>
          <p className="page-back raffle-back">
            <Link href={paths.raffles}>{t("back")}</Link>
          </p>
          <h1 className={isMissing || isFailed ? "" : "unseen"}>{t("title")}</h1>
          {isMissing ? (
            <Blank icon="raffles" title={t("missing")} role="alert">
              <Link href={paths.raffles} className="button">
                {t("back")}
              </Link>
            </Blank>
          ) : isFailed ? (
            <Failed title={t("failed")} meaning={t("failedMeaning")} onAgain={again} />
          ) : (
            <div className="raffle-waiting" aria-hidden="true" />
          )}
        </>
      ) : (
        <RaffleRoom
          key={`${raffleId} ${raffle.total_numbers}`}
          raffle={raffle}
          grid={grid}
          draw={draw}
          isOld={isFailed}
        />
      )}
    </main>
  );
}

function RaffleRoom({
  raffle,
  grid,
  draw,
  isOld,
}: {
  readonly raffle: RaffleBody;
  readonly grid: Numbers;
  readonly draw: DrawBody | null;
  readonly isOld: boolean;
}) {
  const { t } = useTranslation("raffle");
  const { date, money } = useFormat();
  const croupier = useCroupier();
  const session = useSession();
  const [, navigate] = useLocation();
  const [zoom, setZoom] = useState<Zoom>(raffle.total_numbers <= FEW_NUMBERS ? "large" : "normal");
  const [isJoining, setIsJoining] = useState(false);
  const gridRef = useRef<GridHandle>(null);
  const { id, title, total_numbers: total } = raffle;
  const board = useMemo(() => createBoard(total), [total]);
  const selection = useMemo(
    () =>
      createSelection({
        croupier,
        raffleId: id,
        storage: sessionStorage,
        drawBelow: secureDraw,
        nowMs: () => performance.now(),
        onExpired: ({ id: reservationId, numbers }) =>
          notify({
            kind: "note",
            id: `expired-${reservationId}`,
            href: paths.raffle(id),
            text: { key: "raffle:news.expired", vars: { title } },
            detail: { key: "raffle:news.expiredDetail", vars: { count: numbers.length } },
          }),
      }),
    [croupier, id, title],
  );
  const state = useSyncExternalStore(selection.store.subscribe, selection.store.get);
  const isOnSale = raffle.status === "active";
  const most = raffle.max_numbers_per_reservation;

  const playerId = session?.playerId;
  useEffect(() => (playerId === undefined ? undefined : selection.follow()), [selection, playerId]);
  useEffect(() => {
    board.showGrid(grid);
    selection.heed(grid, { isOnSale, most });
  }, [board, grid, selection, isOnSale, most]);
  useEffect(() => board.showOwn(ownOf(state)), [board, state]);

  const nearer = useCallback(() => setZoom("normal"), []);
  const reservation = isLive(state.reservation) ? state.reservation : null;
  const isPicking = reservation === null && isOnSale;
  const { held, picked } = ownOf(state);
  const room = Math.max(0, most - held.length - picked.length);
  const canChoose = isOnSale && reservation?.phase !== "checkout" && !state.isReserving;
  const goTo = (number: number) => gridRef.current?.goTo(number);
  const pickRandom = (count: number) => {
    const [first] = selection.pickRandom(count);
    if (first !== undefined) goTo(first);
  };
  const reserve = () => {
    if (session === null) setIsJoining(true);
    else void selection.reserve();
  };
  const checkout = async () => {
    const { reservation } = selection.store.get();
    if (reservation !== null && (await selection.toCheckout()))
      navigate(paths.checkout(reservation.id));
  };
  return (
    <>
      <header className="raffle-head">
        <div>
          <p className="page-back raffle-back">
            <Link href={paths.raffles}>{t("back")}</Link> <StatusTag status={raffle.status} />
          </p>
          <h1>{title}</h1>
        </div>
        <dl className="raffle-facts">
          <div>
            <dt>{t("price")}</dt>
            <dd className="figure">{money(raffle.ticket_price)}</dd>
          </div>
          <div>
            <dt>
              {t(
                raffle.ended_at === null
                  ? "drawIn"
                  : raffle.status === "completed"
                    ? "drawAt"
                    : "endedAt",
              )}
            </dt>
            <dd>
              {raffle.ended_at === null ? <DrawTime raffle={raffle} /> : date(raffle.ended_at)}
            </dd>
          </div>
        </dl>
        <SoldBar raffle={raffle} />
      </header>
      <StatusNotice raffle={raffle} />
      {isOld && (
        <p className="notice raffle-notice" role="status">
          {t("old")}
        </p>
      )}
      {reservation?.phase === "checkout" && (
        <p className="notice raffle-notice" role="status">
          {t("atCheckout")}
        </p>
      )}
      <div className="raffle-columns">
        <section className="raffle-main" aria-label={t("numbers")}>
          <div className="panel raffle-board">
            <Toolbar
              total={total}
              zoom={zoom}
              onZoom={setZoom}
              onFind={goTo}
              random={
                isOnSale && (
                  <RandomPicker
                    room={canChoose ? Math.min(room, raffle.available_count) : 0}
                    onPick={pickRandom}
                  />
                )
              }
            />
            <Legend board={board} />
            <RemarkLine
              remark={state.remark}
              total={total}
              most={isOnSale ? most : 0}
              chosen={held.length + picked.length}
            />
            <NumberGrid
              ref={gridRef}
              board={board}
              zoom={zoom}
              onNearer={nearer}
              onToggle={selection.toggle}
              onSweep={isPicking ? selection.sweep : null}
            />
          </div>
          <div className="raffle-float">
            {state.trouble !== null && (
              <TroubleNotice
                trouble={state.trouble}
                picks={state.picks}
                freeCount={raffle.available_count - state.picks.length}
                total={total}
                selection={selection}
                onPickedAgain={() => {
                  const [first] = selection.store.get().picks;
                  if (first !== undefined) goTo(first);
                }}
              />
            )}
            {(isOnSale || reservation !== null) && (
              <CheckoutBar
                raffle={raffle}
                state={state}
                selection={selection}
                onReserve={reserve}
                onCheckout={() => void checkout()}
              />
            )}
          </div>
        </section>
        <RaffleInfo raffle={raffle} draw={draw} onNumber={goTo} />
      </div>
      {isJoining && (
        <JoinDialog
          onClose={() => setIsJoining(false)}
          onEntered={() => {
            setIsJoining(false);
            void selection.reserve();
          }}
        />
      )}
    </>
  );
}

/** What the last tap or key did, or why it did nothing; read out. */
function RemarkLine({
  remark,
  total,
  most,
  chosen,
}: {
  readonly remark: Remark | null;
  readonly total: number;
  /** None can be picked where it is nought. */
  readonly most: number;
  readonly chosen: number;
}) {
  const { t } = useTranslation("raffle");
  return (
    <p className="raffle-remark" role="status" data-remark={remark?.about}>
      {remark === null
        ? most > 0 && t("remark.none", { count: most })
        : t(`remark.${remark.about}`, {
            number: numberText(remark.number, total),
            count: chosen,
            most,
          })}
    </p>
  );
}

const NOTICE_KINDS: Readonly<Partial<Record<RaffleBody["status"], string>>> = {
  completed: " is-good",
  cancelled: " is-bad",
};

/** What a raffle that is not simply on sale means for who looks at it. */
function StatusNotice({ raffle }: { readonly raffle: RaffleBody }) {
  const { t } = useTranslation("raffle");
  const { status } = raffle;
  if (status === "active") return null;
  return (
    <div
      className={`notice raffle-notice${NOTICE_KINDS[status] ?? ""}`}
      role="status"
      data-raffle-status={status}
    >
      <p>
        <strong>{t(`standing.${status}.title`)}</strong>
        {t(`standing.${status}.meaning`)}
        {raffle.reason !== null && ` ${t("reason", { reason: raffle.reason })}`}
      </p>
      {(status === "completed" || status === "closed") && (
        <Link className="button is-small" href={paths.draw(raffle.id)}>
          {t("toDraw")}
        </Link>
      )}
    </div>
  );
}
