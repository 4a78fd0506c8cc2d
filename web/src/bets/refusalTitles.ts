/** Headings for the protocol's refusal codes; the detail below them is the server's. */
const TITLES: Readonly<Record<string, string>> = {
  abandoned: "Outcome unknown",
  bet_cancelled_already: "Cancelled before",
  betting_closed: "Betting is closed",
  cooldown: "Not ready yet",
  insufficient_funds: "Not enough money",
  invalid_selection: "This bet cannot be made",
  not_racing: "The race is not on",
  player_limit: "Your limit for this market",
  power_cap_reached: "Your limit for powers",
  power_price_changed: "The price has changed",
  stake_above_max: "Stake too high",
  stake_below_min: "Stake too low",
};

export function refusalTitle(code: string): string {
  return TITLES[code] ?? "Refused";
}
