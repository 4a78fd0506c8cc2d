/**
 * A queue in which everyone has a turn: work is taken from one owner after the other, whoever has how much. An owner's own
 * work stays in order. So a question of ten thousand chunks delays one of three by three chunks, not by ten thousand.
 */
export class Turns<Work> {
  /** Owners in the order of their turns; none without work. */
  readonly #queues = new Map<string, Array<Work>>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(owner: string, work: Work): void {
    const queue = this.#queues.get(owner);
    if (queue === undefined) this.#queues.set(owner, [work]);
    else queue.push(work);
    this.#length++;
  }

  /** Work that was taken and has to be done again comes before all other. */
  addFirst(owner: string, work: Work): void {
    const queue = this.#queues.get(owner) ?? [];
    const others = [...this.#queues].filter(([other]) => other !== owner);
    this.#queues.clear();
    this.#queues.set(owner, [work, ...queue]);
    for (const [other, theirs] of others) this.#queues.set(other, theirs);
    this.#length++;
  }

  /** The next work of the owner whose turn it is; undefined when there is none. */
  take(): Work | undefined {
    const [next] = this.#queues;
    if (next === undefined) return undefined;
    const [owner, queue] = next;
    this.#queues.delete(owner);
    const work = queue.shift();
    if (queue.length > 0) this.#queues.set(owner, queue);
    this.#length--;
    return work;
  }

  /** Takes all that is left of one owner. */
  takeAllOf(owner: string): ReadonlyArray<Work> {
    const queue = this.#queues.get(owner) ?? [];
    this.#queues.delete(owner);
    this.#length -= queue.length;
    return queue;
  }

  /** Takes out what is like this, whoever's it is. */
  takeOut(isLike: (work: Work) => boolean): ReadonlyArray<Work> {
    const out: Array<Work> = [];
    for (const [owner, queue] of this.#queues) {
      const left = queue.filter((work) => !isLike(work));
      if (left.length === queue.length) continue;
      out.push(...queue.filter(isLike));
      // In its place, for the owner's turn stays when something of it does.
      if (left.length > 0) this.#queues.set(owner, left);
      else this.#queues.delete(owner);
    }
    this.#length -= out.length;
    return out;
  }

  /** Takes all that is left. */
  takeAll(): ReadonlyArray<Work> {
    const all = [...this.#queues.values()].flat();
    this.#queues.clear();
    this.#length = 0;
    return all;
  }
}
