/** The gateway's desk for recorded hands: lists, single hands, and imports. */
import type pg from "pg";
import { HandNotFound, type ImportedBody, PlayerAmbiguous } from "../../rpc/http/hand.ts";
import type { HandDesk } from "../gateway/PokerDesks.ts";
import { HandIntake, type IntakeServices, type IntakeTally } from "./HandIntake.ts";
import { make as makeViews } from "./store/views.ts";

export interface HandDeskOptions {
  readonly pool: pg.Pool;
  readonly intake: IntakeServices;
  readonly watchedFolders: number;
}

export const makeHandDesk = ({ intake, pool, watchedFolders }: HandDeskOptions): HandDesk => {
  const views = makeViews(pool);
  return {
    watchedFolders,
    recent: async (page) => {
      const body = await views.recent(page);
      return body instanceof PlayerAmbiguous
        ? { ok: false, error: body, replayed: false }
        : { ok: true, value: body, replayed: false };
    },

    kinds: views.kinds,

    hand: async (handId) => {
      const body = await views.hand(handId);
      return body === undefined
        ? { ok: false, error: new HandNotFound({ handId }), replayed: false }
        : { ok: true, value: body, replayed: false };
    },

    import: async (source, bytes) => {
      const reading = new HandIntake(intake, { name: source });
      try {
        for await (const piece of bytes) await reading.write(piece);
      } catch (cause) {
        // What came before whoever sent it went away is kept.
        await reading.flush();
        throw cause;
      }
      await reading.end();
      return importedBody(reading.tally);
    },
  };
};

/** What has come of a source, as the wire has it. */
const importedBody = (tally: IntakeTally): ImportedBody => ({
  imported: tally.imported,
  duplicates: tally.duplicates,
  summaries: tally.summaries,
  failed: tally.refusals.map(({ handId, line, reason }) => ({ line, hand_id: handId, reason })),
  failed_count: tally.refused,
});
