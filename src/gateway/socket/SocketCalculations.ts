/** Equity over `/ws`: progress as it is made, the answer last; cancelled by the client or by its going away. */
import { Schema } from "effect";
import type { ClientFrame, ServerFrame } from "../../../rpc/frames.ts";
import { RateLimited, ValidationFailed } from "../../../rpc/http/failure.ts";
import { Cancelled, MultiwayBody } from "../../../rpc/http/equity.ts";
import type { Failure } from "../../../rpc/http/problem.ts";
import type { Calculation, Calculations } from "../Calculations.ts";
import { multiwayBody, progressBody, questionOf } from "../EquityWire.ts";
import type { Socket } from "./Socket.ts";

/** A calculator on the screen and a hand's replay beside it; each may keep all threads busy for minutes. */
const MAX_AT_ONCE = 4;
const BUSY_RETRY_MS = 500;

type Asked = Extract<ClientFrame, { readonly type: "CALCULATE_EQUITY" }>;

/** The same question by REST says what a part that is left out means. */
const withDefaults = Schema.decodeUnknownSync(MultiwayBody);

export interface SocketCalculationsOptions {
  readonly calculations: Calculations;
  readonly fail: (socket: Socket, id: string, failure: Failure) => void;
  readonly died: (socket: Socket, id: string, defect: unknown) => void;
}

export class SocketCalculations {
  readonly #options: SocketCalculationsOptions;
  readonly #running = new Map<Socket, Map<string, Calculation>>();

  constructor(options: SocketCalculationsOptions) {
    this.#options = options;
  }

  begin(socket: Socket, frame: Asked): void {
    const { id } = frame;
    const running = this.#running.get(socket) ?? new Map<string, Calculation>();
    if (running.has(id))
      return this.#options.fail(
        socket,
        id,
        new ValidationFailed({
          errors: [{ path: "id", message: "is that of a calculation which goes on" }],
        }),
      );
    if (running.size >= MAX_AT_ONCE)
      return this.#options.fail(socket, id, new RateLimited({ retryAfterMs: BUSY_RETRY_MS }));
    const question = questionOf(withDefaults(frame));
    const calculation = this.#options.calculations.begin(question, (progress, elapsedMs) => {
      if (running.has(id))
        socket.send({
          type: "EQUITY_PROGRESS",
          id,
          ...progressBody(question, progress, elapsedMs),
        });
    });
    running.set(id, calculation);
    this.#running.set(socket, running);
    const ended = (tell: () => void) => {
      running.delete(id);
      if (running.size === 0) this.#running.delete(socket);
      if (socket.isOpen) tell();
    };
    calculation.answered.then(
      (outcome) =>
        ended(() => {
          if (outcome === undefined) this.#options.fail(socket, id, new Cancelled());
          else if (!outcome.ok) this.#options.fail(socket, id, outcome.error);
          else socket.answer(resultFrame(id, multiwayBody(question, outcome.value)));
        }),
      (defect: unknown) => ended(() => this.#options.died(socket, id, defect)),
    );
  }

  /** One that has been answered already cannot be cancelled, and nothing is said to that. */
  cancel(socket: Socket, id: string): void {
    this.#running.get(socket)?.get(id)?.cancel();
  }

  /** The socket is gone. */
  left(socket: Socket): void {
    for (const calculation of this.#running.get(socket)?.values() ?? []) calculation.cancel();
  }
}

const resultFrame = (id: string, body: ReturnType<typeof multiwayBody>): ServerFrame => ({
  type: "EQUITY_RESULT",
  id,
  ...body,
});
