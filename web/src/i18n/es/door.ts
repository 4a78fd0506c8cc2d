import type { door as english } from "../en/door.ts";
import type { TextsLike } from "../TextsLike.ts";

export const door: TextsLike<typeof english> = {
  title: "Tomar asiento",
  headline: "Carreras en vivo, limpias y comprobables.",
  lead: "Ocho corredores, seis formas de apostar y una carrera cada par de minutos. Todo con dinero de juego.",
  steps: {
    pick: "Elige tus corredores y apuesta antes de la salida.",
    power: "Inclina la balanza con un poder mientras corren.",
    check: "Comprueba después, número a número, que fue limpia.",
  },
  ways: "Formas de entrar",
  tab: { guest: "Como invitado", login: "Entrar", register: "Registrarme" },
  name: "Tu nombre en la mesa",
  join: "Tomar asiento",
  joining: "Entrando…",
  guestNote:
    "Recibes dinero de juego al momento. Como invitado, tu asiento vive en este navegador: si sales, pierdes su saldo.",
  username: "Usuario",
  password: "Contraseña",
  show: "Ver",
  login: "Entrar",
  register: "Crear la cuenta",
  loginNote: "Tu saldo y tus apuestas están donde los dejaste.",
  registerNote:
    "Conserva tu saldo y vuelve desde cualquier sitio. Solo pedimos usuario y contraseña; nadie puede recuperar la contraseña por ti.",
  wrong: {
    name: "Escribe un nombre; vale cualquiera.",
    username: "De 3 a 32 letras, cifras, puntos, guiones o guiones bajos.",
    newPassword: "De 8 a 128 caracteres.",
    password: "Escribe tu contraseña.",
  },
  problem: {
    badCredentials: "El usuario o la contraseña no son correctos.",
    usernameTaken: "Alguien ya tiene este usuario. Elige otro, o entra.",
    noLobby: "Ahora no hay ninguna mesa abierta. Vuelve en un rato.",
    offline: "El servidor no responde. Comprueba tu conexión e inténtalo de nuevo.",
    rateLimited: "Demasiados intentos. Espera un minuto e inténtalo de nuevo.",
    unavailable: "La casa está muy ocupada. Inténtalo de nuevo en un momento.",
    invalid: "El servidor no lo admite. Usa letras y cifras sencillas.",
    other: "No ha funcionado. Inténtalo de nuevo en un momento.",
  },
  expired: "Tu asiento ha caducado. Entra de nuevo para seguir jugando.",
  liveNow: "En vivo ahora",
  liveBefore: "Como estaba",
  choose: "Mesa",
  inPools: "{{amount}} en los fondos",
  scratched: "retirado",
  looking: "Buscando mesas abiertas…",
  noTable: "Ahora no hay ninguna mesa abierta.",
  noAnswer: "El servidor no responde. Se le pregunta de nuevo cada pocos segundos.",
};
