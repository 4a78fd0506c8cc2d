/** The browser reads the text after the click, on a busy machine seconds later; until then its address has to hold. */
const HELD_MS = 60_000;

export interface TextFile {
  readonly name: string;
  /** MIME type, such as `text/csv`. */
  readonly type: string;
  readonly text: string;
}

/** Gives the player a file to keep. */
export function saveFile({ name, type, text }: TextFile): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), HELD_MS);
}
