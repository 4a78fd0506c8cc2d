import { useMemo, useState } from "react";
import { useAdminText } from "../texts/useAdminText.ts";
import { compare, countChanges, unmarked } from "./compare.ts";
import type { Json } from "./json.ts";
import { StateTree } from "./StateTree.tsx";
import type { Shown } from "./useEntity.ts";

/** The state at a version, and what the command that made it has changed. */
export function StatePanel({ shown }: { readonly shown: Shown }) {
  const { t } = useAdminText();
  const { entity, before } = shown;
  const [isOnlyChanges, setIsOnlyChanges] = useState(false);
  // The server's answer is JSON, whatever its shape.
  const state = entity.state as Json;
  const older = before === null ? undefined : (before.state as Json);
  const tree = useMemo(
    () =>
      state === null
        ? null
        : entity.version === 1 || older === undefined
          ? unmarked(state)
          : compare(older, state),
    [state, older, entity.version],
  );
  const changes = tree === null ? 0 : countChanges(tree);
  return (
    <section className="panel state" aria-labelledby="state-title">
      <div className="panel-head">
        <h2 id="state-title">{t("entity.state")}</h2>
        <span className="muted state-differs" role="status">
          {tree === null || before === null
            ? t("entity.firstVersion")
            : changes === 0
              ? t("entity.asVersion", { version: before.version })
              : t("entity.differs", { count: changes, version: before.version })}
        </span>
        {changes > 0 && (
          <label className="state-only">
            <input
              type="checkbox"
              checked={isOnlyChanges}
              onChange={(event) => setIsOnlyChanges(event.target.checked)}
            />{" "}
            {t("entity.onlyThese")}
          </label>
        )}
      </div>
      {entity.broken.map((sentence) => (
        <p key={sentence} className="notice is-bad state-broken" role="alert">
          <span>
            <strong>{t("entity.broken")}</strong>
            {sentence}
          </span>
        </p>
      ))}
      {entity.outstanding && (
        <p className="state-owes">
          <span className="tag is-note">{t("entity.owes")}</span> {t("entity.owesTo")}
        </p>
      )}
      {tree === null ? (
        <p className="empty">{t("entity.cannotFold")}</p>
      ) : (
        <StateTree
          root={tree}
          isOnlyChanges={isOnlyChanges && changes > 0}
          label={t("entity.state")}
        />
      )}
    </section>
  );
}
