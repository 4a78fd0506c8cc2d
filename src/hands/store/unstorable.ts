/**
 * What of a hand does not fit the tables. A parser of one site may take for granted what a site would never write; the
 * tables are there for whatever anyone sends.
 */
import type { Hand } from "../../../rpc/hand.ts";
import type { TournamentSummary } from "../winamax/Summary.ts";

/** As long as a name may be that is asked for (`PlayerName` of rpc/http/hand.ts); an index takes no more than some 2,700 bytes. */
const MAX_NAME = 80;
/** The same of `hand_id` in the path. */
const MAX_HAND_ID = 128;
/** Tables are named after tournaments, which are named by people. */
const MAX_TABLE = 200;
/** A column of 32 bits. */
const MAX_PLAYERS = 2 ** 31 - 1;
/** A thousand million: nobody plays for more, and the sums of many thousand such hands stay whole numbers. */
const MAX_AMOUNT = 1e11;

/** The reason, for people, or undefined when the hand can be stored. */
export const unstorable = (hand: Hand): string | undefined => {
  if (hand.handId.length > MAX_HAND_ID) return `an id longer than ${MAX_HAND_ID} characters`;
  if (hand.table.name.length > MAX_TABLE)
    return `a table with a name longer than ${MAX_TABLE} characters`;
  if (hand.results.some(({ player }) => player.length > MAX_NAME))
    return `a player with a name longer than ${MAX_NAME} characters`;
  // PostgreSQL has no text with the character zero in it.
  if (isBroken(hand.handId) || isBroken(hand.table.name) || hand.results.some(hasBrokenName))
    return "a name with a character in it that no name has";
  const amounts = [hand.totalPot, hand.rake, ...hand.results.map(({ put }) => put)];
  if (amounts.some((amount) => Math.abs(amount) > MAX_AMOUNT))
    return "an amount larger than any money there is";
  return undefined;
};

/** The same of a tournament's summary. */
export const unstorableSummary = (summary: TournamentSummary): string | undefined => {
  const { name, place, player, registeredPlayers, tournamentId, won } = summary;
  if (tournamentId.length > MAX_HAND_ID || player.length > MAX_NAME || name.length > MAX_TABLE)
    return "a name that is too long";
  if ([tournamentId, player, name].some(isBroken))
    return "a name with a character in it that no name has";
  if (Math.max(place ?? 0, registeredPlayers ?? 0) > MAX_PLAYERS)
    return "more players than there are people";
  return won > MAX_AMOUNT ? "an amount larger than any money there is" : undefined;
};

const isBroken = (text: string) => text.includes("\0");
const hasBrokenName = ({ player }: Hand["results"][number]) => isBroken(player);
