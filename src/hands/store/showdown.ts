import type { Hand } from "../../../rpc/hand.ts";

/** Who was in at the end with another, in any game; nobody where all others had folded. */
export const playersAtShowdown = ({ results, streets }: Hand): ReadonlySet<string> => {
  const live = new Set(results.map(({ player }) => player));
  for (const { actions } of streets)
    for (const { kind, player } of actions) if (kind === "fold") live.delete(player);
  return live.size > 1 ? live : new Set();
};
