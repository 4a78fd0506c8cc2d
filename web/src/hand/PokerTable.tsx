/** The table at one step of the hand: seats, bets on their way, the pot and the board. */
import "./PokerTable.css";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import type { HandBody } from "../../../sdk/src/index.ts";
import { Cards, PlayingCard } from "../cards/PlayingCard.tsx";
import { useFormat } from "../i18n/useFormat.ts";
import { actorOf, hasBoard } from "./replay.ts";
import type { SeatState, Step } from "./replay.ts";
import { seatPlace } from "./seatPlaces.ts";
import type { SeatPlace } from "./seatPlaces.ts";
import type { StepTexts } from "./useStepText.ts";

const BOARD_CARDS = 5;

export interface PokerTableProps {
  readonly hand: HandBody;
  readonly step: Step;
  readonly index: number;
  /** What has changed since the step before is seen to move. */
  readonly isMoving: boolean;
  /** Cards that become known lie open from the start. */
  readonly isRevealed: boolean;
  readonly amount: (value: number) => string;
  readonly texts: StepTexts;
  /** By player, 0 to 1; of who has one at this step. */
  readonly equity: ReadonlyMap<string, number>;
}

export function PokerTable(props: PokerTableProps) {
  const { amount, hand, index, isMoving, step } = props;
  const { t } = useTranslation("hand");
  const { board, event, pot, pots } = step;
  const places = placesOf(hand);
  const isDealt = event.kind === "street";
  const fresh = isDealt && isMoving ? event.street.cards : [];
  return (
    <div
      className="poker-table"
      role="group"
      aria-label={t("tableOf", { count: hand.max_seats })}
      data-moving={isMoving}
      data-step={index}
    >
      <div className="poker-felt" aria-hidden="true" />
      <div className="poker-middle">
        {hasBoard(hand.game_type) && (
          <div
            className="poker-board"
            {...(board.length === 0
              ? { "aria-hidden": true }
              : { role: "group", "aria-label": t("board") })}
          >
            {Array.from({ length: BOARD_CARDS }, (_, place) => {
              const card = board[place];
              return card === undefined ? (
                // oxlint-disable-next-line react/no-array-index-key -- a place, not a card
                <span key={place} className="poker-board-place" aria-hidden="true" />
              ) : (
                <span key={card} className={fresh.includes(card) ? "is-dealt" : undefined}>
                  <PlayingCard card={card} />
                </span>
              );
            })}
          </div>
        )}
        <p className="poker-pot" data-pot={pot} hidden={pot === 0}>
          <Chips />
          <span>{t("potIs", { amount: amount(pot) })}</span>
        </p>
        {pots.length > 1 && (
          <ul className="poker-pots">
            {pots.map(({ amount: size, players }, place) => {
              const names = players.join(", ");
              return (
                <li
                  key={players.length}
                  title={
                    place === 0
                      ? t("mainPotOf", { players: names })
                      : t("sidePotOf", { number: place, players: names })
                  }
                >
                  {place === 0
                    ? t("mainPot", { amount: amount(size) })
                    : t("sidePot", { number: place, amount: amount(size) })}
                </li>
              );
            })}
          </ul>
        )}
        {step.rake > 0 && <p className="poker-rake">{t("rake", { amount: amount(step.rake) })}</p>}
      </div>
      <ul className="poker-seats">
        {step.seats.map((seat) => (
          <Seat key={seat.seat} {...props} seat={seat} place={places.get(seat.seat)} />
        ))}
      </ul>
    </div>
  );
}

/** Each seat's place, by its number: evenly around the table, the hero at the bottom, or the first player. */
function placesOf({ hero, seats }: HandBody): ReadonlyMap<number, SeatPlace> {
  const bottom = Math.max(
    0,
    seats.findIndex(({ player }) => player === hero),
  );
  const count = Math.max(2, seats.length);
  return new Map(
    seats.map(({ seat }, place) => [seat, seatPlace((place - bottom + count) % count, count)]),
  );
}

