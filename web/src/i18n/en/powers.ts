export const powers = {};
