import type { shell as english } from "../en/shell.ts";
import type { TextsLike } from "../TextsLike.ts";

export const shell: TextsLike<typeof english> = {
  nav: {
    label: "Principal",
    home: "Carreras",
    history: "Resultados",
    runners: "Corredores",
    bets: "Mis apuestas",
    wallet: "Monedero",
    latency: "Latencia",
    admin: "Administración",
  },
  skip: "Ir al contenido",
  live: "En vivo",
  connecting: "Conectando",
  signedOut: "Sesión cerrada",
  interrupted: "La conexión se ha interrumpido. Reintentando…",
  interruptedDetail:
    "Lo que ves puede tener un instante de retraso. Una apuesta en camino se guarda y se hará una sola vez.",
  tryNow: "Reintentar ya",
  tryAgain: "Reintentar",
  unreachable: "No se han podido cargar estas páginas.",
  notFound: "No hay nada en esta dirección.",
  toStart: "A las carreras",
  leave: "Salir",
  stay: "Quedarme",
  leaveTitle: "¿Dejar la mesa?",
  leaveGuest:
    "Juegas como invitado: si sales, este navegador te olvida y ya no podrás recuperar tu saldo. Las apuestas ya hechas se liquidan igualmente.",
  lightColours: "Cambiar a colores claros",
  darkColours: "Cambiar a colores oscuros",
  language: "Idioma",
  expired: "Tu asiento ha caducado. Entra de nuevo para seguir jugando.",
  loading: "Un momento…",
};
