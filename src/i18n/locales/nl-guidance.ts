import type { LaterWords } from '../locale.js';

/** Dutch, addressed formally (u). */
export const guidance: LaterWords['guidance'] = {
  no_audio_output: {
    title: 'We antwoordden, maar onze stem kwam niet door',
    cause: 'Onze spraakdienst werkte niet tijdens deze oproep. Aan uw kant was alles in orde.',
    whatToTry: 'Bel alstublieft opnieuw.',
  },
  no_audio_either_direction: {
    title: 'We konden elkaar niet horen',
    cause: 'U was verbonden, maar er ging in geen van beide richtingen geluid door.',
    whatToTry: 'Controleer of uw microfoon aanstaat en het geluid hard genoeg is, en bel opnieuw.',
  },
  idle_timeout: {
    title: 'De oproep is beëindigd omdat het stil was',
    cause: 'Er had een tijdje niemand gesproken.',
    whatToTry: 'Bel opnieuw en begin meteen na de begroeting te praten.',
  },
  provider_circuit_open: {
    title: 'We hadden een technisch probleem',
    cause:
      'Een dienst die we gebruiken, viel enkele keren uit. Daarom hebben we de oproep beëindigd. Aan uw kant was alles in orde.',
    whatToTry: 'Bel over een minuut opnieuw.',
  },
  sip_no_answer: {
    title: 'Er werd niet opgenomen',
    cause: 'De telefoon ging over zonder dat er werd opgenomen, of was in gesprek.',
    whatToTry: 'Controleer het nummer, houd uw telefoon bij de hand en vraag de oproep opnieuw aan.',
  },
  sip_rejected: {
    title: 'Dit nummer kon niet worden gebeld',
    cause: 'Het telefoonnetwerk weigerde het nummer.',
    whatToTry: 'Controleer het nummer en de landcode.',
  },
  bot_startup_failed: {
    title: 'We waren niet op tijd klaar',
    cause: 'Het starten van onze assistent duurde te lang. Aan uw kant was alles in orde.',
    whatToTry: 'Bel opnieuw: de tweede keer lukt het meestal.',
  },
  caller_hung_up_silently: {
    title: 'Dat was een korte oproep',
    cause: 'De oproep eindigde voordat de begroeting voorbij was.',
    whatToTry: 'Bel gerust opnieuw en blijf even aan de lijn.',
  },
  stale_sweep: {
    title: 'De oproep werd aan onze kant afgebroken',
    cause: 'Onze assistent stopte midden in de oproep. Aan uw kant was alles in orde.',
    whatToTry: 'Bel ons alstublieft nog een keer.',
  },
  unknown: {
    title: 'De oproep is niet gelukt',
    cause: 'We konden niet achterhalen waarom.',
    whatToTry: 'Stuur ons hier een bericht of kom later terug.',
  },
  'microphone-denied': {
    title: 'De microfoon is niet toegestaan',
    cause: 'Uw browser is zo ingesteld dat de microfoon op deze pagina wordt geblokkeerd.',
    whatToTry: 'Sta de microfoon toe voor deze pagina en probeer het opnieuw.',
  },
  'microphone-dismissed': {
    title: 'Voor een oproep hebben we uw microfoon nodig',
    cause: 'Uw browser vroeg om de microfoon, en die werd niet toegestaan.',
    whatToTry: 'Probeer het opnieuw en kies ‘Toestaan’.',
  },
  'microphone-blocked-by-system': {
    title: 'Uw apparaat blokkeert de microfoon',
    cause: 'Deze pagina mag de microfoon gebruiken, maar uw apparaat geeft de browser geen toegang.',
    whatToTry: 'Sta de browser toe in de privacy-instellingen van uw apparaat en probeer het opnieuw.',
  },
  'microphone-not-found': {
    title: 'We kunnen uw microfoon niet vinden',
    cause: 'Uw apparaat heeft geen microfoon die de browser kan gebruiken.',
    whatToTry: 'Sluit een microfoon of headset aan en probeer het opnieuw.',
  },
  'microphone-in-use': {
    title: 'Uw microfoon is in gebruik',
    cause: 'Een ander programma gebruikt de microfoon.',
    whatToTry: 'Sluit het andere programma of beëindig de andere oproep en probeer het opnieuw.',
  },
  'insecure-context': {
    title: 'Bellen werkt niet op deze pagina',
    cause: 'Browsers staan oproepen alleen toe op beveiligde pagina’s (https).',
    whatToTry: 'Open deze pagina met https:// aan het begin van het adres.',
  },
  'blocked-by-permissions-policy': {
    title: 'Deze pagina staat geen oproepen toe',
    cause: 'De website rond dit venster heeft de microfoon uitgeschakeld.',
    whatToTry: 'Open de pagina in een eigen venster.',
  },
  'in-app-browser': {
    title: 'Bellen werkt niet in deze app',
    cause: 'De app die deze pagina heeft geopend, geeft geen toegang tot de microfoon.',
    whatToTry: 'Open de pagina in Safari, Chrome of Firefox.',
  },
  'playback-blocked': {
    title: 'Het geluid wordt tegengehouden',
    cause: 'Uw browser speelt pas geluid af als u het aanzet.',
    whatToTry: 'Druk op ‘Geluid aanzetten’.',
  },
  'agent-never-joined': {
    title: 'Er kwam niemand aan de lijn',
    cause: 'U was verbonden, maar onze assistent kwam er niet bij. Aan uw kant was alles in orde.',
    whatToTry: 'Probeer alstublieft opnieuw te bellen.',
  },
  'agent-silent': {
    title: 'We waren niet te horen',
    cause: 'Onze assistent was er, maar het geluid bereikte u niet.',
    whatToTry: 'Controleer of het geluid aanstaat en bel opnieuw.',
  },
  'caller-silent': {
    title: 'We konden u niet horen',
    cause: 'Er kwam geen geluid van uw microfoon.',
    whatToTry: 'Controleer of de microfoon aanstaat en niet is gedempt, en bel opnieuw.',
  },
  'connection-blocked': {
    title: 'De oproep kwam niet tot stand',
    cause: 'Uw netwerk lijkt oproepen te blokkeren, zoals sommige bedrijven, hotels en VPN’s doen.',
    whatToTry: 'Probeer een ander netwerk, bijvoorbeeld dat van uw telefoon.',
  },
  'connection-lost': {
    title: 'De verbinding is verbroken',
    cause: 'Het netwerk tussen u en ons viel weg tijdens de oproep.',
    whatToTry: 'Controleer uw verbinding en bel opnieuw.',
  },
  'token-expired': {
    title: 'Het starten van de oproep duurde te lang',
    cause: 'Uw toegang tot de oproep was verlopen. Dat lag aan ons.',
    whatToTry: 'Start de oproep opnieuw.',
  },
  'call-in-another-tab': {
    title: 'U bent al in gesprek',
    cause: 'Er loopt een oproep in een ander tabblad van deze browser.',
    whatToTry: 'Beëindig die oproep en start er dan hier een.',
  },
  unauthorized: {
    title: 'Bellen is nu niet beschikbaar',
    cause: 'Deze website is daar niet goed voor ingesteld. Aan uw kant was alles in orde.',
    whatToTry: 'Neem op een andere manier contact op en laat het ons weten als u kunt.',
  },
  'domain-not-allowed': {
    title: 'Dit is niet beschikbaar op deze website',
    cause: 'De website staat nog niet op onze lijst. Aan uw kant was alles in orde.',
    whatToTry: 'Neem contact op via onze hoofdwebsite.',
  },
  'no-credit': {
    title: 'We kunnen nu geen oproepen aannemen',
    cause: 'Ons account is niet klaar voor oproepen. Aan uw kant was alles in orde.',
    whatToTry: 'Neem vandaag op een andere manier contact op.',
  },
  'too-many-calls': {
    title: 'Alle lijnen zijn bezet',
    cause: 'Er bellen op dit moment veel mensen.',
    whatToTry: 'Probeer het over een minuut opnieuw.',
  },
  'agent-not-found': {
    title: 'Hier is niemand bereikbaar',
    cause: 'De assistent van deze pagina bestaat niet meer. Aan uw kant was alles in orde.',
    whatToTry: 'Laad de pagina opnieuw of neem op een andere manier contact op.',
  },
  'rate-limited': {
    title: 'Dat ging iets te snel',
    cause: 'We kregen in korte tijd te veel verzoeken.',
    whatToTry: 'Wacht een minuut en probeer het dan opnieuw.',
  },
  'server-error': {
    title: 'Er ging iets mis aan onze kant',
    cause: 'Er trad een fout op in onze dienst. Aan uw kant was alles in orde.',
    whatToTry: 'Probeer het zo meteen opnieuw.',
  },
  offline: {
    title: 'U bent offline',
    cause: 'Uw apparaat heeft geen internetverbinding.',
    whatToTry: 'Maak weer verbinding met internet en probeer het opnieuw.',
  },
  timeout: {
    title: 'We waren niet op tijd te bereiken',
    cause: 'De verbinding is erg traag of wordt ergens onderweg geblokkeerd.',
    whatToTry: 'Controleer uw internetverbinding en probeer het opnieuw.',
  },
  'invalid-response': {
    title: 'We kregen een onleesbaar antwoord',
    cause: 'Iets heeft het onderweg veranderd, of er zit een fout in onze dienst.',
    whatToTry: 'Probeer het over een paar minuten opnieuw.',
  },
  'unsupported-transport': {
    title: 'Deze pagina is verouderd',
    cause: 'Dit soort oproep is hier niet mogelijk.',
    whatToTry: 'Laad de pagina opnieuw en begin nog eens.',
  },
  'webrtc-missing': {
    title: 'Deze browser kan niet bellen',
    cause: 'Misschien is hij zo ingesteld, bijvoorbeeld voor uw privacy.',
    whatToTry: 'Gebruik een andere browser of bereik ons op een andere manier.',
  },
};
