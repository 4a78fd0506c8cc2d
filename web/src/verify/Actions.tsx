import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Claim } from "./Claim.ts";
import { verdictOf } from "../proof/Step.ts";
import type { Step } from "./Step.ts";
import { saveFile } from "../http/saveFile.ts";

/** Ways to take the verification along. */
export function Actions({
  claim,
  steps,
}: {
  readonly claim: Claim;
  readonly steps: readonly Step[];
}) {
  const { t } = useTranslation("verify");
  const [said, setSaid] = useState("");
  const share = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      setSaid(t("actions.shared"));
    } catch {
      // Browsers keep the clipboard from pages that came over plain HTTP, and when they were told to.
      setSaid(t("actions.shareFailed", { link: location.href }));
    }
  };
  return (
    <div className="verify-actions">
      <button type="button" className="button is-small" onClick={() => void share()}>
        {t("actions.share")}
      </button>
      <button type="button" className="button is-small" onClick={() => print()}>
        {t("actions.print")}
      </button>
      <button type="button" className="button is-small" onClick={() => download(claim, steps)}>
        {t("actions.download")}
      </button>
      <span role="status" className="muted">
        {said}
      </span>
    </div>
  );
}

/** The account with the verification. Its first part is what the server gives, so the file can be checked again. */
function download(claim: Claim, steps: readonly Step[]): void {
  const verification = { verdict: verdictOf(steps), steps };
  const json = JSON.stringify({ ...claim, verification }, null, 2);
  saveFile({ name: `race-${claim.race_id}.json`, type: "application/json", text: json });
}
