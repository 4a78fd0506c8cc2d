import type { push as english } from "../en/push.ts";
import type { TextsLike } from "../TextsLike.ts";

export const push: TextsLike<typeof english> = {
  title: "Avisos",
  here: "En este navegador",
  state: {
    off: "Antes de que se acabe una reserva, en el sorteo y cuando ganes.",
    on: "Llegan aunque esta página esté cerrada.",
    working: "Un momento…",
    blocked: "Bloqueados: permite los avisos de este sitio en los ajustes del navegador.",
    failed: "No ha funcionado. Pulsa para probar otra vez.",
  },
  offer: {
    title: "¿Te avisamos a tiempo?",
    meaning:
      "Un aviso un minuto antes de que tus números queden libres, en el sorteo y cuando ganes. Nada más, y lo puedes apagar en el menú de tu cuenta.",
    yes: "Sí, avísame",
    no: "Ahora no",
    on: "Te avisaremos a tiempo.",
    blocked: "El navegador bloquea los avisos de este sitio. Puedes permitirlos en sus ajustes.",
    notOn: "Los avisos no están encendidos. Puedes probar otra vez en el menú de tu cuenta.",
  },
};
