/** What DuckDB says of a statement that it cannot carry out, in one sentence for the one who wrote it. */

const MAX_CHARACTERS = 500;

/** By how its message begins. What is not here says something about the statement itself, and is passed on. */
const SENTENCES: ReadonlyArray<readonly [begin: RegExp, sentence: string]> = [
  [/^Permission Error/, "A query can read the tables of the export and nothing else."],
  [
    /^Out of Memory Error/,
    "The query needs more memory than it may use. Ask for fewer rows or columns, or group by less.",
  ],
  [/^(INTERNAL|FATAL) Error/, "DuckDB failed on this query. Write it in another way."],
  [/^Error in native callback/, "There is no statement. Write one SELECT."],
];

export const failureSentence = (message: string): string => {
  const known = SENTENCES.find(([begin]) => begin.test(message));
  if (known !== undefined) return known[1];
  // What follows is the text of the query again, with a mark below it.
  const [first = ""] = message.split(/\n\s*\n|\nLINE \d+:/);
  const sentence = first
    .replace(/^[A-Za-z ]+ Error: /, "")
    .replaceAll(/\s+/g, " ")
    .trim();
  return sentence.length <= MAX_CHARACTERS ? sentence : `${sentence.slice(0, MAX_CHARACTERS)}…`;
};

/** A file has been replaced since the tables were opened. */
export const isFileGone = (message: string): boolean => message.startsWith("IO Error");
