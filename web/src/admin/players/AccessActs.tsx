import { useState } from "react";
import type { AccountBody } from "../../../../rpc/http/admin/players.ts";
import { ActDialog } from "../ActDialog.tsx";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";

type Act = "revokeTokens" | "grantAdmin" | "revokeAdmin";

/** What the house can do about how an account comes in, each with a reason. Twice is as good as once, so none has a key. */
export function AccessActs({
  playerId,
  account,
  onDone,
}: {
  readonly playerId: string;
  readonly account: AccountBody;
  readonly onDone: (said: string) => void;
}) {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const [asking, setAsking] = useState<Act | null>(null);
  const isGuestOut = asking === "revokeTokens" && account.username === null;
  return (
    <div className="access-acts">
      {actsOn(account).map((act) => (
        <button key={act} type="button" className="button is-small" onClick={() => setAsking(act)}>
          {t(`access.${act}`)}
        </button>
      ))}
      {asking !== null && (
        <ActDialog
          title={t(`access.${asking}Ask`, { name: account.display_name })}
          action={t(`access.${asking}`)}
          isFinal
          act={(reason) => client[asking](playerId, reason)}
          onDone={() => {
            setAsking(null);
            onDone(t(`access.${asking}Done`));
          }}
          onClose={() => setAsking(null)}
        >
          <p>{t(isGuestOut ? "access.guestOut" : `access.${asking}Means`)}</p>
        </ActDialog>
      )}
    </div>
  );
}

/** A guest has no password to come in with as an administrator. */
function actsOn({ roles, username }: AccountBody): readonly Act[] {
  if (roles.includes("admin")) return ["revokeTokens", "revokeAdmin"];
  return username === null ? ["revokeTokens"] : ["revokeTokens", "grantAdmin"];
}
