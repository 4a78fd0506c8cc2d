import type { powers as english } from "../en/powers.ts";
import type { TextsLike } from "../TextsLike.ts";

export const powers: TextsLike<typeof english> = {
  title: "Poderes",
  on: "sobre {{name}}",
  target: "Objetivo",
  targetName: "{{number}} {{name}}",
  name: {
    pwr_boost_01: "Inyección de adrenalina",
    pwr_oil_01: "Mancha de aceite",
    pwr_stero_turbo: "Esteroides turbo",
  },
  effect: "{{change}} de velocidad, hasta {{time}}",
  warning: "tras un aviso de {{time}}",
  ready: "listo en {{time}}",
  spent: "{{amount}} gastados en poderes en esta carrera",
  none: "No hay ningún poder en marcha.",
  atWork: "Poderes en marcha",
  active: "activo {{time}}",
  incoming: "llega en {{time}}",
  yours: "tuyo",
  others: "de otro jugador",
};
