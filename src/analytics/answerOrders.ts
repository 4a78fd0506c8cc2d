/** The side of the program in `Apart.ts`: it answers orders until the process that started it ends. */
import { setPriority } from "node:os";
import type { Reply } from "./Apart.ts";

/** An exit would wait for what DuckDB is doing in another thread, and that may take for ever. */
export const endAtOnce = () => process.kill(process.pid, "SIGKILL");

/** Answers each order with what `carryOut` resolves to; its rejection is the reason why the order failed. */
export const answerOrders = (carryOut: (order: unknown) => Promise<unknown>): void => {
  setPriority(Number(process.argv[2]));
  process.once("disconnect", endAtOnce);
  if (!process.connected) endAtOnce();
  process.on("message", (order) => {
    carryOut(order).then(
      (value) => process.send?.({ ok: true, value } satisfies Reply),
      (cause: unknown) => {
        const reason = cause instanceof Error ? cause.message : String(cause);
        process.send?.({ ok: false, reason } satisfies Reply);
      },
    );
  });
};
