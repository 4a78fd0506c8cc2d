import { Labelled } from "../Labelled.tsx";
import type { Saying } from "../texts/AdminText.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { MAX_PRIZES } from "./raffleForm.ts";
import type { PrizeForm, RaffleField } from "./raffleForm.ts";

/** The prizes in the order in which they are drawn. */
export function PrizeInputs({
  prizes,
  faultOf,
  onChange,
}: {
  readonly prizes: readonly PrizeForm[];
  readonly faultOf: (field: RaffleField) => Saying | string | null;
  readonly onChange: (prizes: readonly PrizeForm[]) => void;
}) {
  const { t, tell } = useAdminText();
  const set = (index: number, part: Partial<PrizeForm>) =>
    onChange(prizes.map((prize, at) => (at === index ? { ...prize, ...part } : prize)));
  const ofAll = faultOf("prizes");
  const nextKey = Math.max(-1, ...prizes.map(({ key }) => key)) + 1;
  return (
    <fieldset className="raffle-prizes">
      <legend className="field-label">{t("raffleForm.prizes")}</legend>
      {prizes.map(({ description, key, name }, index) => (
        <div key={key} className="raffle-prize">
          <span className="raffle-prize-number figure" aria-hidden="true">
            {index + 1}
          </span>
          <Labelled
            label={t("raffleForm.prizeName", { number: index + 1 })}
            isLabelSeen={false}
            note={null}
            fault={faultOf(`prize.${index}`)}
          >
            {(control) => (
              <input
                {...control}
                className="input"
                placeholder={t("raffleForm.prizeNameExample")}
                value={name}
                autoComplete="off"
                onChange={(event) => set(index, { name: event.target.value })}
              />
            )}
          </Labelled>
          <input
            className="input"
            aria-label={t("raffleForm.prizeDescription", { number: index + 1 })}
            placeholder={t("raffleForm.prizeDescriptionExample")}
            value={description}
            autoComplete="off"
            onChange={(event) => set(index, { description: event.target.value })}
          />
          <button
            type="button"
            className="button is-quiet is-small"
            aria-label={t("raffleForm.removePrize", { number: index + 1 })}
            disabled={prizes.length === 1}
            onClick={() => onChange(prizes.filter((_, at) => at !== index))}
          >
            <span aria-hidden="true">×</span>
          </button>
        </div>
      ))}
      {ofAll !== null && (
        <p className="form-note is-bad">{typeof ofAll === "string" ? ofAll : tell(ofAll)}</p>
      )}
      <button
        type="button"
        className="button is-small"
        disabled={prizes.length >= MAX_PRIZES}
        onClick={() => onChange([...prizes, { key: nextKey, name: "", description: "" }])}
      >
        <span aria-hidden="true">+</span> {t("raffleForm.addPrize")}
      </button>
    </fieldset>
  );
}
