import { useState } from "react";
import type { PlayerBody } from "../../../../rpc/http/admin/players.ts";
import { ActDialog } from "../ActDialog.tsx";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";

/** Freezes the wallet or lets it go on, with the reason. Twice is as good as once, so it can be asked again without a key. */
export function FreezeWallet({
  player: { player_id: playerId, account },
  isFrozen,
  onDone,
}: {
  readonly player: PlayerBody;
  readonly isFrozen: boolean;
  readonly onDone: (said: string) => void;
}) {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const [isAsking, setIsAsking] = useState(false);
  const act = isFrozen ? "unfreeze" : "freeze";
  return (
    <>
      <button
        type="button"
        className={isFrozen ? "button is-small" : "button is-small is-danger"}
        onClick={() => setIsAsking(true)}
      >
        {t(`player.${act}`)}
      </button>
      {isAsking && (
        <ActDialog
          title={t(`player.${act}Ask`, { name: account?.display_name ?? playerId })}
          action={t(`player.${act}`)}
          isFinal={!isFrozen}
          act={(reason) => client[act](playerId, reason)}
          onDone={() => {
            setIsAsking(false);
            onDone(t(`player.${act}Done`));
          }}
          onClose={() => setIsAsking(false)}
        >
          <p>{t(isFrozen ? "player.unfreezeMeans" : "player.frozenMeans")}</p>
        </ActDialog>
      )}
    </>
  );
}
