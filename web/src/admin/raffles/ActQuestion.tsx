import type { RaffleBooksBody } from "../../../../rpc/http/raffle.ts";
import type { RaffleBody } from "../../../../rpc/raffleBody.ts";
import { ActDialog } from "../ActDialog.tsx";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import type { RaffleAct } from "./RaffleCalls.ts";
import { isFinal, needsReason } from "./acts.ts";
import { useMeanings } from "./useMeanings.ts";

/** Says what an act will do to this raffle as it stands, and does it. Twice is as good as once, so it needs no key. */
export function ActQuestion({
  act,
  raffle,
  books,
  onDone,
  onClose,
}: {
  readonly act: RaffleAct;
  readonly raffle: RaffleBody;
  /** Null when it could not be read. */
  readonly books: RaffleBooksBody | null;
  readonly onDone: (said: string) => void;
  readonly onClose: () => void;
}) {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const meanings = useMeanings({ act, raffle, books });
  const asksReason = needsReason(act);
  return (
    <ActDialog
      title={t(`raffle.ask.${act}`, { title: raffle.title })}
      reader={asksReason ? "everyone" : null}
      action={t(`raffle.act.${act}`)}
      isFinal={isFinal(act)}
      act={(reason) => client.actOnRaffle(raffle.id, act, asksReason ? reason : null)}
      onDone={() => onDone(t(`raffle.done.${act}`))}
      onClose={onClose}
    >
      {meanings.map((meaning) => (
        <p key={meaning}>{meaning}</p>
      ))}
    </ActDialog>
  );
}
