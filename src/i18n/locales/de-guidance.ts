import type { LaterWords } from '../locale.js';

/** German, addressed formally (Sie). */
export const guidance: LaterWords['guidance'] = {
  no_audio_output: {
    title: 'Wir haben geantwortet, aber unsere Stimme kam nicht an',
    cause: 'Unser Sprachdienst hat bei diesem Anruf nicht funktioniert. Bei Ihnen war alles in Ordnung.',
    whatToTry: 'Bitte rufen Sie noch einmal an.',
  },
  no_audio_either_direction: {
    title: 'Wir konnten einander nicht hören',
    cause: 'Sie waren verbunden, aber in keiner Richtung kam Ton an.',
    whatToTry: 'Prüfen Sie, ob Ihr Mikrofon an und der Ton laut genug ist, und rufen Sie noch einmal an.',
  },
  idle_timeout: {
    title: 'Der Anruf wurde beendet, weil es still war',
    cause: 'Eine Zeit lang hatte niemand gesprochen.',
    whatToTry: 'Rufen Sie noch einmal an und sprechen Sie gleich nach der Begrüßung.',
  },
  provider_circuit_open: {
    title: 'Wir hatten ein technisches Problem',
    cause:
      'Ein Dienst, den wir nutzen, fiel mehrmals aus, deshalb haben wir den Anruf beendet. Bei Ihnen war alles in Ordnung.',
    whatToTry: 'Bitte rufen Sie in einer Minute noch einmal an.',
  },
  sip_no_answer: {
    title: 'Niemand hat abgenommen',
    cause: 'Das Telefon klingelte, ohne dass jemand abnahm, oder es war besetzt.',
    whatToTry:
      'Prüfen Sie die Nummer, halten Sie Ihr Telefon bereit und fordern Sie den Anruf noch einmal an.',
  },
  sip_rejected: {
    title: 'Diese Nummer ließ sich nicht anrufen',
    cause: 'Das Telefonnetz hat die Nummer abgelehnt.',
    whatToTry: 'Prüfen Sie die Nummer samt Ländervorwahl.',
  },
  bot_startup_failed: {
    title: 'Wir waren nicht rechtzeitig bereit',
    cause: 'Unser Assistent brauchte zu lange zum Starten. Bei Ihnen war alles in Ordnung.',
    whatToTry: 'Rufen Sie noch einmal an: Beim zweiten Mal klappt es meist.',
  },
  caller_hung_up_silently: {
    title: 'Das war ein kurzer Anruf',
    cause: 'Der Anruf endete, bevor die Begrüßung vorbei war.',
    whatToTry: 'Rufen Sie jederzeit wieder an und bleiben Sie einen Moment dran.',
  },
  stale_sweep: {
    title: 'Der Anruf brach auf unserer Seite ab',
    cause: 'Unser Assistent ist mitten im Anruf ausgefallen. Bei Ihnen war alles in Ordnung.',
    whatToTry: 'Bitte rufen Sie uns noch einmal an.',
  },
  unknown: {
    title: 'Der Anruf hat nicht geklappt',
    cause: 'Den Grund konnten wir nicht feststellen.',
    whatToTry: 'Schreiben Sie uns stattdessen hier oder kommen Sie später wieder.',
  },
  'microphone-denied': {
    title: 'Das Mikrofon ist nicht erlaubt',
    cause: 'In Ihrem Browser ist das Mikrofon für diese Seite blockiert.',
    whatToTry: 'Erlauben Sie das Mikrofon für diese Seite und versuchen Sie es noch einmal.',
  },
  'microphone-dismissed': {
    title: 'Für einen Anruf brauchen wir Ihr Mikrofon',
    cause: 'Ihr Browser hat nach dem Mikrofon gefragt, und es wurde nicht erlaubt.',
    whatToTry: 'Versuchen Sie es erneut und erlauben Sie das Mikrofon.',
  },
  'microphone-blocked-by-system': {
    title: 'Ihr Gerät blockiert das Mikrofon',
    cause: 'Diese Seite darf das Mikrofon nutzen, aber Ihr Gerät gibt es dem Browser nicht frei.',
    whatToTry:
      'Geben Sie den Browser in den Datenschutzeinstellungen Ihres Geräts frei und versuchen Sie es noch einmal.',
  },
  'microphone-not-found': {
    title: 'Wir finden Ihr Mikrofon nicht',
    cause: 'Ihr Gerät hat kein Mikrofon, das der Browser nutzen kann.',
    whatToTry: 'Schließen Sie ein Mikrofon oder Headset an und versuchen Sie es noch einmal.',
  },
  'microphone-in-use': {
    title: 'Ihr Mikrofon ist belegt',
    cause: 'Ein anderes Programm nutzt das Mikrofon.',
    whatToTry: 'Beenden Sie das andere Programm oder den Anruf und versuchen Sie es noch einmal.',
  },
  'insecure-context': {
    title: 'Auf dieser Seite sind keine Anrufe möglich',
    cause: 'Browser erlauben Anrufe nur auf sicheren Seiten (https).',
    whatToTry: 'Öffnen Sie diese Seite mit https:// am Anfang der Adresse.',
  },
  'blocked-by-permissions-policy': {
    title: 'Diese Seite lässt keine Anrufe zu',
    cause: 'Die Website um dieses Fenster herum hat das Mikrofon abgeschaltet.',
    whatToTry: 'Öffnen Sie die Seite in einem eigenen Fenster.',
  },
  'in-app-browser': {
    title: 'In dieser App sind keine Anrufe möglich',
    cause: 'Die App, die diese Seite geöffnet hat, gibt ihr das Mikrofon nicht frei.',
    whatToTry: 'Öffnen Sie die Seite in Safari, Chrome oder Firefox.',
  },
  'playback-blocked': {
    title: 'Der Ton wird zurückgehalten',
    cause: 'Ihr Browser spielt den Ton erst ab, wenn Sie ihn einschalten.',
    whatToTry: 'Wählen Sie „Ton einschalten“.',
  },
  'agent-never-joined': {
    title: 'Im Anruf hat sich niemand gemeldet',
    cause: 'Sie waren verbunden, aber unser Assistent kam nicht hinzu. Bei Ihnen war alles in Ordnung.',
    whatToTry: 'Bitte rufen Sie noch einmal an.',
  },
  'agent-silent': {
    title: 'Wir waren nicht zu hören',
    cause: 'Unser Assistent war da, aber es kam kein Ton bei Ihnen an.',
    whatToTry: 'Prüfen Sie, ob der Ton an ist, und rufen Sie noch einmal an.',
  },
  'caller-silent': {
    title: 'Wir konnten Sie nicht hören',
    cause: 'Von Ihrem Mikrofon kam kein Ton.',
    whatToTry: 'Prüfen Sie, ob das Mikrofon an und nicht stummgeschaltet ist, und rufen Sie noch einmal an.',
  },
  'connection-blocked': {
    title: 'Der Anruf kam nicht durch',
    cause: 'Ihr Netzwerk scheint Anrufe zu blockieren, wie es manche Firmen, Hotels und VPNs tun.',
    whatToTry: 'Versuchen Sie ein anderes Netzwerk, zum Beispiel das Ihres Telefons.',
  },
  'connection-lost': {
    title: 'Die Verbindung ist abgerissen',
    cause: 'Das Netzwerk zwischen Ihnen und uns ist während des Anrufs ausgefallen.',
    whatToTry: 'Prüfen Sie Ihre Verbindung und rufen Sie noch einmal an.',
  },
  'token-expired': {
    title: 'Der Start des Anrufs hat zu lange gedauert',
    cause: 'Ihr Zugang zum Anruf war abgelaufen. Das lag an uns.',
    whatToTry: 'Starten Sie den Anruf noch einmal.',
  },
  'call-in-another-tab': {
    title: 'Sie sind bereits in einem Anruf',
    cause: 'In einem anderen Tab dieses Browsers läuft ein Anruf.',
    whatToTry: 'Beenden Sie ihn und starten Sie dann hier einen neuen.',
  },
  unauthorized: {
    title: 'Anrufe sind gerade nicht verfügbar',
    cause: 'Diese Website ist dafür nicht richtig eingerichtet. Bei Ihnen war alles in Ordnung.',
    whatToTry: 'Kontaktieren Sie uns auf anderem Weg und sagen Sie uns gern Bescheid.',
  },
  'domain-not-allowed': {
    title: 'Auf dieser Website ist das nicht verfügbar',
    cause: 'Die Website steht noch nicht auf unserer Liste. Bei Ihnen war alles in Ordnung.',
    whatToTry: 'Kontaktieren Sie uns über unsere Hauptwebsite.',
  },
  'no-credit': {
    title: 'Wir können gerade keine Anrufe annehmen',
    cause: 'Unser Konto ist nicht für Anrufe bereit. Bei Ihnen war alles in Ordnung.',
    whatToTry: 'Kontaktieren Sie uns heute auf anderem Weg.',
  },
  'too-many-calls': {
    title: 'Alle Leitungen sind belegt',
    cause: 'In diesem Moment rufen viele Menschen an.',
    whatToTry: 'Rufen Sie in einer Minute wieder an.',
  },
  'agent-not-found': {
    title: 'Hier ist niemand zu erreichen',
    cause: 'Den Assistenten dieser Seite gibt es nicht mehr. Bei Ihnen war alles in Ordnung.',
    whatToTry: 'Laden Sie die Seite neu oder kontaktieren Sie uns auf anderem Weg.',
  },
  'rate-limited': {
    title: 'Das ging etwas zu schnell',
    cause: 'Bei uns kamen in kurzer Zeit zu viele Anfragen an.',
    whatToTry: 'Versuchen Sie es in einer Minute noch einmal.',
  },
  'server-error': {
    title: 'Bei uns ist etwas schiefgegangen',
    cause: 'Unser Dienst hatte einen Fehler. Bei Ihnen war alles in Ordnung.',
    whatToTry: 'Versuchen Sie es gleich noch einmal.',
  },
  offline: {
    title: 'Sie sind offline',
    cause: 'Ihr Gerät hat keine Internetverbindung.',
    whatToTry: 'Verbinden Sie sich wieder mit dem Internet und versuchen Sie es noch einmal.',
  },
  timeout: {
    title: 'Wir waren nicht rechtzeitig erreichbar',
    cause: 'Die Verbindung ist sehr langsam, oder etwas zwischen uns blockiert sie.',
    whatToTry: 'Prüfen Sie Ihre Internetverbindung und versuchen Sie es noch einmal.',
  },
  'invalid-response': {
    title: 'Wir konnten eine Antwort nicht lesen',
    cause: 'Etwas zwischen uns hat sie verändert, oder unser Dienst hat einen Fehler.',
    whatToTry: 'Versuchen Sie es in ein paar Minuten noch einmal.',
  },
  'unsupported-transport': {
    title: 'Diese Seite ist veraltet',
    cause: 'Diese Art von Anruf ist hier nicht möglich.',
    whatToTry: 'Laden Sie die Seite neu und beginnen Sie noch einmal.',
  },
  'webrtc-missing': {
    title: 'Dieser Browser kann nicht anrufen',
    cause: 'Er ist vielleicht so eingestellt, etwa zum Schutz Ihrer Daten.',
    whatToTry: 'Nehmen Sie einen anderen Browser oder erreichen Sie uns auf anderem Weg.',
  },
};
