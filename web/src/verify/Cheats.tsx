import { useTranslation } from "react-i18next";
import { Cheats as ProofCheats } from "../proof/Cheats.tsx";
import type { Claim } from "./Claim.ts";
import { CHEATS, cheat } from "./cheats.ts";
import type { Cheat } from "./cheats.ts";

/** What may be altered in the account of a race. */
export function Cheats({
  claim,
  chosen,
  onCheat,
}: {
  /** As the house says it. */
  readonly claim: Claim;
  readonly chosen: Cheat | null;
  /** Null takes the alteration back. */
  readonly onCheat: (what: Cheat | null, altered: Claim) => void;
}) {
  const { t } = useTranslation("verify");
  return (
    <ProofCheats
      title={t("cheat.title")}
      lead={t("cheat.lead")}
      none={t("cheat.none")}
      cheats={CHEATS.map((what) => ({
        id: what,
        label: t(`cheat.what.${what}`),
        isPossible: cheat(claim, what) !== null,
      }))}
      chosen={chosen}
      onChoose={(what) => onCheat(what, (what === null ? null : cheat(claim, what)) ?? claim)}
    />
  );
}
