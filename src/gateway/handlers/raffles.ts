/** Raffles: reading them for everyone, running them for the administrator. */
import { drawBody, raffleBody } from "../../../entities/raffle/body.ts";
import { ALGORITHM } from "../../../entities/raffle/draw/proof.ts";
import type { FailureOf, ReplyOf } from "../../../rpc/contract.ts";
import type { AdminAct } from "../../../rpc/http/admin/acts.ts";
import type { CroupierApi } from "../../../rpc/http/api.ts";
import { Unauthorized } from "../../../rpc/http/failure.ts";
import type { Failure } from "../../../rpc/http/problem.ts";
import {
  type EditRaffleBody,
  NotDrawn,
  type NumbersBody,
  RaffleNotYours,
} from "../../../rpc/http/raffle.ts";
import { branded, type CommandId, PlayerId, RaffleId } from "../../../rpc/id.ts";
import {
  DrawDatePast,
  Raffle,
  RaffleNotFound,
  type RaffleTerms,
  type RaffleView,
} from "../../../rpc/raffle.ts";
import type { AskOptions, Outcome } from "../../actor/Ask.ts";
import type { Act, Called } from "../AdminActs.ts";
import { failure, mapOutcome, success } from "../Answer.ts";
import { raffleRules } from "../RaffleDefaults.ts";
import { isAdmin, runsRaffle } from "../RaffleSight.ts";

import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";
import { clusterWatchers } from "../RaffleWatchers.ts";

const RAFFLE_ID_BYTES = 8;
const COMMAND_ID_BYTES = 16;
/** What a raffle commits to before a number is sold. */
const SERVER_SEED_BYTES = 32;

const termsOf = (body: EditRaffleBody): RaffleTerms => ({
  title: body.title,
  description: body.description,
  ticketPriceMinor: body.ticket_price,
  totalNumbers: body.total_numbers,
  drawAt: body.draw_at.getTime(),
  prizes: body.prizes,
  organiserId: body.organiser_id,
  minSoldPercent: body.min_sold_percent,
});

type Made = Outcome<RaffleView, FailureOf<typeof Raffle, "Create" | "Publish">>;

