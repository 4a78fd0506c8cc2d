/** What a client wants to be done once, and what a gateway does it with. */
import type { LookUp } from "../../entities/reservation/known.ts";
import type { Ask } from "../../src/actor/Ask.ts";
import type { AnyOutcome } from "../../src/actor/Message.ts";

export interface Gateway {
  readonly ask: Ask;
  readonly lookUp: LookUp;
  readonly wait: (ms: number) => Promise<void>;
}

export interface Wish {
  readonly what: string;
  readonly do: (gateway: Gateway) => Promise<AnyOutcome>;
  /** Its answer is whatever is there at the moment. */
  readonly isQuery?: boolean;
}
