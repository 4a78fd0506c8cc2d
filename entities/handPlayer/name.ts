/** The site and the player whom an entity's id names: `handPlayerId` (rpc/handPlayer.ts) read backwards. */
export const nameIn = (entityId: string): { readonly site: string; readonly player: string } => {
  const colon = entityId.indexOf(":");
  if (colon < 0) throw new Error(`${entityId} is not the id of a recorded player`);
  return {
    site: entityId.slice(0, colon),
    player: decodeURIComponent(entityId.slice(colon + 1)),
  };
};