function Seat({
  amount,
  equity,
  hand,
  index,
  isMoving,
  isRevealed,
  place,
  seat,
  step,
  texts,
}: PokerTableProps & { readonly seat: SeatState; readonly place: SeatPlace | undefined }) {
  const { t } = useTranslation(["hand", "hands"]);
  const { money, percent } = useFormat();
  const { bet, held, isAllIn, player, stack, status, won } = seat;
  const about = hand.seats.find((one) => one.seat === seat.seat);
  const isActor = actorOf(step) === player;
  const isWinner = step.event.kind === "win" && isActor;
  const shown = isRevealed ? seat.cards : seat.open;
  const share = equity.get(player);
  const gathered = isMoving ? step.gathered.get(player) : undefined;
  const position = about?.position ?? null;
  const bounty = about?.bounty ?? null;
  const price = (cents: number) => t("hands:euro", { amount: money(cents) });
  return (
    <li
      className="poker-place"
      style={placeStyle(place)}
      data-player={player}
      data-status={status}
      data-actor={isActor}
      data-winner={isWinner}
      data-bottom={place?.wide.x === 50 && place.wide.y > 50}
    >
      <div className="poker-seat">
        {status !== "out" && held > 0 && (
          <span className="poker-hole" data-held={held} data-shown={shown.length}>
            <Cards
              cards={shown}
              down={status === "folded" ? 0 : held - shown.length}
              label={t("cardsOf", { player })}
              isDimmed={status === "folded"}
              isFanned={held > 2}
            />
          </span>
        )}
        <div className="poker-plate">
          <span className="poker-name" title={player}>
            {player}
          </span>
          <span className="poker-stack figure" data-stack={stack}>
            {status === "out" ? t("sitsOut") : isAllIn ? t("allIn") : amount(stack)}
          </span>
          {bounty !== null && (
            <span className="poker-bounty figure" title={t("bounty", { amount: price(bounty) })}>
              {price(bounty)}
            </span>
          )}
          {position !== null && (
            <abbr className="poker-position" title={t(`hands:position.${position}`)}>
              {position}
            </abbr>
          )}
          {hand.button === seat.seat && (
            <span className="poker-button" role="img" aria-label={t("dealer")} title={t("dealer")}>
              D
            </span>
          )}
          {share !== undefined && (
            <span
              className="poker-equity figure"
              aria-label={t("equity.now", { player, equity: percent(share) })}
              role="img"
              data-equity={share}
            >
              <span style={{ inlineSize: `${share * 100}%` }} />
              <b>{percent(share)}</b>
            </span>
          )}
        </div>
        {isActor && step.event.kind === "action" && (
          <span className="poker-does" key={index} aria-hidden="true">
            {texts.does(step.event.action)}
          </span>
        )}
        {isWinner && (
          <span className="poker-does is-won" key={index} aria-hidden="true">
            {t("wins", { amount: amount(won) })}
          </span>
        )}
      </div>
      {bet > 0 && (
        <span className="poker-bet figure" key={`bet ${bet}`} data-bet={bet}>
          <Chips />
          {amount(bet)}
        </span>
      )}
      {gathered !== undefined && (
        <span className="poker-bet is-going figure" key={`going ${index}`} aria-hidden="true">
          <Chips />
          {amount(gathered)}
        </span>
      )}
      {isWinner && isMoving && (
        <span className="poker-bet is-coming figure" key={`coming ${index}`} aria-hidden="true">
          <Chips />
        </span>
      )}
    </li>
  );
}

function placeStyle(place: SeatPlace | undefined): CSSProperties {
  if (place === undefined) return {};
  const { tall, tallBet, wide, wideBet } = place;
  return {
    "--wide-x": `${wide.x}%`,
    "--wide-y": `${wide.y}%`,
    "--tall-x": `${tall.x}%`,
    "--tall-y": `${tall.y}%`,
    "--wide-bet-x": `${wideBet.x}%`,
    "--wide-bet-y": `${wideBet.y}%`,
    "--tall-bet-x": `${tallBet.x}%`,
    "--tall-bet-y": `${tallBet.y}%`,
  } as CSSProperties;
}

/** A small stack of them. */
function Chips() {
  return (
    <svg className="poker-chips" viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
      {[14, 10.5, 7].map((y) => (
        <g key={y}>
          <ellipse cx="10" cy={y + 1.6} rx="8" ry="3.6" fill="#7a1526" />
          <ellipse cx="10" cy={y} rx="8" ry="3.6" fill="#d8384c" />
          <ellipse
            cx="10"
            cy={y}
            rx="6.2"
            ry="2.5"
            fill="none"
            stroke="#fff"
            strokeWidth="1.3"
            strokeDasharray="3 2.6"
          />
        </g>
      ))}
    </svg>
  );
}
