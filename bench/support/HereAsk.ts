/** Asks a kind without state in this process: what of a cluster is left when there is none. */
import type { Ask, AskOptions } from "../../src/actor/Ask.ts";
import type { Clock } from "../../src/actor/Clock.ts";
import { type AnyOutcome, type Payload, unavailable } from "../../src/actor/Message.ts";
import type { StatelessKind } from "../../src/actor/StatelessKind.ts";

const PATIENCE_MS = 60_000;

export const hereAsk = ({ carryOut }: StatelessKind, clock: Clock): Ask =>
  ((_: unknown, tag: string, payload: Payload, options?: AskOptions) =>
    new Promise<AnyOutcome>((resolve) =>
      carryOut({
        tag,
        payload,
        requestId: options?.requestId,
        by: options?.by,
        fingerprint: options?.fingerprint,
        deadline: clock.now() + (options?.timeoutMs ?? PATIENCE_MS),
        answer: resolve,
        moved: () => resolve(unavailable("it is closed", 0)),
      }),
    )) as unknown as Ask;
