import type { LaterWords } from '../locale.js';

export const guidance: LaterWords['guidance'] = {
  no_audio_output: {
    title: 'Abbiamo risposto, ma la nostra voce non è arrivata',
    cause:
      'Il nostro servizio vocale non ha funzionato in questa chiamata. Sul suo dispositivo era tutto a posto.',
    whatToTry: 'Riprovi a chiamare, per favore.',
  },
  no_audio_either_direction: {
    title: 'Non ci siamo sentiti a vicenda',
    cause: 'La connessione c’era, ma l’audio non passava in nessuna direzione.',
    whatToTry: 'Controlli che il microfono sia acceso e il volume alto, poi richiami.',
  },
  idle_timeout: {
    title: 'La chiamata è terminata per inattività',
    cause: 'Nessuno parlava da un po’.',
    whatToTry: 'Richiami e inizi a parlare subito dopo il saluto.',
  },
  provider_circuit_open: {
    title: 'Abbiamo avuto un problema tecnico',
    cause:
      'Un servizio che usiamo ha avuto diversi errori, perciò abbiamo chiuso la chiamata. Sul suo dispositivo era tutto a posto.',
    whatToTry: 'Richiami tra un minuto, per favore.',
  },
  sip_no_answer: {
    title: 'Nessuno ha risposto',
    cause: 'Il telefono ha squillato a vuoto o era occupato.',
    whatToTry: 'Controlli il numero, tenga il telefono a portata di mano e chieda di nuovo la chiamata.',
  },
  sip_rejected: {
    title: 'Non è stato possibile chiamare il numero',
    cause: 'La rete telefonica ha rifiutato il numero.',
    whatToTry: 'Controlli il numero e il prefisso del Paese.',
  },
  bot_startup_failed: {
    title: 'Non eravamo pronti in tempo',
    cause:
      'Il nostro assistente ha impiegato troppo tempo ad avviarsi. Sul suo dispositivo era tutto a posto.',
    whatToTry: 'Richiami: di solito al secondo tentativo funziona.',
  },
  caller_hung_up_silently: {
    title: 'È stata una chiamata breve',
    cause: 'La chiamata è terminata prima della fine del saluto.',
    whatToTry: 'Richiami quando vuole e resti in linea un momento.',
  },
  stale_sweep: {
    title: 'La chiamata è caduta per un nostro problema',
    cause: 'Il nostro assistente si è fermato durante la chiamata. Sul suo dispositivo era tutto a posto.',
    whatToTry: 'Ci richiami, per favore.',
  },
  unknown: {
    title: 'La chiamata non ha funzionato',
    cause: 'Non siamo riusciti a capire perché.',
    whatToTry: 'Ci scriva qui oppure torni più tardi.',
  },
  'microphone-denied': {
    title: 'Il microfono non è consentito',
    cause: 'Il browser è impostato per bloccare il microfono su questa pagina.',
    whatToTry: 'Consenta il microfono per questa pagina e riprovi.',
  },
  'microphone-dismissed': {
    title: 'Per la chiamata serve il microfono',
    cause: 'Il browser ha chiesto il microfono, che non è stato consentito.',
    whatToTry: 'Riprovi e scelga “Consenti”.',
  },
  'microphone-blocked-by-system': {
    title: 'Il suo dispositivo blocca il microfono',
    cause: 'Questa pagina può usare il microfono, ma il dispositivo non lo concede al browser.',
    whatToTry: 'Autorizzi il browser nelle impostazioni di privacy del dispositivo e riprovi.',
  },
  'microphone-not-found': {
    title: 'Non troviamo il suo microfono',
    cause: 'Il suo dispositivo non ha un microfono che il browser possa usare.',
    whatToTry: 'Colleghi un microfono o delle cuffie con microfono e riprovi.',
  },
  'microphone-in-use': {
    title: 'Il suo microfono è occupato',
    cause: 'Un altro programma sta usando il microfono.',
    whatToTry: 'Chiuda l’altro programma o l’altra chiamata e riprovi.',
  },
  'insecure-context': {
    title: 'Le chiamate non funzionano su questa pagina',
    cause: 'I browser consentono le chiamate solo su pagine sicure (https).',
    whatToTry: 'Apra questa pagina con https:// davanti all’indirizzo.',
  },
  'blocked-by-permissions-policy': {
    title: 'Questa pagina non consente chiamate',
    cause: 'Il sito web che contiene questa finestra ha disattivato il microfono.',
    whatToTry: 'Apra la pagina in una finestra a parte.',
  },
  'in-app-browser': {
    title: 'Le chiamate non funzionano in questa app',
    cause: 'L’app che ha aperto questa pagina non dà accesso al microfono.',
    whatToTry: 'Apra la pagina in Safari, Chrome o Firefox.',
  },
  'playback-blocked': {
    title: 'L’audio è in pausa',
    cause: 'Il browser non riproduce l’audio finché non lo attiva lei.',
    whatToTry: 'Prema “Attiva l’audio”.',
  },
  'agent-never-joined': {
    title: 'Nessuno si è unito alla chiamata',
    cause:
      'La connessione c’era, ma il nostro assistente non si è collegato. Sul suo dispositivo era tutto a posto.',
    whatToTry: 'Riprovi a chiamare, per favore.',
  },
  'agent-silent': {
    title: 'La nostra voce non è arrivata',
    cause: 'Il nostro assistente c’era, ma l’audio non è arrivato fino a lei.',
    whatToTry: 'Controlli che l’audio sia attivo e richiami.',
  },
  'caller-silent': {
    title: 'Non siamo riusciti a sentirla',
    cause: 'Dal suo microfono non è arrivato alcun suono.',
    whatToTry: 'Controlli che il microfono sia acceso e non silenziato, poi richiami.',
  },
  'connection-blocked': {
    title: 'Non è stato possibile stabilire la chiamata',
    cause: 'Sembra che la sua rete blocchi le chiamate, come fanno alcune aziende, hotel e VPN.',
    whatToTry: 'Provi un’altra rete, ad esempio quella del telefono.',
  },
  'connection-lost': {
    title: 'La connessione si è interrotta',
    cause: 'La rete tra lei e noi è caduta durante la chiamata.',
    whatToTry: 'Verifichi la connessione e richiami.',
  },
  'token-expired': {
    title: 'L’avvio della chiamata ha richiesto troppo tempo',
    cause: 'Il suo accesso alla chiamata era scaduto. È dipeso da noi.',
    whatToTry: 'Avvii di nuovo la chiamata.',
  },
  'call-in-another-tab': {
    title: 'È già in corso una chiamata',
    cause: 'C’è una chiamata in un’altra scheda di questo browser.',
    whatToTry: 'Termini quella chiamata e ne avvii una qui.',
  },
  unauthorized: {
    title: 'Al momento le chiamate non sono disponibili',
    cause: 'Questo sito web non è configurato bene per le chiamate. Sul suo dispositivo era tutto a posto.',
    whatToTry: 'Ci contatti in un altro modo e, se può, ce lo segnali.',
  },
  'domain-not-allowed': {
    title: 'Non disponibile su questo sito web',
    cause: 'Il sito web non è ancora nel nostro elenco. Sul suo dispositivo era tutto a posto.',
    whatToTry: 'Ci contatti dal nostro sito web principale.',
  },
  'no-credit': {
    title: 'Al momento non possiamo ricevere chiamate',
    cause: 'Il nostro account non è pronto per le chiamate. Sul suo dispositivo era tutto a posto.',
    whatToTry: 'Per oggi ci contatti in un altro modo.',
  },
  'too-many-calls': {
    title: 'Tutte le linee sono occupate',
    cause: 'In questo momento stanno chiamando in molti.',
    whatToTry: 'Riprovi tra un minuto.',
  },
  'agent-not-found': {
    title: 'Qui non risponde più nessuno',
    cause: 'L’assistente di questa pagina non esiste più. Sul suo dispositivo era tutto a posto.',
    whatToTry: 'Ricarichi la pagina o ci contatti in un altro modo.',
  },
  'rate-limited': {
    title: 'Un po’ troppo in fretta',
    cause: 'Abbiamo ricevuto troppe richieste in poco tempo.',
    whatToTry: 'Attenda un minuto e riprovi.',
  },
  'server-error': {
    title: 'Qualcosa non ha funzionato da parte nostra',
    cause: 'Il nostro servizio ha avuto un errore. Sul suo dispositivo era tutto a posto.',
    whatToTry: 'Riprovi tra un momento.',
  },
  offline: {
    title: 'Manca la connessione',
    cause: 'Il suo dispositivo non è connesso a internet.',
    whatToTry: 'Si riconnetta a internet e riprovi.',
  },
  timeout: {
    title: 'Non è stato possibile raggiungerci in tempo',
    cause: 'La connessione è molto lenta o qualcosa la blocca lungo il percorso.',
    whatToTry: 'Verifichi la connessione a internet e riprovi.',
  },
  'invalid-response': {
    title: 'È arrivata una risposta illeggibile',
    cause: 'Qualcosa l’ha modificata lungo il percorso o il nostro servizio ha un errore.',
    whatToTry: 'Riprovi tra qualche minuto.',
  },
  'unsupported-transport': {
    title: 'Questa pagina non è aggiornata',
    cause: 'Non consente questo tipo di chiamata.',
    whatToTry: 'Ricarichi la pagina e ricominci.',
  },
  'webrtc-missing': {
    title: 'Questo browser non può fare chiamate',
    cause: 'Forse è impostato così, per esempio per proteggere la privacy.',
    whatToTry: 'Usi un altro browser o ci contatti in un altro modo.',
  },
};
