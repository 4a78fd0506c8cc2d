/** Notices: what a browser is told when nobody looks at the page. Each language says all of them. */

/** What the service worker shows; a later notice with the same `tag` takes the place of an earlier one. */
export interface Notice {
  readonly title: string;
  readonly body: string;
  /** Where a click leads, on this server. */
  readonly url: string;
  readonly tag: string;
}

export type NoticeLanguage = "en" | "es";

export interface RunningOut {
  readonly phase: "selection" | "checkout";
  readonly reservationId: string;
  readonly raffleId: string;
  readonly raffleTitle: string;
  /** How many numbers would be free again. */
  readonly numbers: number;
  readonly secondsLeft: number;
}

export interface Drawn {
  readonly raffleId: string;
  readonly raffleTitle: string;
  /** The names of the prizes that the player has won, the first prize first. */
  readonly prizes: ReadonlyArray<string>;
}

interface Words {
  readonly runningOut: (it: RunningOut) => readonly [title: string, body: string];
  readonly drawn: (it: Drawn) => readonly [title: string, body: string];
  readonly won: (it: Drawn) => readonly [title: string, body: string];
}

const WORDS: Readonly<Record<NoticeLanguage, Words>> = {
  en: {
    runningOut: ({ numbers, raffleTitle, secondsLeft }) => [
      "Your time is running out",
      `${raffleTitle}: in ${secondsLeft} seconds your ${numbers === 1 ? "number is" : `${numbers} numbers are`} free for others.`,
    ],
    drawn: ({ raffleTitle }) => [
      "The draw has taken place",
      `${raffleTitle}: see the winning numbers and check the draw yourself.`,
    ],
    won: ({ prizes, raffleTitle }) => ["You have won!", `${raffleTitle}: ${prizes.join(", ")}.`],
  },
  es: {
    runningOut: ({ numbers, raffleTitle, secondsLeft }) => [
      "Se te acaba el tiempo",
      `${raffleTitle}: en ${secondsLeft} segundos ${numbers === 1 ? "tu número queda libre" : `tus ${numbers} números quedan libres`} para otros.`,
    ],
    drawn: ({ raffleTitle }) => [
      "El sorteo se ha celebrado",
      `${raffleTitle}: mira los números premiados y comprueba el sorteo tú mismo.`,
    ],
    won: ({ prizes, raffleTitle }) => ["¡Has ganado!", `${raffleTitle}: ${prizes.join(", ")}.`],
  },
};

const notice = (
  [title, body]: readonly [title: string, body: string],
  url: string,
  tag: string,
): Notice => ({ title, body, url, tag });

/** Leads to where the player was: among the numbers, or at the checkout. */
export const runningOutNotice = (language: NoticeLanguage, it: RunningOut): Notice =>
  notice(
    WORDS[language].runningOut(it),
    it.phase === "checkout"
      ? `/#/checkout/${encodeURIComponent(it.reservationId)}`
      : `/#/raffles/${encodeURIComponent(it.raffleId)}`,
    `reservation:${it.reservationId}`,
  );

/** That the draw has taken place; to a winner, that and what was won. */
export const drawnNotice = (language: NoticeLanguage, it: Drawn): Notice => {
  const words = WORDS[language];
  return notice(
    it.prizes.length > 0 ? words.won(it) : words.drawn(it),
    `/#/raffles/${encodeURIComponent(it.raffleId)}/draw`,
    `draw:${it.raffleId}`,
  );
};
