/** The name by which an address is counted. */

const IPV4_IN_IPV6 = "00000000000000000000ffff";

/** An IPv6 client counts by its /64, of which one household has 2^64 addresses. `bytes` as uWebSockets gives them. */
export const addressKey = (bytes: ArrayBuffer): string => {
  const hex = Buffer.from(bytes).toString("hex");
  if (hex.length !== 32) return hex;
  return hex.startsWith(IPV4_IN_IPV6) ? hex.slice(24) : hex.slice(0, 16);
};
