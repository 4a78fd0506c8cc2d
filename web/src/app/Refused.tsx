import type { Refusal } from "../connection/Outbox.ts";
import { refusalTitle } from "../bets/refusalTitles.ts";

/** Why a command was not carried out; read out at once. */
export function Refused({ refusal }: { readonly refusal: Refusal }) {
  return (
    <div className="notice is-bad" role="alert" data-code={refusal.code}>
      <div>
        <strong>{refusalTitle(refusal.code)}</strong>
        {refusal.detail}
      </div>
    </div>
  );
}
