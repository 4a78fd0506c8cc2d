import { createCell } from "./Readable.ts";
import type { Readable } from "./Readable.ts";
import { walletTopic } from "./TopicFrame.ts";
import type { TopicWatch, Topics } from "./Topics.ts";
import { walletState } from "./WalletState.ts";
import type { WalletState } from "./WalletState.ts";

/** The wallet of whoever plays, subscribed while anyone listens; null until it has been seen. */
export function readWallet(
  topics: Topics,
  player: Readable<string | null>,
  onError: (error: unknown) => void,
): Readable<WalletState | null> {
  let isWatched = false;
  let watch: TopicWatch | undefined;
  const follow = (): void => {
    watch?.close();
    watch = undefined;
    const playerId = player.get();
    if (!isWatched || playerId === null) return;
    watch = topics.watch(
      walletTopic(playerId),
      {
        frame: ({ frame }) => {
          // A snapshot may tell again what is known.
          if (frame.type === "WALLET_UPDATED" && frame.version !== cell.get()?.version)
            cell.set(walletState(frame));
        },
      },
      cell.get()?.version,
    );
  };
  const cell = createCell<WalletState | null>(null, {
    onError,
    whileWatched: () => {
      isWatched = true;
      follow();
      return () => {
        isWatched = false;
        follow();
      };
    },
  });
  player.subscribe(() => {
    cell.set(null);
    follow();
  });
  return cell;
}
