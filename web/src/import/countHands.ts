/** How many hands a history has: how often a line begins one. The server reads them; this is to know how many there are. */
const HEADER = /^\uFEFF?Winamax Poker - .{1,200} - HandId: #/gm;
/** More of a line than any header has. */
const CARRY_CHARS = 400;

export async function countHands(file: Blob): Promise<number> {
  const reader = file.stream().getReader();
  // Of what matters every encoding of histories has the same bytes.
  const decoder = new TextDecoder("latin1");
  let count = 0;
  let line = "";
  for (;;) {
    const { done, value } = await reader.read();
    const text = line + (value === undefined ? "" : decoder.decode(value, { stream: true }));
    const end = done ? text.length : text.lastIndexOf("\n") + 1;
    count += countIn(text.slice(0, end));
    line = text.slice(end).slice(0, CARRY_CHARS);
    if (done) return count;
  }
}

/** In whole lines. */
export const countIn = (text: string): number =>
  text.replace(/^ï»¿/, "").match(HEADER)?.length ?? 0;
