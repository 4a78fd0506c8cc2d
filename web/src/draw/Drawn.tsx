import { useTranslation } from "react-i18next";
import type { DrawBody } from "../../../sdk/src/index.ts";
import { shortId } from "../app/shortId.ts";
import { useSession } from "../app/useSeat.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { numberText } from "../raffle/grid/layout.ts";
import { rolling } from "./reveal.ts";
import { Ruler } from "./Ruler.tsx";
import type { PrizeDraw } from "./Step.ts";
import type { RevealView } from "./useReveal.ts";

/** The winners, one after another as the hashes name them, or all at once. */
export function Drawn({
  draw,
  total,
  draws,
  reveal,
  isReady,
}: {
  readonly draw: DrawBody;
  /** Of the raffle's numbers. */
  readonly total: number;
  /** As this browser has drawn again; none when it could not, or came to something else. */
  readonly draws: readonly PrizeDraw[];
  readonly reveal: RevealView;
  /** Whether the browser has drawn again, or given it up. */
  readonly isReady: boolean;
}) {
  const { t } = useTranslation("draw");
  const format = useFormat();
  const { winners } = draw;
  const isWaiting = reveal.isPlaying && !isReady;
  const current = reveal.isPlaying && isReady ? reveal.current : null;
  const now = current === null ? undefined : draws[current];
  const tickets = draw.ticket_count ?? draws[0]?.remaining ?? 0;
  const shown = winners.slice(0, isWaiting ? 0 : reveal.revealed);
  return (
    <section className="panel drawn" aria-labelledby="drawn-title" data-playing={reveal.isPlaying}>
      <div className="panel-head">
        <h2 id="drawn-title">{t("winners.title", { count: winners.length })}</h2>
        <span className="muted figure">
          {t("winners.of", { count: tickets, formatted: format.number(tickets) })}
        </span>
        {reveal.isPlaying ? (
          <button type="button" className="button is-small" onClick={reveal.skip}>
            {t("winners.skip")}
          </button>
        ) : (
          reveal.canPlay &&
          draws.length > 0 && (
            <button type="button" className="button is-small" onClick={reveal.play}>
              {t("winners.replay")}
            </button>
          )
        )}
      </div>
      {draws.length > 0 && (
        <>
          {reveal.isPlaying && (
            <div className="drawn-now">
              {isWaiting || now === undefined || current === null ? (
                <p className="muted">{t("winners.preparing")}</p>
              ) : (
                <>
                  <p>
                    <strong>{t("prize", { number: current + 1 })}</strong>{" "}
                    {draw.prizes[current]?.name}
                  </p>
                  <p className="drawn-hash" aria-hidden="true">
                    {rolling(now.attempts.at(-1)?.hash ?? "", reveal.hash, reveal.tick)}
                  </p>
                  <p className="drawn-mod figure" aria-hidden="true" data-seen={reveal.hash === 1}>
                    mod {format.number(now.remaining)} = {format.number(now.index)}
                  </p>
                </>
              )}
            </div>
          )}
          <Ruler
            draws={draws}
            tickets={tickets}
            revealed={shown.length}
            current={current}
            mark={reveal.mark}
          />
          <p className="drawn-ends muted" aria-hidden="true">
            <span>{t("winners.firstTicket")}</span>
            <span>{t("winners.lastTicket")}</span>
          </p>
        </>
      )}
      <Winners draw={draw} total={total} shown={shown} />
    </section>
  );
}

function Winners({
  draw,
  total,
  shown,
}: {
  readonly draw: DrawBody;
  readonly total: number;
  readonly shown: DrawBody["winners"];
}) {
  const { t } = useTranslation("draw");
  const playerId = useSession()?.playerId;
  return (
    <div role="log" aria-label={t("winners.label")}>
      <ol className="winners">
        {shown.map(({ number, player_id: winnerId, prize, prize_name: name }) => {
          const isMine = winnerId === playerId;
          return (
            <li key={prize} data-winner={number} data-mine={isMine || undefined}>
              <span className="winner-number figure">{numberText(number, total)}</span>
              <span className="winner-prize">
                <span className="muted">{t("prize", { number: prize })}</span>
                <strong>{name}</strong>
                {draw.prizes[prize - 1]?.description !== undefined && (
                  <span className="muted">{draw.prizes[prize - 1]?.description}</span>
                )}
              </span>
              <span className="winner-player muted" title={winnerId}>
                {isMine ? (
                  <span className="tag is-good">{t("winners.you")}</span>
                ) : (
                  shortId(winnerId)
                )}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
