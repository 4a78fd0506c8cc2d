export const lobbies = {};
