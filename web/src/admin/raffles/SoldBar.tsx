import type { RaffleBody } from "../../../../rpc/raffleBody.ts";
import { useFormat } from "../../i18n/useFormat.ts";

/** Sold and reserved as parts of all numbers. */
export function SoldBar({ raffle }: { readonly raffle: RaffleBody }) {
  const format = useFormat();
  const { reserved_count: reserved, sold_count: sold, total_numbers: total } = raffle;
  const share = (count: number) => `${(100 * count) / total}%`;
  return (
    <>
      <span className="figure">
        {format.number(sold)} / {format.number(total)}
      </span>
      <span className="raffle-bar" aria-hidden="true">
        <span className="is-sold" style={{ width: share(sold) }} />
        <span className="is-reserved" style={{ width: share(reserved) }} />
      </span>
    </>
  );
}
