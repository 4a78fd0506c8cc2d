/**
 * Is there an order of operations, each at one moment between its call and its answer, in which a sequential model gives
 * every answer that was given? The search of Wing and Gong (1993) with Lowe's memory of where it has been (2017): take an
 * operation that no unfinished one precedes; if the model allows it, go on without it; if nothing can be taken before
 * some operation's answer, go back. The same set of operations with the same state is never tried twice.
 *
 * An operation without an answer may take effect at any time after its call. `required` says that it is known to have
 * done so; otherwise it may also never have.
 */

export interface Operation<Action> {
  readonly invokedAt: number;
  /** Infinity for one that was never answered. */
  readonly answeredAt: number;
  readonly required: boolean;
  readonly action: Action;
}

export interface Model<State, Action> {
  readonly initial: State;
  /** The state after the action; undefined when it cannot happen, or not with this answer, in this state. */
  readonly step: (state: State, action: Action) => State | undefined;
  /** Equal for equal states. */
  readonly key: (state: State) => string;
}

export type Linearized<State, Action> =
  | { readonly _tag: "Linearizable"; readonly order: ReadonlyArray<Operation<Action>> }
  /** `blocked` was answered, and no order explains its answer; `state` is where the longest attempt came to. */
  | {
      readonly _tag: "NotLinearizable";
      readonly blocked: Operation<Action>;
      readonly state: State;
      readonly explained: number;
    }
  /** The search has taken its bound of steps. */
  | { readonly _tag: "Undecided" };

/** Some hundred times what a run's busiest wallet needs. */
const MAX_STEPS = 5_000_000;

/** A call or an answer in the order of time, in a list from which a taken operation is cut out and put back. */
interface Node<Action> {
  readonly operation: Operation<Action>;
  readonly index: number;
  /** The operation's answer, where it has one; undefined in an answer. */
  readonly answer: Node<Action> | undefined;
  readonly isCall: boolean;
  previous: Node<Action> | undefined;
  next: Node<Action> | undefined;
}

const cut = <Action>(node: Node<Action>): void => {
  if (node.previous !== undefined) node.previous.next = node.next;
  if (node.next !== undefined) node.next.previous = node.previous;
};

const putBack = <Action>(node: Node<Action>): void => {
  if (node.previous !== undefined) node.previous.next = node;
  if (node.next !== undefined) node.next.previous = node;
};

/** The list's head is no event: what comes first is after it. */
const listOf = <Action>(operations: ReadonlyArray<Operation<Action>>): Node<Action> => {
  const moments: Array<{ readonly at: number; readonly node: Node<Action> }> = [];
  const node = (
    operation: Operation<Action>,
    index: number,
    answer: Node<Action> | undefined,
    isCall: boolean,
  ): Node<Action> => ({ operation, index, answer, isCall, previous: undefined, next: undefined });
  operations.forEach((operation, index) => {
    const { answeredAt, invokedAt, required } = operation;
    // Nobody waits for one that need not have happened: it has no answer.
    const answer =
      required || answeredAt < Infinity ? node(operation, index, undefined, false) : undefined;
    moments.push({ at: invokedAt, node: node(operation, index, answer, true) });
    if (answer !== undefined) moments.push({ at: answeredAt, node: answer });
  });
  // At one time calls come first: such operations may be taken in either order.
  moments.sort((one, other) =>
    one.at === other.at ? Number(other.node.isCall) - Number(one.node.isCall) : one.at - other.at,
  );
  const head = node(
    { invokedAt: 0, answeredAt: 0, required: false, action: undefined as never },
    -1,
    undefined,
    false,
  );
  let last = head;
  for (const { node } of moments) {
    last.next = node;
    node.previous = last;
    last = node;
  }
  return head;
};

/** A number of 32 bits for each index: sets of operations are told apart by two of these sums (Zobrist). */
const scatter = (index: number, salt: number): number => {
  let x = Math.imul(index + 1, 0x9e3779b1) ^ salt;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
};

export const linearize = <State, Action>(
  operations: ReadonlyArray<Operation<Action>>,
  model: Model<State, Action>,
): Linearized<State, Action> => {
  const head = listOf(operations);
  const seen = new Set<string>();
  const taken: Array<{ readonly node: Node<Action>; readonly before: State }> = [];
  let waiting = 0;
  for (let node = head.next; node !== undefined; node = node.next) if (!node.isCall) waiting++;
  let state = model.initial;
  let low = 0;
  let high = 0;
  let furthest: { blocked: Operation<Action>; state: State; explained: number } | undefined;
  let steps = 0;
  let node = head.next;
  while (waiting > 0) {
    if (++steps > MAX_STEPS) return { _tag: "Undecided" };
    if (node !== undefined && node.isCall) {
      const after = model.step(state, node.operation.action);
      const nextLow = low ^ scatter(node.index, 1);
      const nextHigh = high ^ scatter(node.index, 2);
      const key = after === undefined ? "" : `${nextLow}.${nextHigh}|${model.key(after)}`;
      if (after !== undefined && !seen.has(key)) {
        seen.add(key);
        taken.push({ node, before: state });
        [state, low, high] = [after, nextLow, nextHigh];
        cut(node);
        if (node.answer !== undefined) {
          cut(node.answer);
          waiting--;
        }
        node = head.next;
      } else node = node.next;
      continue;
    }
    // An answer of one that cannot be taken now, or the end: what was taken last was wrong.
    if (node !== undefined && (furthest === undefined || taken.length > furthest.explained))
      furthest = { blocked: node.operation, state, explained: taken.length };
    const last = taken.pop();
    if (last === undefined) {
      if (furthest === undefined) throw new Error("operations wait, and none is in the list");
      return { _tag: "NotLinearizable", ...furthest };
    }
    const { answer } = last.node;
    if (answer !== undefined) {
      putBack(answer);
      waiting++;
    }
    putBack(last.node);
    state = last.before;
    low ^= scatter(last.node.index, 1);
    high ^= scatter(last.node.index, 2);
    node = last.node.next;
  }
  return { _tag: "Linearizable", order: taken.map(({ node }) => node.operation) };
};
