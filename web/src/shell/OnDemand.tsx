import { createElement, useEffect, useState } from "react";
import type { ComponentType } from "react";
import { notify } from "./notify.ts";

/**
 * A part of the page whose code is loaded when it is first wanted; nothing until it is there. When the code does not
 * come, the player is told, and the next time it is wanted it is asked for again.
 */
export function OnDemand<Props extends object>({
  load,
  isWanted,
  with: props,
}: {
  /** Always the same function: another one is another part. */
  readonly load: () => Promise<{ readonly default: ComponentType<Props> }>;
  readonly isWanted: boolean;
  /** What the part is given. */
  readonly with: Props;
}) {
  const [part, setPart] = useState<{ readonly default: ComponentType<Props> } | null>(null);
  const isMissing = isWanted && part === null;
  useEffect(() => {
    if (!isMissing) return undefined;
    let isWaiting = true;
    load().then(
      (module) => {
        if (isWaiting) setPart(module);
      },
      () => notify({ kind: "note", text: { key: "shell:partMissing" }, id: "part-missing" }),
    );
    return () => {
      isWaiting = false;
    };
  }, [load, isMissing]);
  return part === null ? null : createElement(part.default, props);
}
