/** What the entrances of sockets work with. */
import type { Metrics } from "../../ops/Metrics.ts";
import type { Calculations } from "../Calculations.ts";
import type { Game } from "../Game.ts";
import type { Problems } from "../Problems.ts";
import type { RaffleSight } from "../RaffleSight.ts";
import type { DoorServices } from "./Door.ts";

export interface SocketServices extends DoorServices {
  readonly game: Game;
  readonly calculations: Calculations;
  readonly raffleSight: RaffleSight;
  readonly problems: Problems;
  readonly metrics: Pick<Metrics, "refused" | "framesSent" | "reservation">;
  readonly began: () => void;
  readonly ended: () => void;
}