export const raffleHandlers = ({
  acts,
  beacon,
  cluster,
  entropy,
  game,
  now,
  raffleSight,
  raffleWatchers,
  settings,
}: Services): GroupHandlers<typeof CroupierApi, "raffles"> => {
  /** Each act of the administrator is a command of its own. */
  const head = (entityId: RaffleId, act: AdminAct) => ({
    entityId,
    commandId: branded<CommandId>(`admin:${act}:${entropy.hex(COMMAND_ID_BYTES)}`),
  });

  const change = async <Failed extends Failure>(
    request: Called & { readonly path: { readonly raffle_id: RaffleId } },
    act: Omit<Act, "target">,
    work: (
      to: ReturnType<typeof head>,
      options: AskOptions,
    ) => Promise<Outcome<RaffleView, Failed>>,
  ) => {
    const { caller, path, requestId } = request;
    const options = { requestId, by: caller.playerId };
    const changed = await acts.carryOut(request, { ...act, target: path }, () =>
      work(head(path.raffle_id, act.act), options),
    );
    return mapOutcome(changed, raffleBody);
  };

  const newSeed = () => entropy.hex(SERVER_SEED_BYTES);

  /** A raffle that the caller may know of. */
  const seen = async (
    caller: Parameters<typeof raffleSight.hidden>[0],
    raffleId: RaffleId,
    requestId: string,
  ) => {
    const read = await game.ask(Raffle, "GetRaffle", { entityId: raffleId }, { requestId });
    if (!read.ok) return read;
    const shown = raffleSight.shown(read.value, caller);
    return shown instanceof RaffleNotFound ? failure(shown) : success(shown);
  };

  return {
    list: async ({ caller, query, requestId }) => {
      if (query.organiser === "me" && caller === undefined) return failure(new Unauthorized());
      const organiserId =
        query.organiser === "me" && caller !== undefined
          ? PlayerId.make(caller.playerId)
          : undefined;
      const page = await game.views.raffles({
        before: query.before,
        limit: query.limit,
        status: query.status,
        organiserId,
        drafts: isAdmin(caller) || organiserId !== undefined,
      });
      const raffles = await Promise.all(
        page.raffles.map(async (stored) => {
          if (stored.status !== "active" && stored.status !== "suspended") return stored;
          // Reservations are not projected onto the raffle's row; only it knows how many numbers are free.
          const read = await game.ask(Raffle, "GetRaffle", { entityId: stored.id }, { requestId });
          return read.ok ? raffleBody(read.value) : stored;
        }),
      );
      return success({ ...page, raffles });
    },

    create: async (request) => {
      const { caller, payload, requestId } = request;
      const raffleId = payload.raffle_id ?? RaffleId.make(`r_${entropy.hex(RAFFLE_ID_BYTES)}`);
      const { raffle_id: _, ...details } = payload;
      const terms = termsOf(payload);
      const act: Act = { act: "create_raffle", target: { raffle_id: raffleId }, details };
      const created = await acts.carryOut(request, act, async (): Promise<Made> => {
        // Known before there is a raffle: a refusal leaves no draft behind.
        if (payload.publish && terms.drawAt <= now())
          return failure(new DrawDatePast({ drawAt: terms.drawAt }));
        const options = { requestId, by: caller.playerId };
        const drafted = await game.ask(
          Raffle,
          "Create",
          { ...head(raffleId, "create_raffle"), terms, rules: raffleRules(settings, beacon) },
          options,
        );
        if (!drafted.ok || !payload.publish) return drafted;
        const published = { ...head(raffleId, "publish_raffle"), serverSeed: newSeed() };
        return game.ask(Raffle, "Publish", published, options);
      });
      return mapOutcome(created, raffleBody);
    },

    get: async ({ caller, path, requestId }) =>
      mapOutcome(await seen(caller, path.raffle_id, requestId), raffleBody),

    edit: (request) =>
      change(request, { act: "edit_raffle", details: { ...request.payload } }, (to, options) =>
        game.ask(Raffle, "Edit", { ...to, terms: termsOf(request.payload) }, options),
      ),

    publish: (request) =>
      change(request, { act: "publish_raffle" }, (to, options) =>
        game.ask(Raffle, "Publish", { ...to, serverSeed: newSeed() }, options),
      ),

    suspend: (request) =>
      change(request, { act: "suspend_raffle", ...request.payload }, (to, options) =>
        game.ask(Raffle, "Suspend", { ...to, ...request.payload }, options),
      ),

    resume: (request) =>
      change(request, { act: "resume_raffle" }, (to, options) =>
        game.ask(Raffle, "Resume", to, options),
      ),

    cancel: (request) =>
      change(request, { act: "cancel_raffle", ...request.payload }, (to, options) =>
        game.ask(Raffle, "Cancel", { ...to, ...request.payload }, options),
      ),

    close: (request) =>
      change(request, { act: "close_raffle" }, (to, options) =>
        game.ask(Raffle, "Close", to, options),
      ),

    draw: async (request) => {
      const { path, requestId } = request;
      const drawn = await change(request, { act: "draw_raffle" }, (to, options) =>
        game.ask(Raffle, "Draw", to, options),
      );
      if (!drawn.ok) return drawn;
      const draw = await game.ask(Raffle, "GetDraw", { entityId: path.raffle_id }, { requestId });
      return mapOutcome(draw, drawBody);
    },

    getDraw: async ({ caller, path, requestId }) => {
      const hidden = await raffleSight.hidden(caller, path.raffle_id);
      if (hidden !== undefined) return failure(hidden);
      const draw = await game.ask(Raffle, "GetDraw", { entityId: path.raffle_id }, { requestId });
      return mapOutcome(draw, drawBody);
    },

    verify: async ({ path, requestId }) => {
      const asked = [{ entityId: path.raffle_id }, { requestId }] as const;
      const draw = await game.ask(Raffle, "GetDraw", ...asked);
      if (!draw.ok) return draw;
      if (draw.value.drawnAt === null) {
        // Who has committed to nothing has published nothing.
        const isHidden = draw.value.commitment === null;
        return failure(
          isHidden ? new RaffleNotFound({ raffleId: path.raffle_id }) : new NotDrawn(),
        );
      }
      const list = await game.ask(Raffle, "GetTickets", ...asked);
      return mapOutcome(list, ({ tickets }) => ({
        ...drawBody(draw.value),
        algorithm: ALGORITHM,
        tickets,
      }));
    },

    numbers: async ({ caller, path, query, requestId }) => {
      const hidden = await raffleSight.hidden(caller, path.raffle_id);
      if (hidden !== undefined) return failure(hidden);
      const asked = {
        entityId: path.raffle_id,
        ...(caller === undefined ? {} : { playerId: PlayerId.make(caller.playerId) }),
      };
      if (query.format === "bitmap") {
        const grid = await game.ask(Raffle, "GetGrid", asked, { requestId });
        return mapOutcome(grid, bitmapBody);
      }
      const { limit, offset } = query;
      const page = await game.ask(Raffle, "GetNumbers", { ...asked, limit, offset }, { requestId });
      return mapOutcome(page, ({ numbers, stateVersion, totalNumbers }) => ({
        numbers: numbers.map(({ mine, number, status }) => ({
          id: String(number),
          number,
          status,
          ...(caller === undefined ? {} : { mine }),
        })),
        total_numbers: totalNumbers,
        state_version: stateVersion,
      }));
    },

    books: async ({ caller, path, requestId }) => {
      const read = await seen(caller, path.raffle_id, requestId);
      if (!read.ok) return read;
      if (!runsRaffle(caller, read.value.terms)) return failure(new RaffleNotYours());
      const [books, soldByHour] = await Promise.all([
        game.ask(Raffle, "GetBooks", { entityId: path.raffle_id }, { requestId }),
        game.views.soldByHour(path.raffle_id),
      ]);
      return mapOutcome(books, (money) => ({
        raffle_id: path.raffle_id,
        sales: money.sales,
        gross: money.grossMinor,
        fee: money.feeMinor,
        payout: money.payoutMinor,
        returned: money.returnedMinor,
        settled: money.isSettled,
        unanswered: money.unanswered.map(({ reservationId, since, why }) => ({
          reservation_id: reservationId,
          since: new Date(since).toISOString(),
          why: isAdmin(caller) ? why : "",
        })),
        sold_by_hour: soldByHour,
      }));
    },

    socketStats: async () => success(clusterWatchers(raffleWatchers(), cluster)),
  };
};

const bitmapBody = (grid: ReplyOf<typeof Raffle, "GetGrid">): NumbersBody => {
  const sold = Buffer.from(grid.sold, "base64");
  const isSold = (number: number) => (((sold[number >> 3] ?? 0) >> (number & 7)) & 1) === 1;
  return {
    numbers: grid.mine.map((number) => ({
      id: String(number),
      number,
      status: isSold(number) ? "sold" : "reserved",
      mine: true,
    })),
    total_numbers: grid.raffle.terms.totalNumbers,
    state_version: grid.raffle.stateVersion,
    bitmap: { reserved: grid.reserved, sold: grid.sold },
  };
};
