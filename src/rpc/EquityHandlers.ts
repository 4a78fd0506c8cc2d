/** `Equity.Ask` and `Equity.Watch`. Unlike commands, they end with their caller: what nobody hears need not be computed. */
import { Effect, Stream } from "effect";
import type {
  EquityAnswer,
  EquityProgress,
  EquityQuestion,
  EquityRefused,
} from "../../rpc/equity.ts";
import type { Unavailable } from "../../rpc/failure.ts";
import type { Outcome } from "../actor/Ask.ts";
import type { CallMeter } from "./CallMeter.ts";
import type { CallsInFlight } from "./CallsInFlight.ts";

export interface EquityService {
  /** `undefined` when `signal` was aborted. Never rejects. */
  readonly ask: (
    question: EquityQuestion,
    options: {
      readonly signal: AbortSignal;
      readonly onProgress?: (progress: EquityProgress) => void;
    },
  ) => Promise<Outcome<EquityAnswer, EquityRefused | Unavailable> | undefined>;
}

type Failure = EquityRefused | Unavailable;

/** What a slow listener has not read yet; older progress is dropped for newer. */
const MAX_UNREAD = 16;

export const equityHandlers = (equity: EquityService, calls: CallsInFlight, meter: CallMeter) => ({
  "Equity.Ask": (question: EquityQuestion): Effect.Effect<EquityAnswer, Failure> =>
    meter.call(
      "Equity.Ask",
      Effect.scoped(Effect.zipRight(calls.enter, answerTo(equity, question))),
    ),

  "Equity.Watch": (question: EquityQuestion): Stream.Stream<EquityProgress, Failure> =>
    meter.stream(
      "Equity.Watch",
      Stream.unwrapScoped(Effect.as(calls.enter, progressOf(equity, question))),
    ),
});

const answerTo = (
  equity: EquityService,
  question: EquityQuestion,
): Effect.Effect<EquityAnswer, Failure> =>
  Effect.async((resume, signal) => {
    void equity.ask(question, { signal }).then((outcome) => {
      // When nobody listens any more, there is nobody to tell.
      if (outcome?.ok === true) resume(Effect.succeed(outcome.value));
      else if (outcome !== undefined) resume(Effect.fail(outcome.error));
    });
  });

const progressOf = (
  equity: EquityService,
  question: EquityQuestion,
): Stream.Stream<EquityProgress, Failure> =>
  Stream.asyncPush<EquityProgress, Failure>(
    (emit) =>
      Effect.acquireRelease(
        Effect.sync(() => {
          const listening = new AbortController();
          /** Chunks of the question, as the last progress had them. */
          let of = 1;
          const onProgress = (progress: EquityProgress) => {
            of = progress.of;
            emit.single(progress);
          };
          void equity.ask(question, { signal: listening.signal, onProgress }).then((outcome) => {
            if (outcome?.ok === false) emit.fail(outcome.error);
            if (outcome?.ok !== true) return;
            emit.single({ ...outcome.value, done: of, of });
            emit.end();
          });
          return listening;
        }),
        (listening) => Effect.sync(() => listening.abort()),
      ),
    { bufferSize: MAX_UNREAD, strategy: "sliding" },
  );
