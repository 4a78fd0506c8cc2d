/** One thing after another, and no more that wait than can be served soon. */
export class Turns {
  readonly #maxWaiting: number;
  #underWay = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(maxWaiting: number) {
    this.#maxWaiting = maxWaiting;
  }

  /** Does it when everything before is done; undefined when too many wait already. */
  take<A>(thing: () => Promise<A>): Promise<A> | undefined {
    if (this.#underWay > this.#maxWaiting) return undefined;
    this.#underWay += 1;
    const turn = this.#last.then(thing).finally(() => {
      this.#underWay -= 1;
    });
    // How it ends is for whoever asked; the next waits for the end alone.
    const ended = () => undefined;
    this.#last = turn.then(ended, ended);
    return turn;
  }
}
