export const bets = {};
