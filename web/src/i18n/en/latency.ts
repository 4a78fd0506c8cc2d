export const latency = {};
