import type { race as english } from "../en/race.ts";
import type { TextsLike } from "../TextsLike.ts";

export const race: TextsLike<typeof english> = {
  canvas: "La carrera, vista desde la tribuna",
  positions: "Posiciones",
  leads: "en cabeza",
  first: "primero",
  ahead: "+{{distance}}",
  toGo: "faltan {{distance}}",
  finish: "META",
  start: "SALIDA",
  finishPicture: "FOTO DE LLEGADA",
  scratched: "{{name}}, retirado",
  you: "TÚ",
};
