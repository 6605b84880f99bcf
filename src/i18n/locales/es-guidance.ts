import type { LaterWords } from '../locale.js';

export const guidance: LaterWords['guidance'] = {
  no_audio_output: {
    title: 'Hemos respondido, pero nuestra voz no se ha oído',
    cause: 'Nuestro servicio de voz no ha funcionado en esta llamada. En su dispositivo todo estaba bien.',
    whatToTry: 'Vuelva a llamar, por favor.',
  },
  no_audio_either_direction: {
    title: 'No hemos podido oírnos',
    cause: 'La conexión funcionaba, pero no llegaba sonido en ninguna dirección.',
    whatToTry: 'Compruebe que el micrófono esté encendido y el volumen alto. Después, vuelva a llamar.',
  },
  idle_timeout: {
    title: 'La llamada ha terminado por falta de actividad',
    cause: 'Hacía un rato que nadie hablaba.',
    whatToTry: 'Vuelva a llamar y empiece a hablar justo después del saludo.',
  },
  provider_circuit_open: {
    title: 'Hemos tenido un problema técnico',
    cause:
      'Un servicio que utilizamos ha fallado varias veces y por eso hemos finalizado la llamada. En su dispositivo todo estaba bien.',
    whatToTry: 'Vuelva a llamar dentro de un minuto, por favor.',
  },
  sip_no_answer: {
    title: 'Nadie ha contestado',
    cause: 'El teléfono ha sonado sin respuesta o estaba ocupado.',
    whatToTry: 'Compruebe el número, tenga el teléfono a mano y vuelva a pedir la llamada.',
  },
  sip_rejected: {
    title: 'No se ha podido llamar a este número',
    cause: 'La red telefónica ha rechazado el número.',
    whatToTry: 'Compruebe el número y el prefijo del país.',
  },
  bot_startup_failed: {
    title: 'No estábamos listos a tiempo',
    cause: 'Nuestro asistente ha tardado demasiado en iniciarse. En su dispositivo todo estaba bien.',
    whatToTry: 'Vuelva a llamar: al segundo intento suele funcionar.',
  },
  caller_hung_up_silently: {
    title: 'La llamada ha sido corta',
    cause: 'Ha terminado antes de que acabara el saludo.',
    whatToTry: 'Vuelva a llamar cuando quiera y quédese un momento en línea.',
  },
  stale_sweep: {
    title: 'La llamada se ha cortado por nuestra parte',
    cause: 'Nuestro asistente se ha detenido en plena llamada. En su dispositivo todo estaba bien.',
    whatToTry: 'Vuelva a llamarnos, por favor.',
  },
  unknown: {
    title: 'La llamada no ha funcionado',
    cause: 'No hemos podido averiguar por qué.',
    whatToTry: 'Escríbanos aquí o vuelva más tarde.',
  },
  'microphone-denied': {
    title: 'El micrófono no está permitido',
    cause: 'Su navegador está configurado para bloquear el micrófono en esta página.',
    whatToTry: 'Permita el micrófono en esta página y vuelva a intentarlo.',
  },
  'microphone-dismissed': {
    title: 'Necesitamos su micrófono para la llamada',
    cause: 'Su navegador pidió el micrófono y no se permitió.',
    whatToTry: 'Vuelva a intentarlo y elija «Permitir».',
  },
  'microphone-blocked-by-system': {
    title: 'Su dispositivo bloquea el micrófono',
    cause: 'Esta página puede usar el micrófono, pero su dispositivo no se lo permite al navegador.',
    whatToTry: 'Dé acceso al navegador en los ajustes de privacidad de su dispositivo y vuelva a intentarlo.',
  },
  'microphone-not-found': {
    title: 'No encontramos su micrófono',
    cause: 'Su dispositivo no tiene ningún micrófono que el navegador pueda usar.',
    whatToTry: 'Conecte un micrófono o unos auriculares con micrófono y vuelva a intentarlo.',
  },
  'microphone-in-use': {
    title: 'Su micrófono está ocupado',
    cause: 'Otro programa está usando el micrófono.',
    whatToTry: 'Cierre el otro programa o la otra llamada y vuelva a intentarlo.',
  },
  'insecure-context': {
    title: 'Las llamadas no funcionan en esta página',
    cause: 'Los navegadores solo permiten llamadas en páginas seguras (https).',
    whatToTry: 'Abra esta página con https:// delante de la dirección.',
  },
  'blocked-by-permissions-policy': {
    title: 'Esta página no permite llamadas',
    cause: 'El sitio web que contiene esta ventana ha desactivado el micrófono.',
    whatToTry: 'Abra la página en una ventana aparte.',
  },
  'in-app-browser': {
    title: 'Las llamadas no funcionan en esta aplicación',
    cause: 'La aplicación que ha abierto esta página no permite usar el micrófono.',
    whatToTry: 'Abra la página en Safari, Chrome o Firefox.',
  },
  'playback-blocked': {
    title: 'El sonido está en pausa',
    cause: 'Su navegador espera a que usted active el sonido.',
    whatToTry: 'Pulse «Activar el sonido».',
  },
  'agent-never-joined': {
    title: 'Nadie se ha unido a la llamada',
    cause:
      'La conexión funcionaba, pero nuestro asistente no se ha conectado. En su dispositivo todo estaba bien.',
    whatToTry: 'Vuelva a llamar, por favor.',
  },
  'agent-silent': {
    title: 'No se nos ha oído',
    cause: 'Nuestro asistente estaba en la llamada, pero su voz no ha llegado hasta usted.',
    whatToTry: 'Compruebe que el sonido esté activado y vuelva a llamar.',
  },
  'caller-silent': {
    title: 'No hemos podido oírle',
    cause: 'No ha llegado sonido de su micrófono.',
    whatToTry: 'Compruebe que el micrófono esté encendido y sin silenciar, y vuelva a llamar.',
  },
  'connection-blocked': {
    title: 'No se ha podido conectar la llamada',
    cause: 'Parece que su red bloquea las llamadas, como hacen algunas empresas, hoteles y VPN.',
    whatToTry: 'Pruebe con otra red, por ejemplo la de su teléfono.',
  },
  'connection-lost': {
    title: 'Se ha perdido la conexión',
    cause: 'La red entre usted y nosotros se ha cortado durante la llamada.',
    whatToTry: 'Compruebe la conexión y vuelva a llamar.',
  },
  'token-expired': {
    title: 'La llamada ha tardado demasiado en empezar',
    cause: 'Su acceso a la llamada había caducado. Ha sido cosa nuestra.',
    whatToTry: 'Vuelva a iniciar la llamada.',
  },
  'call-in-another-tab': {
    title: 'Ya tiene una llamada en curso',
    cause: 'Hay una llamada en otra pestaña de este navegador.',
    whatToTry: 'Termine esa llamada e inicie una aquí.',
  },
  unauthorized: {
    title: 'Ahora mismo no es posible llamar',
    cause: 'Este sitio web no está bien configurado para llamadas. En su dispositivo todo estaba bien.',
    whatToTry: 'Contáctenos por otra vía y, si puede, avísenos.',
  },
  'domain-not-allowed': {
    title: 'Esto no está disponible en este sitio web',
    cause: 'El sitio web aún no está en nuestra lista. En su dispositivo todo estaba bien.',
    whatToTry: 'Contáctenos desde nuestro sitio web principal.',
  },
  'no-credit': {
    title: 'Ahora mismo no podemos atender llamadas',
    cause: 'Nuestra cuenta no está lista para llamadas. En su dispositivo todo estaba bien.',
    whatToTry: 'Contáctenos hoy por otra vía.',
  },
  'too-many-calls': {
    title: 'Todas las líneas están ocupadas',
    cause: 'En este momento está llamando mucha gente.',
    whatToTry: 'Inténtelo de nuevo en un minuto.',
  },
  'agent-not-found': {
    title: 'Aquí ya no atiende nadie',
    cause: 'El asistente de esta página ya no existe. En su dispositivo todo estaba bien.',
    whatToTry: 'Recargue la página o contáctenos por otra vía.',
  },
  'rate-limited': {
    title: 'Vamos demasiado rápido',
    cause: 'Hemos recibido demasiadas solicitudes en poco tiempo.',
    whatToTry: 'Espere un minuto y vuelva a intentarlo.',
  },
  'server-error': {
    title: 'Algo ha fallado por nuestra parte',
    cause: 'Nuestro servicio ha tenido un error. En su dispositivo todo estaba bien.',
    whatToTry: 'Vuelva a intentarlo en un momento.',
  },
  offline: {
    title: 'No tiene conexión',
    cause: 'Su dispositivo no está conectado a internet.',
    whatToTry: 'Vuelva a conectarse a internet e inténtelo de nuevo.',
  },
  timeout: {
    title: 'No se ha podido conectar a tiempo',
    cause: 'La conexión es muy lenta o algo la bloquea por el camino.',
    whatToTry: 'Compruebe su conexión a internet y vuelva a intentarlo.',
  },
  'invalid-response': {
    title: 'Ha llegado una respuesta ilegible',
    cause: 'Algo la ha modificado por el camino o nuestro servicio tiene un error.',
    whatToTry: 'Vuelva a intentarlo dentro de unos minutos.',
  },
  'unsupported-transport': {
    title: 'Esta página no está actualizada',
    cause: 'Aquí no es posible este tipo de llamada.',
    whatToTry: 'Recargue la página y vuelva a empezar.',
  },
  'webrtc-missing': {
    title: 'Este navegador no puede hacer llamadas',
    cause: 'Quizá esté configurado así, por ejemplo para proteger su privacidad.',
    whatToTry: 'Use otro navegador o contáctenos de otra manera.',
  },
};
