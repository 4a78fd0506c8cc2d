import type { lobbies as english } from "../en/lobbies.ts";
import type { TextsLike } from "../TextsLike.ts";

export const lobbies: TextsLike<typeof english> = {
  title: "Carreras",
  lead: "En cada mesa se corre una carrera tras otra. Siéntate donde quieras; tus apuestas en otras siguen.",
  mine: "Tu asiento",
  phase: {
    betting: "Apuestas abiertas",
    racing: "En carrera",
    settling: "Liquidando",
    lobby: "Entre carreras",
  },
  until: {
    betting: "Hasta la salida:",
    racing: "Como mucho:",
    lobby: "Hasta que se abran las apuestas:",
  },
  pools: "En los fondos",
  favourite: "Favorito",
  noFavourite: "aún no hay",
  lastWinner: "Último ganador",
  noRaceYet: "aún sin carreras",
  yourBets: "Tus apuestas abiertas",
  noBets: "ninguna",
  openBets_one: "{{count}} · {{amount}}",
  openBets_many: "{{count}} · {{amount}}",
  openBets_other: "{{count}} · {{amount}}",
  toTable: "A tu mesa",
  sitHere: "Sentarme aquí",
  none: "Ahora no hay ninguna mesa abierta. Vuelve en un rato.",
  elsewhere: {
    title: "Más en la casa",
    raffles: "Sorteos",
    rafflesLead: "Elige números, mira el sorteo y compruébalo",
    hands: "Manos de póquer",
    handsLead: "Repítelas y mira cómo juega cada uno",
    equity: "Calculadora de equity",
    equityLead: "Mano contra mano, rango contra rango",
  },
  failed: "No se pueden mostrar las mesas.",
  failedOffline: "El servidor no responde. Se le pregunta de nuevo cada pocos segundos.",
  failedOther: "El servidor tiene problemas. Se le pregunta de nuevo cada pocos segundos.",
  old: {
    title: "Sin conexión.",
    meaning: "Así estaban las mesas el {{at}}.",
  },
};
