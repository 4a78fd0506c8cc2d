// Loaded before a server (`node --import`): its wall clock is CLOCK_AHEAD_MS ahead. Timers run as they do.
const aheadMs = Number(process.env.CLOCK_AHEAD_MS);
const now = Date.now;
Date.now = () => now() + aheadMs;
