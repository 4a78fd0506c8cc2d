import type { raffles as en } from "../en/raffles.ts";
import type { TextsLike } from "../TextsLike.ts";

export const raffles: TextsLike<typeof en> = {
  title: "Sorteos",
  lead: "Elige tus números, mira el sorteo y compruébalo tú mismo.",
  filter: {
    label: "Qué sorteos",
    sale: "A la venta",
    drawn: "Sorteados",
    mine: "Los míos",
  },
  empty: {
    sale: "Ahora no hay ningún sorteo a la venta. Vuelve dentro de un rato.",
    drawn: "Aún no se ha celebrado ningún sorteo.",
    mine: "Todavía no tienes números en ningún sorteo.",
    door: "Toma asiento para ver los sorteos en los que tienes números.",
  },
  toSale: "Ver los que están a la venta",
  failed: "No se pueden mostrar los sorteos.",
  failedOffline: "El servidor no responde. Se le pregunta de nuevo cada pocos segundos.",
  failedOther: "El servidor tiene problemas. Se le pregunta de nuevo cada pocos segundos.",
  old: {
    title: "Sin conexión.",
    meaning: "Así estaban los sorteos el {{at}}.",
  },
  card: {
    price: "Cada número",
    draw: "Sorteo",
    drawn: "Sorteado",
    ended: "Terminado",
    firstPrize: "Primer premio",
    more_one: "y {{count}} premio más",
    more_other: "y {{count}} premios más",
    more_many: "y {{count}} premios más",
    winners: "Números ganadores",
    pick: "Elegir números",
    look: "Verlo",
    draws: "Ver el sorteo",
    mine_one: "Tienes {{count}} número",
    mine_other: "Tienes {{count}} números",
    mine_many: "Tienes {{count}} números",
    kept: "Guardados para ti: {{time}}",
  },
  older: "Sorteos anteriores",
};
