import type { account as english } from "../en/account.ts";
import type { TextsLike } from "../TextsLike.ts";

export const account: TextsLike<typeof english> = {
  password: {
    title: "Cambia tu contraseña",
    meaning:
      "Se cerrarán tus sesiones en los demás dispositivos. Nadie puede recuperar la contraseña por ti, así que guárdala bien.",
    now: "Contraseña actual",
    next: "Contraseña nueva",
    keep: "Dejarla así",
    change: "Cambiarla",
    changing: "Cambiando…",
    problem: {
      badCredentials: "Esa no es tu contraseña.",
      noAnswer:
        "El servidor no ha respondido: puede que la contraseña haya cambiado o que no. Inténtalo de nuevo; si entonces la antigua no vale, ya cuenta la nueva.",
      notYours: "La contraseña de esta cuenta no se puede cambiar aquí.",
      rateLimited: "Demasiados intentos. Espera un minuto e inténtalo de nuevo.",
      unavailable:
        "La casa está muy ocupada. No ha cambiado nada; inténtalo de nuevo en un momento.",
      other: "No ha funcionado. Inténtalo de nuevo en un momento.",
    },
  },
};
