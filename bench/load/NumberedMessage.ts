/**
 * A message that is made once and sent many times, each time with another number in it. Building a JSON text, encoding
 * it and framing it for every request would cost the load client more than the request costs the server; here a
 * request is one copy of the bytes and a few digits written over them.
 *
 * The text has the placeholder `NUMBER_SLOT` wherever the number goes. The number always fills the slot, zero-padded, so
 * lengths (a frame's, an HTTP body's) never change.
 */

/** Twelve digits: more requests than any run sends. */
const SLOT_DIGITS = 12;
export const NUMBER_SLOT = "#".repeat(SLOT_DIGITS);

const ZERO = 0x30;

const slotsIn = (bytes: Buffer) => {
  const slots: Array<number> = [];
  for (
    let at = bytes.indexOf(NUMBER_SLOT);
    at >= 0;
    at = bytes.indexOf(NUMBER_SLOT, at + SLOT_DIGITS)
  )
    slots.push(at);
  return slots;
};

/** The number as it stands in the message. */
export const numberText = (number: number) => String(number).padStart(SLOT_DIGITS, "0");

export class NumberedMessage {
  readonly #template: Buffer;
  readonly #slots: ReadonlyArray<number>;
  readonly length: number;

  constructor(bytes: Buffer) {
    this.#template = bytes;
    this.#slots = slotsIn(bytes);
    this.length = bytes.length;
  }

  /** Writes the message with `number` in its slots into `target` at `offset`; returns where it ends. */
  write(number: number, target: Buffer, offset: number): number {
    this.#template.copy(target, offset);
    for (const slot of this.#slots) {
      let rest = number;
      for (let at = offset + slot + SLOT_DIGITS - 1; at >= offset + slot; at -= 1) {
        target[at] = ZERO + (rest % 10);
        rest = Math.floor(rest / 10);
      }
    }
    return offset + this.length;
  }
}
