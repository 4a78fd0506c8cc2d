import { Labelled } from "../Labelled.tsx";
import type { Saying } from "../texts/AdminText.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { MAX_REASON_CHARACTERS } from "./adjustment.ts";

/** Why the house does something to a player's wallet: nothing is done without. */
export function ReasonInput({
  value,
  fault,
  isReadByPlayer = false,
  onChange,
}: {
  readonly value: string;
  readonly fault: Saying | null;
  readonly isReadByPlayer?: boolean;
  readonly onChange: (value: string) => void;
}) {
  const { t } = useAdminText();
  const left = MAX_REASON_CHARACTERS - value.trim().length;
  return (
    <Labelled
      label={t("player.reason")}
      note={t(isReadByPlayer ? "player.adjustReasonNote" : "player.reasonNote", { left })}
      fault={fault}
    >
      {(control) => (
        <input
          {...control}
          className="input"
          value={value}
          autoComplete="off"
          required
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}
