import { Labelled } from "./Labelled.tsx";
import type { Saying } from "./texts/AdminText.ts";
import { useAdminText } from "./texts/useAdminText.ts";
import { MAX_REASON_CHARACTERS } from "./reason.ts";

const NOTES = {
  house: "player.reasonNote",
  player: "player.adjustReasonNote",
  everyone: "raffle.reasonNote",
} as const;

/** Why the house does something to a player's wallet, or to a raffle: nothing is done without. */
export function ReasonInput({
  value,
  fault,
  reader = "house",
  onChange,
}: {
  readonly value: string;
  readonly fault: Saying | null;
  /** Who reads it, beside the journal of acts. */
  readonly reader?: keyof typeof NOTES;
  readonly onChange: (value: string) => void;
}) {
  const { t } = useAdminText();
  const left = MAX_REASON_CHARACTERS - value.trim().length;
  return (
    <Labelled label={t("player.reason")} note={t(NOTES[reader], { left })} fault={fault}>
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
