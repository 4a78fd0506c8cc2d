import { createListeners } from "../Listeners.ts";
import { createCell } from "../Readable.ts";
import type { Cell, Readable } from "../Readable.ts";
import type { Rest } from "../Rest.ts";
import type { Timers } from "../Timers.ts";
import { raffleTopic } from "../TopicFrame.ts";
import type { Topics } from "../Topics.ts";
import type { ServerFrame } from "../wire.ts";
import { applyRaffleFrame, lacksDraw, NO_RAFFLE, refusedRaffle } from "./RaffleState.ts";
import type { RaffleState } from "./RaffleState.ts";

export interface RaffleOptions {
  readonly topics: Topics;
  readonly rest: Rest;
  readonly timers: Timers;
  readonly onError: (error: unknown) => void;
}

/** A raffle that is followed. */
export interface Raffle {
  readonly state: Readable<RaffleState>;
  /** Told of every frame, after the state has it; while the state is listened to. */
  readonly onFrame: (listener: (frame: ServerFrame) => void) => () => void;
}

const READ_AGAIN_MS = 2_000;

/** Subscribed while anyone listens to its state; afterwards it stays as it was last seen, and is resumed from there. */
export function readRaffle(options: RaffleOptions, raffleId: string): Raffle {
  const { onError, rest, timers, topics } = options;
  const frames = createListeners<ServerFrame>(onError);
  let isWatched = false;
  let isReading = false;
  let cancelTimer = (): void => undefined;

  const readDraw = async (): Promise<void> => {
    if (isReading || !isWatched || !lacksDraw(cell.get())) return;
    isReading = true;
    const path = { raffle_id: raffleId };
    const answer = await rest.get("/api/v1/raffles/{raffle_id}/draw", { path });
    isReading = false;
    // A frame may have brought it, or something newer, meanwhile.
    if (answer.ok && lacksDraw(cell.get())) cell.set({ ...cell.get(), draw: answer.body });
    cancelTimer();
    if (isWatched && lacksDraw(cell.get()))
      cancelTimer = timers.after(READ_AGAIN_MS, () => void readDraw());
  };
  const cell: Cell<RaffleState> = createCell<RaffleState>(NO_RAFFLE, {
    onError,
    whileWatched: () => {
      isWatched = true;
      const { close } = topics.watch(
        raffleTopic(raffleId),
        {
          frame: ({ frame }) => {
            cell.set(applyRaffleFrame(cell.get(), frame));
            frames.tell(frame);
            void readDraw();
          },
          refused: (refusal) => cell.set(refusedRaffle(cell.get(), refusal)),
        },
        cell.get().raffle?.state_version,
      );
      void readDraw();
      return () => {
        isWatched = false;
        cancelTimer();
        close();
      };
    },
  });
  return { state: cell, onFrame: frames.add };
}
