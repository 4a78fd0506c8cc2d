/** The list of tickets that a draw is made from. It is final when the sale is closed, and its hash is then public. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** A sold number as it stands in the list: the number, a colon, the reservation that bought it. */
export const ticketText = (number: number, reservationId: string): string =>
  `${number}:${reservationId}`;

/** SHA-256, in hex, of the tickets joined by commas. The list has them by ascending number. */
export const ticketsDigest = (tickets: ReadonlyArray<string>): string =>
  bytesToHex(sha256(utf8ToBytes(tickets.join(","))));
