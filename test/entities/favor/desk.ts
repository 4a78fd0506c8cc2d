import { decider } from "../../../entities/favor/decider.ts";
import { FavorEvent } from "../../../entities/favor/events.ts";
import { project } from "../../../entities/favor/projection.ts";
import { FavorState } from "../../../entities/favor/state.ts";
import { Favor } from "../../../rpc/favor.ts";
import { desk } from "../../support/DeciderRun.ts";

export const favorDesk = desk(
  { contract: Favor, decider, project },
  { event: FavorEvent, state: FavorState },
);
