import type { RaffleBody } from "../../../../rpc/raffleBody.ts";
import { useAdminText } from "../texts/useAdminText.ts";

const TONES: Readonly<Record<RaffleBody["status"], string>> = {
  draft: "",
  active: "is-good",
  suspended: "is-note",
  closed: "is-note",
  completed: "",
  cancelled: "is-bad",
};

export function StatusTag({ status }: { readonly status: RaffleBody["status"] }) {
  const { t } = useAdminText();
  return (
    <span className={`tag ${TONES[status]}`} data-status={status}>
      {t(`raffles.status.${status}`)}
    </span>
  );
}
