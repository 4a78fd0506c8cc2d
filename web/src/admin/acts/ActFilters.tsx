import { useId } from "react";
import { ALL_ACTS, ACT_WINDOWS } from "../route.ts";
import type { ActFilter } from "../route.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { navigate } from "../useRoute.ts";
import { ACT_KINDS, actText } from "./actKinds.ts";

/** Which acts are shown. It stands in the address, so that a view can be sent to someone. */
export function ActFilters({ filter }: { readonly filter: ActFilter }) {
  const { t } = useAdminText();
  const id = useId();
  const choose = (change: Partial<ActFilter>) =>
    navigate({ page: "acts", filter: { ...filter, ...change } }, "replace");
  const isAll = filter.by === null && filter.act === null && filter.within === null;
  return (
    <form
      className="acts-filters"
      aria-label={t("acts.filters")}
      onSubmit={(event) => event.preventDefault()}
    >
      <div>
        <label className="field-label" htmlFor={`${id}-act`}>
          {t("acts.act")}
        </label>
        <select
          id={`${id}-act`}
          className="input"
          value={filter.act ?? ""}
          onChange={(event) => choose({ act: event.target.value || null })}
        >
          <option value="">{t("acts.anyAct")}</option>
          {ACT_KINDS.map((act) => (
            <option key={act} value={act}>
              {actText(act, t)}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label className="field-label" htmlFor={`${id}-within`}>
          {t("acts.within")}
        </label>
        <select
          id={`${id}-within`}
          className="input"
          value={filter.within ?? ""}
          onChange={(event) => {
            const within = ACT_WINDOWS.find((window) => window === event.target.value) ?? null;
            choose({ within });
          }}
        >
          <option value="">{t("acts.ever")}</option>
          {ACT_WINDOWS.map((window) => (
            <option key={window} value={window}>
              {t(`acts.windows.${window}`)}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label className="field-label" htmlFor={`${id}-by`}>
          {t("acts.by")}
        </label>
        <input
          id={`${id}-by`}
          className="input"
          type="search"
          placeholder={t("acts.anyone")}
          value={filter.by ?? ""}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => choose({ by: event.target.value || null })}
        />
      </div>
      {!isAll && (
        <button
          type="button"
          className="button is-quiet"
          onClick={() => navigate({ page: "acts", filter: ALL_ACTS })}
        >
          {t("acts.clear")}
        </button>
      )}
    </form>
  );
}
