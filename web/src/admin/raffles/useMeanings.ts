import type { RaffleBooksBody } from "../../../../rpc/http/raffle.ts";
import type { RaffleBody } from "../../../../rpc/raffleBody.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import type { RaffleCalls } from "./RaffleCalls.ts";
import { drawCancels, split } from "./acts.ts";

const PER_MILLE = 1_000;

/** What an act will do to this raffle as it stands, in sentences with its own figures. */
export function useMeanings({
  act,
  raffle,
  books,
}: {
  readonly act: Parameters<RaffleCalls["actOnRaffle"]>[1];
  readonly raffle: RaffleBody;
  readonly books: RaffleBooksBody | null;
}): readonly string[] {
  const { t } = useAdminText();
  const format = useFormat();
  const at = format.dateTime(raffle.draw_at);
  const numbers = format.number(raffle.total_numbers);
  const sold = format.number(raffle.sold_count);
  const { feeMinor, grossMinor, payoutMinor } = split(raffle);
  const refund =
    raffle.sold_count === 0
      ? t("raffle.means.nothingToRefund")
      : books === null
        ? t("raffle.means.refundsUnknown", { total: format.money(grossMinor) })
        : t("raffle.means.refunds", { count: books.sales, total: format.money(grossMinor) });
  const freed =
    raffle.reserved_count === 0 ? [] : [t("raffle.means.freed", { count: raffle.reserved_count })];
  switch (act) {
    case "publish":
      return [
        t("raffle.means.publish", { numbers, price: format.money(raffle.ticket_price), at }),
        t("raffle.means.publishFixed"),
      ];
    case "suspend":
      return [t("raffle.means.suspend"), t("raffle.means.suspendReserved")];
    case "resume":
      return [t("raffle.means.resume", { at })];
    case "close":
      return [t("raffle.means.close", { sold, at }), ...freed];
    case "draw":
      if (drawCancels(raffle)) {
        return [
          raffle.sold_count === 0
            ? t("raffle.means.drawNothing")
            : t("raffle.means.drawTooFew", {
                sold: format.percent(raffle.sold_count / raffle.total_numbers),
                least: format.percent(raffle.min_sold_percent / 100, 0),
              }),
          refund,
        ];
      }
      return [
        t("raffle.means.draw", { count: raffle.prizes.length, sold }),
        ...(raffle.status === "closed" ? [] : freed),
        ...(raffle.beacon === null ? [] : [t("raffle.means.drawBeacon")]),
        t(raffle.organiser_id === null ? "raffle.means.moneyHouse" : "raffle.means.money", {
          gross: format.money(grossMinor),
          fee: format.money(feeMinor),
          share: format.percent(raffle.fee_per_mille / PER_MILLE),
          payout: format.money(payoutMinor),
        }),
      ];
    case "cancel":
      return [t("raffle.means.cancel"), refund, ...freed];
  }
}
