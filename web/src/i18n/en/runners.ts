export const runners = {};
