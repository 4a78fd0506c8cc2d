import type { replay as english } from "../en/replay.ts";
import type { TextsLike } from "../TextsLike.ts";

export const replay: TextsLike<typeof english> = {
  title: "Repetición",
  loading: "Cargando la repetición…",
  failed: "Ahora no se puede leer la repetición.",
  track: "La carrera a los {{time}}, vista desde arriba",
  area: "Repetición. La barra espaciadora reproduce y detiene; las flechas avanzan un instante, con Mayús un segundo.",
  play: "Reproducir",
  pause: "Pausa",
  back: "Un instante atrás",
  forward: "Un instante adelante",
  toStart: "A la salida",
  toEnd: "Al final",
  toFinish: "Meta",
  toFinishTitle: "Al momento en que el ganador llega a la meta",
  speed: "Velocidad",
  times: "{{speed}}×",
  loop: "En bucle",
  share: "Copiar enlace a este momento",
  shared: "Enlace copiado",
  shareFailed: "Copia este enlace: {{link}}",
  moment: "Momento",
  of: "{{time}} de {{end}}",
  cast: "{{power}} sobre {{runner}}, {{time}}",
  standings: "Posiciones a los {{time}}",
  place: "Puesto",
  runner: "Corredor",
  distance: "Distancia",
  gap: "Desventaja",
  leads: "va en cabeza",
  home: "en meta",
  metres: "{{metres}} m",
  behind: "+{{metres}} m",
  late: "+{{time}}",
  keys: "Espacio reproduce y detiene · ← → un instante · con Mayús un segundo · Inicio, Fin",
  recomputed: {
    title: "Recalculada aquí",
    equal_one:
      "Tu navegador ha vuelto a correr esta carrera con sus datos: su único fotograma es el del servidor, bit a bit.",
    equal_other:
      "Tu navegador ha vuelto a correr esta carrera con sus datos: los {{count}} fotogramas son los del servidor, bit a bit.",
    equal_many:
      "Tu navegador ha vuelto a correr esta carrera con sus datos: los {{count}} fotogramas son los del servidor, bit a bit.",
    differs:
      "Los fotogramas del servidor no son los que dan sus datos. El primero distinto es el instante {{tick}}: el corredor {{number}} en {{here}}; el servidor dice {{server}}.",
    otherLength: "Los datos dan {{here}} fotogramas; el servidor muestra {{server}}.",
    otherOrder: "Todos los fotogramas coinciden, pero el servidor muestra otro orden.",
    impossible: "Ninguna carrera puede tener estos datos.",
    digest: "SHA-256 de los fotogramas",
  },
};
