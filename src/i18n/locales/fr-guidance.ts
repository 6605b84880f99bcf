import type { LaterWords } from '../locale.js';

/** French, addressed formally (vous). */
export const guidance: LaterWords['guidance'] = {
  no_audio_output: {
    title: 'Nous avons répondu, mais notre voix ne vous est pas parvenue',
    cause: 'Notre service vocal n’a pas fonctionné pour cet appel. Tout allait bien de votre côté.',
    whatToTry: 'Merci d’appeler de nouveau.',
  },
  no_audio_either_direction: {
    title: 'Le son ne passait dans aucun sens',
    cause: 'La connexion était établie, mais sans aucun son de part et d’autre.',
    whatToTry: 'Vérifiez que votre micro est activé et le son assez fort, puis appelez de nouveau.',
  },
  idle_timeout: {
    title: 'L’appel a pris fin à cause du silence',
    cause: 'Personne n’avait parlé depuis un moment.',
    whatToTry: 'Appelez de nouveau et parlez juste après le message d’accueil.',
  },
  provider_circuit_open: {
    title: 'Nous avons eu un problème technique',
    cause:
      'Un service que nous utilisons a échoué plusieurs fois ; nous avons donc mis fin à l’appel. Tout allait bien de votre côté.',
    whatToTry: 'Appelez de nouveau dans une minute.',
  },
  sip_no_answer: {
    title: 'Personne n’a décroché',
    cause: 'Le téléphone a sonné sans réponse, ou il était occupé.',
    whatToTry: 'Vérifiez le numéro, gardez votre téléphone à portée de main et redemandez l’appel.',
  },
  sip_rejected: {
    title: 'Ce numéro n’a pas pu être appelé',
    cause: 'Le réseau téléphonique a refusé le numéro.',
    whatToTry: 'Vérifiez le numéro et son indicatif de pays.',
  },
  bot_startup_failed: {
    title: 'Nous n’étions pas prêts à temps',
    cause: 'Notre assistant a mis trop de temps à démarrer. Tout allait bien de votre côté.',
    whatToTry: 'Appelez de nouveau : le deuxième essai réussit en général.',
  },
  caller_hung_up_silently: {
    title: 'L’appel a été court',
    cause: 'Il s’est terminé avant la fin du message d’accueil.',
    whatToTry: 'Appelez de nouveau quand vous voulez et restez un instant en ligne.',
  },
  stale_sweep: {
    title: 'L’appel a été coupé de notre côté',
    cause: 'Notre assistant s’est arrêté en plein appel. Tout allait bien de votre côté.',
    whatToTry: 'Merci de nous rappeler.',
  },
  unknown: {
    title: 'L’appel n’a pas fonctionné',
    cause: 'Nous n’avons pas pu en trouver la raison.',
    whatToTry: 'Écrivez-nous plutôt ici, ou revenez plus tard.',
  },
  'microphone-denied': {
    title: 'Le micro n’est pas autorisé',
    cause: 'Votre navigateur est réglé pour bloquer le micro sur cette page.',
    whatToTry: 'Autorisez le micro pour cette page, puis réessayez.',
  },
  'microphone-dismissed': {
    title: 'Il nous faut votre micro pour un appel',
    cause: 'Votre navigateur a demandé le micro, et il n’a pas été autorisé.',
    whatToTry: 'Réessayez et choisissez « Autoriser ».',
  },
  'microphone-blocked-by-system': {
    title: 'Votre appareil bloque le micro',
    cause: 'Cette page peut utiliser le micro, mais votre appareil en refuse l’accès au navigateur.',
    whatToTry:
      'Autorisez le navigateur dans les réglages de confidentialité de votre appareil, puis réessayez.',
  },
  'microphone-not-found': {
    title: 'Nous ne trouvons pas votre micro',
    cause: 'Votre appareil n’a pas de micro que le navigateur puisse utiliser.',
    whatToTry: 'Branchez un micro ou un micro-casque, puis réessayez.',
  },
  'microphone-in-use': {
    title: 'Votre micro est occupé',
    cause: 'Un autre programme utilise le micro.',
    whatToTry: 'Fermez l’autre programme ou l’autre appel, puis réessayez.',
  },
  'insecure-context': {
    title: 'Les appels ne fonctionnent pas sur cette page',
    cause: 'Les navigateurs n’autorisent les appels que sur les pages sécurisées (https).',
    whatToTry: 'Ouvrez cette page avec https:// au début de son adresse.',
  },
  'blocked-by-permissions-policy': {
    title: 'Cette page n’autorise pas les appels',
    cause: 'Le site web qui entoure cette fenêtre a désactivé le micro.',
    whatToTry: 'Ouvrez la page dans une fenêtre à part.',
  },
  'in-app-browser': {
    title: 'Les appels ne fonctionnent pas dans cette application',
    cause: 'L’application qui a ouvert cette page ne lui donne pas accès au micro.',
    whatToTry: 'Ouvrez la page dans Safari, Chrome ou Firefox.',
  },
  'playback-blocked': {
    title: 'Le son est bloqué pour l’instant',
    cause: 'Votre navigateur attend votre accord avant de diffuser le son.',
    whatToTry: 'Appuyez sur « Activer le son ».',
  },
  'agent-never-joined': {
    title: 'Personne n’a rejoint l’appel',
    cause: 'La connexion était établie, mais notre assistant n’est pas venu. Tout allait bien de votre côté.',
    whatToTry: 'Merci d’appeler de nouveau.',
  },
  'agent-silent': {
    title: 'Vous ne pouviez pas nous entendre',
    cause: 'Notre assistant était là, mais aucun son ne vous est parvenu.',
    whatToTry: 'Vérifiez que le son est activé, puis appelez de nouveau.',
  },
  'caller-silent': {
    title: 'Nous ne vous entendions pas',
    cause: 'Aucun son ne venait de votre micro.',
    whatToTry: 'Vérifiez que le micro est activé et qu’il n’est pas coupé, puis appelez de nouveau.',
  },
  'connection-blocked': {
    title: 'L’appel n’a pas pu passer',
    cause: 'Votre réseau semble bloquer les appels, comme le font certains hôtels, entreprises et VPN.',
    whatToTry: 'Essayez un autre réseau, par exemple celui de votre téléphone.',
  },
  'connection-lost': {
    title: 'La connexion a été perdue',
    cause: 'Le réseau entre vous et nous s’est interrompu pendant l’appel.',
    whatToTry: 'Vérifiez votre connexion, puis appelez de nouveau.',
  },
  'token-expired': {
    title: 'L’appel a mis trop de temps à démarrer',
    cause: 'Votre accès à l’appel avait expiré. Cela venait de notre côté.',
    whatToTry: 'Démarrez un nouvel appel.',
  },
  'call-in-another-tab': {
    title: 'Vous êtes déjà en appel',
    cause: 'Un appel est en cours dans un autre onglet de ce navigateur.',
    whatToTry: 'Terminez cet appel, puis démarrez-en un ici.',
  },
  unauthorized: {
    title: 'Les appels ne sont pas disponibles pour le moment',
    cause: 'Ce site web n’est pas bien configuré pour les appels. Tout allait bien de votre côté.',
    whatToTry: 'Contactez-nous autrement et, si possible, dites-le-nous.',
  },
  'domain-not-allowed': {
    title: 'Ce service n’est pas disponible sur ce site web',
    cause: 'Le site web n’est pas encore sur notre liste. Tout allait bien de votre côté.',
    whatToTry: 'Contactez-nous via notre site web principal.',
  },
  'no-credit': {
    title: 'Nous ne pouvons pas prendre d’appels pour le moment',
    cause: 'Notre compte n’est pas prêt pour les appels. Tout allait bien de votre côté.',
    whatToTry: 'Contactez-nous autrement aujourd’hui.',
  },
  'too-many-calls': {
    title: 'Toutes nos lignes sont occupées',
    cause: 'Beaucoup de personnes appellent en ce moment.',
    whatToTry: 'Réessayez dans une minute.',
  },
  'agent-not-found': {
    title: 'Personne n’est joignable ici',
    cause: 'L’assistant de cette page n’existe plus. Tout allait bien de votre côté.',
    whatToTry: 'Rechargez la page ou contactez-nous autrement.',
  },
  'rate-limited': {
    title: 'C’était un peu trop rapide',
    cause: 'Nous avons reçu trop de demandes en peu de temps.',
    whatToTry: 'Attendez une minute, puis réessayez.',
  },
  'server-error': {
    title: 'Un problème est survenu de notre côté',
    cause: 'Notre service a rencontré une erreur. Tout allait bien de votre côté.',
    whatToTry: 'Réessayez dans un instant.',
  },
  offline: {
    title: 'Vous êtes hors ligne',
    cause: 'Votre appareil n’a pas de connexion à Internet.',
    whatToTry: 'Reconnectez-vous à Internet, puis réessayez.',
  },
  timeout: {
    title: 'Nous n’avons pas pu être joints à temps',
    cause: 'La connexion est très lente, ou quelque chose la bloque entre nous.',
    whatToTry: 'Vérifiez votre connexion à Internet, puis réessayez.',
  },
  'invalid-response': {
    title: 'Nous avons reçu une réponse illisible',
    cause: 'Quelque chose l’a modifiée en chemin, ou notre service a rencontré une erreur.',
    whatToTry: 'Réessayez dans quelques minutes.',
  },
  'unsupported-transport': {
    title: 'Cette page n’est plus à jour',
    cause: 'Elle ne permet pas ce type d’appel.',
    whatToTry: 'Rechargez la page et recommencez.',
  },
  'webrtc-missing': {
    title: 'Ce navigateur ne permet pas d’appeler',
    cause: 'Il est peut-être réglé ainsi, par exemple pour protéger votre vie privée.',
    whatToTry: 'Utilisez un autre navigateur ou contactez-nous autrement.',
  },
};
