/**
 * What players were shown of a raffle's numbers. Each look bears the version that it saw: it shows whose the numbers were
 * then, it never goes back, and whoever was told of a change sees it from then on.
 */
import { intentDigest } from "../../entities/intent.ts";
import type { PlayerId } from "../../rpc/id.ts";
import type { Find } from "./Finding.ts";
import type { Body, Intent } from "./History.ts";
import type { RaffleBook } from "./RaffleBook.ts";
import { checkOrder, type Seen } from "./SeenOrder.ts";

export const checkLooks = (
  intents: ReadonlyArray<Intent>,
  books: ReadonlyMap<string, RaffleBook>,
  find: Find,
): void => {
  for (const book of books.values()) {
    const subject = `raffle ${book.raffleId}`;
    const bad = (sentence: string) => find({ promise: "linearizable", subject, sentence });
    const looks: Array<Seen> = [];
    const told: Array<Seen> = [];
    for (const intent of intents) {
      const { answers, invokedAt, playerId, request } = intent;
      const answer = answers[0];
      if (answer === undefined || answer.status >= 400) continue;
      const { at: answeredAt, body } = answer;
      if (request.kind === "look" && request.raffleId === book.raffleId) {
        const version = Number(body["state_version"]);
        looks.push({ name: `look ${request.key}`, invokedAt, answeredAt, version });
        for (const sentence of compare(book, version, playerId, body))
          bad(`look ${request.key} of ${playerId} ${sentence}`);
      } else {
        const version = book.versionAfter(commandOf(intent));
        if (version === undefined || raffleIn(body) !== book.raffleId) continue;
        told.push({ name: `${request.kind} ${request.key}`, invokedAt, answeredAt, version });
      }
    }
    checkOrder(looks, told, bad);
  }
};

const commandOf = ({ playerId, request: { key } }: Intent) =>
  `act:${intentDigest({ playerId: playerId as PlayerId, key, requestId: "" })}`;

const raffleIn = ({ reservation }: Body) => (reservation as Body | undefined)?.["raffle_id"];

/** What is wrong with the answer to a look. */
const compare = (
  book: RaffleBook,
  version: number,
  playerId: string,
  { bitmap, numbers }: Body,
): ReadonlyArray<string> => {
  const owners = book.ownersAt(version);
  if (owners === undefined) return [`saw version ${version}, which the journal does not have`];
  const owned = (of: (owner: { readonly playerId: string; readonly isSold: boolean }) => boolean) =>
    [...owners]
      .flatMap(([number, owner]) => (of(owner) ? [number] : []))
      .toSorted((one, other) => one - other)
      .join();
  const { reserved, sold } = bitmap as { readonly reserved: string; readonly sold: string };
  const mine = (numbers as ReadonlyArray<{ readonly number: number }>).map(({ number }) => number);
  return [
    ["its own", mine.join(), owned((owner) => owner.playerId === playerId)],
    ["reserved", bitsOf(reserved), owned(({ isSold }) => !isSold)],
    ["sold", bitsOf(sold), owned(({ isSold }) => isSold)],
  ].flatMap(([what, saw, has]) =>
    saw === has ? [] : [`saw ${saw} ${what} at version ${version}, and the journal has ${has}`],
  );
};

/** The numbers of a bitmap, ascending. */
const bitsOf = (base64: string): string => {
  const bytes = Buffer.from(base64, "base64");
  const numbers: Array<number> = [];
  for (let n = 0; n < bytes.length * 8; n++)
    if ((((bytes[n >> 3] ?? 0) >> (n & 7)) & 1) === 1) numbers.push(n);
  return numbers.join();
};
