import { isPowerId } from "../../../entities/lobby/race/power.ts";
import type { PowerId } from "../../../entities/lobby/race/power.ts";
import type { Answer, Croupier, ReplayBody } from "../../../sdk/src/index.ts";
import { checked } from "../proof/checked.ts";

/** All that a race was made from, and every frame that was seen of it; its powers are those that are known here. */
export type Recording = Omit<ReplayBody, "powers"> & {
  readonly powers: readonly (ReplayBody["powers"][number] & { readonly power: PowerId })[];
};

/** Of a race that is over; 404 before. */
export async function readReplay(
  croupier: Pick<Croupier, "get">,
  raceId: string,
): Promise<Answer<Recording>> {
  const path = { race_id: raceId };
  return checked(await croupier.get("/races/{race_id}/replay", { path }), isRecording);
}

const isRecording = (body: ReplayBody): body is Recording =>
  body.powers.every(({ power }) => isPowerId(power));
