/** `lobby:l_1` is the topic of entity `l_1` of kind `lobby`. */
export const splitTopic = (topic: string): { readonly kind: string; readonly entityId: string } => {
  const colon = topic.indexOf(":");
  return { kind: topic.slice(0, colon), entityId: topic.slice(colon + 1) };
};
