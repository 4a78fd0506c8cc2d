import type { CroupierApi } from "../../../rpc/http/api.ts";
import { RaceNotFound } from "../../../rpc/http/failure.ts";
import { failure, success } from "../Answer.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

export const raceHandlers = ({ game }: Services): GroupHandlers<typeof CroupierApi, "races"> => {
  const view =
    <Body>(read: (raceId: string) => Promise<Body | undefined>) =>
    async ({ path }: { readonly path: { readonly race_id: string } }) => {
      const found = await read(path.race_id);
      return found === undefined
        ? failure(new RaceNotFound({ raceId: path.race_id }))
        : success(found);
    };
  const { views } = game;
  return {
    get: view((raceId) => views.race(raceId)),
    replay: view((raceId) => views.replay(raceId)),
    verify: view((raceId) => views.verify(raceId)),
  };
};
