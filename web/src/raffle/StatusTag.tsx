import { useTranslation } from "react-i18next";
import type { RaffleBody } from "../../../sdk/src/index.ts";

const KINDS: Readonly<Record<RaffleBody["status"], string>> = {
  draft: "",
  active: " is-good",
  suspended: " is-note",
  closed: " is-note",
  completed: "",
  cancelled: " is-bad",
};

export function StatusTag({ status }: { readonly status: RaffleBody["status"] }) {
  const { t } = useTranslation("raffle");
  return (
    <span className={`tag${KINDS[status]}`} data-status={status}>
      {t(`status.${status}`)}
    </span>
  );
}
