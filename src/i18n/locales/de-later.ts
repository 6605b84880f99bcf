import type { LaterWords } from '../locale.js';
import { guidance } from './de-guidance.js';

/** German, addressed formally (Sie). */
export const later: LaterWords = {
  words: {
    recorded: 'Dieser Anruf wird aufgezeichnet',
    toolQuestion: 'Darf der Assistent das tun?',
    toolYes: 'Ja, ausführen',
    toolNo: 'Nein',
    allowMicrophone: 'Mikrofon erlauben',
    dismiss: 'Verstanden',
    takeOver: 'Dort auflegen und hier anrufen',
    callId: 'Anruf-ID',
    reason: 'Grund',
    foundOutBy: 'Festgestellt durch',
    sourceServer: 'das Protokoll der Plattform',
    sourceDevice: 'diese Seite',
    failedIsNotBroken:
      'Ein fehlgeschlagener Anruf heißt nicht, dass der Assistent defekt ist: Er lief und ist auf dieses Problem gestoßen.',
    whatToTry: 'Das können Sie tun:',
    stepsTitle: 'So geht’s',
    microphoneStepsChromium:
      'Klicken Sie auf das Symbol ganz links in der Adressleiste.\nSchalten Sie „Mikrofon“ ein oder wählen Sie „Zulassen“.\nKommen Sie hierher zurück und wählen Sie „Erneut versuchen“.',
    microphoneStepsFirefox:
      'Klicken Sie auf das durchgestrichene Mikrofon ganz links in der Adressleiste.\nEntfernen Sie den Eintrag „Blockiert“ neben „Mikrofon verwenden“.\nKommen Sie hierher zurück und wählen Sie „Erneut versuchen“.',
    microphoneStepsSafari:
      'Öffnen Sie „Safari“ in der Menüleiste und wählen Sie „Einstellungen für diese Website“.\nStellen Sie „Mikrofon“ auf „Erlauben“.\nKommen Sie hierher zurück und wählen Sie „Erneut versuchen“.',
    microphoneStepsIos:
      'Tippen Sie auf die Taste ganz links in der Adressleiste und wählen Sie „Website-Einstellungen“.\nStellen Sie „Mikrofon“ auf „Erlauben“.\nKommen Sie hierher zurück und wählen Sie „Erneut versuchen“.',
    microphoneStepsAndroid:
      'Tippen Sie auf das Symbol ganz links in der Adressleiste und wählen Sie „Berechtigungen“.\nSchalten Sie „Mikrofon“ ein.\nKommen Sie hierher zurück und wählen Sie „Erneut versuchen“.',
    microphoneStepsDismissed:
      'Wählen Sie „Erneut versuchen“.\nWenn Ihr Browser nach dem Mikrofon fragt, wählen Sie „Zulassen“ oder „Erlauben“.',
    microphoneStepsMac:
      'Öffnen Sie „Systemeinstellungen“, dann „Datenschutz & Sicherheit“, dann „Mikrofon“.\nSchalten Sie Ihren Browser dort ein.\nStarten Sie den Browser neu und wählen Sie „Erneut versuchen“.',
    microphoneStepsWindows:
      'Öffnen Sie „Einstellungen“, dann „Datenschutz und Sicherheit“, dann „Mikrofon“.\nSchalten Sie den Mikrofonzugriff für Desktop-Apps ein.\nKommen Sie hierher zurück und wählen Sie „Erneut versuchen“.',
    microphoneStepsPhone:
      'Öffnen Sie die Einstellungen Ihres Telefons und suchen Sie Ihren Browser in der Liste der Apps.\nSchalten Sie „Mikrofon“ ein.\nKommen Sie hierher zurück und wählen Sie „Erneut versuchen“.',
    microphoneStepsLinux:
      'Öffnen Sie die Toneinstellungen Ihres Systems.\nPrüfen Sie, ob das richtige Eingabegerät gewählt und eingeschaltet ist.\nWählen Sie „Erneut versuchen“.',
    microphoneStepsNotFound:
      'Schließen Sie ein Mikrofon oder Headset an oder schalten Sie das Mikrofon Ihres Geräts ein.\nWarten Sie kurz, bis Ihr Gerät es erkannt hat.\nWählen Sie „Erneut versuchen“.',
    microphoneStepsInUse:
      'Schließen Sie andere Programme und Tabs, in denen Anrufe laufen.\nWenn das nicht hilft, ziehen Sie das Mikrofon ab und schließen Sie es wieder an.\nWählen Sie „Erneut versuchen“.',
    insecureSteps: 'Setzen Sie „https://“ vor die Adresse dieser Seite.\nÖffnen Sie die Seite neu.',
    policySteps:
      'Öffnen Sie diese Seite in einem eigenen Tab.\nOder schreiben Sie uns hier: Das geht ohne Mikrofon.',
    inAppSteps:
      'Öffnen Sie das Menü dieser App, oft drei Punkte.\nWählen Sie „Im Browser öffnen“.\nStarten Sie den Anruf dort.',
    blamePlatform: 'Plattformseitig',
    blameCaller: 'Verhalten beim Anruf',
    blameCarrier: 'Telefonnetz',
    blameEnvironment: 'Umgebung / Netzwerk',
    blameUnknown: 'Unbekannt',
    copyReport: 'Bericht kopieren',
    copyCallId: 'Anruf-ID kopieren',
    copied: 'Kopiert. Sie können es jetzt einfügen.',
    copyByHand: 'Ihr Browser lässt das Kopieren nicht zu. Hier ist der Text:',
    report: 'Bericht',
    checkConnection: 'Verbindung testen',
    contactSupport: 'Support kontaktieren',
    coolDown: 'Neuer Versuch in {seconds} s möglich.',
    recordSays: 'Laut Protokoll',
    timings: 'Zeiten',
    timeMicrophone: 'Mikrofon {seconds} s',
    timeAnswer: 'Antwort {seconds} s',
    timeLink: 'Verbindung {seconds} s',
    timeAgent: 'Assistent dabei {seconds} s',
    timeHeard: 'Assistent zu hören {seconds} s',
    timeEnd: 'Ende {seconds} s',
    callbackTitle: 'Anruf auf Ihrem Telefon',
    callbackCountry: 'Land',
    callbackPhone: 'Ihre Telefonnummer',
    callbackConsent: 'Mit „Rückruf anfordern“ bitten Sie uns, diese Nummer einmal anzurufen.',
    callbackCancel: 'Abbrechen',
    callbackEmpty: 'Geben Sie Ihre Telefonnummer ein.',
    callbackNotANumber: 'Das ist keine Telefonnummer. Geben Sie nur Ziffern ein, zum Beispiel 030 23125012.',
    callbackTooShort: 'Diese Nummer ist zu kurz. Prüfen Sie, ob eine Ziffer fehlt.',
    callbackTooLong: 'Diese Nummer ist zu lang. Prüfen Sie, ob eine Ziffer zu viel ist.',
    callbackWrongCountry:
      'Diese Nummer passt nicht zum gewählten Land: {country}. Prüfen Sie die Nummer oder wählen Sie ein anderes Land.',
    callbackNotTaken:
      'Diese Nummer können wir nicht anrufen. Prüfen Sie die Nummer oder nehmen Sie eine andere.',
    callbackNotLoaded:
      'Die Nummer konnte nicht geprüft werden. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
    callbackCalling: 'Wir rufen Sie an',
    callbackRinging: 'Ihr Telefon klingelt',
    callbackTalking: 'Sie telefonieren gerade',
    callbackEnded: 'Der Anruf ist beendet',
    callbackUnwatched: 'Wir rufen Sie an. Der Verlauf des Anrufs lässt sich hier nicht anzeigen.',
    callbackKeepPhone: 'Halten Sie Ihr Telefon bereit. Sie können diese Seite weiter nutzen.',
    callbackHide: 'Ausblenden',
    callbackDone: 'Fertig',
    callbackChangeNumber: 'Nummer ändern',
    checkTitle: 'Verbindungstest',
    checkIntro:
      'Der Test dauert etwa zehn Sekunden und umfasst einen kurzen Testanruf. Bitte sprechen Sie währenddessen.',
    checkRunning: 'Ihre Verbindung wird getestet. Bitte sprechen Sie einen Moment.',
    checkAllWell: 'Test beendet. Alles funktioniert: Ein Anruf sollte klappen.',
    checkUnsure: 'Test beendet. Kein Fehler gefunden, aber das ließ sich nicht prüfen: {names}.',
    checkFailed: 'Test beendet. Bitte sehen Sie sich das an: {names}.',
    checkBusy: 'In diesem Browser läuft ein Anruf. Beenden Sie ihn und starten Sie den Test neu.',
    checkBroken:
      'Der Test ließ sich nicht ausführen. Laden Sie die Seite neu und versuchen Sie es noch einmal.',
    checkAgain: 'Erneut testen',
    checkClose: 'Test schließen',
    checkWaiting: 'Wartet',
    checkUnderWay: 'Wird geprüft',
    checkUnknown: 'Nicht geprüft',
    checkMicrophone: 'Mikrofon',
    checkMicrophonePassed: 'Funktioniert: Wir hören Sie.',
    checkMicrophoneFailed: 'Es kam kein Ton an.',
    checkMicrophoneTry:
      'Sprechen Sie während des Tests. Wenn Sie das getan haben, prüfen Sie, ob das richtige Mikrofon gewählt, eingeschaltet und nicht stummgeschaltet ist.',
    checkMicrophoneUnknown: 'Es ist an, aber sein Ton ließ sich in diesem Browser nicht messen.',
    checkSpeaker: 'Lautsprecher',
    checkSpeakerPassed: 'Ein kurzer Ton wurde abgespielt. Nicht gehört? Erhöhen Sie die Lautstärke.',
    checkSpeakerFailed: 'Ihr Browser hat keinen Ton abgespielt.',
    checkSpeakerTry: 'Schließen Sie andere Programme, die den Ton nutzen, und wählen Sie „Erneut testen“.',
    checkApi: 'Unser Dienst',
    checkApiPassed: 'Erreichbar.',
    checkApiFailed: 'Von hier aus nicht erreichbar.',
    checkApiTry:
      'Prüfen Sie, ob Sie online sind, und schalten Sie VPN oder Inhaltsblocker für diese Seite aus.',
    checkSignalling: 'Anrufaufbau',
    checkSignallingPassed: 'Funktioniert.',
    checkSignallingFailed: 'Der Testanruf kam nicht durch.',
    checkSignallingTry: 'Versuchen Sie ein anderes Netzwerk, zum Beispiel das Ihres Telefons.',
    checkMedia: 'Ton über das Netzwerk',
    checkMediaPassed: 'Funktioniert.',
    checkMediaSlow: 'Funktioniert, aber Ihr Netzwerk lässt nur den langsamen Weg zu.',
    checkMediaSlowTry:
      'Wenn Anrufe stocken, versuchen Sie ein anderes Netzwerk oder schalten Sie Ihr VPN aus.',
    checkMediaFailed: 'Ihr Netzwerk lässt den Ton von Anrufen nicht durch.',
    checkMediaTry:
      'Versuchen Sie ein anderes Netzwerk, zum Beispiel das Ihres Telefons, oder schalten Sie Ihr VPN aus.',
    checkQuality: 'Qualität',
    checkQualityPassed: 'Gut: {ms} ms hin und zurück.',
    checkQualityPassedPlain: 'Gut.',
    checkQualityFailed: 'Schlecht: Teile des Tons kommen zu spät oder gehen verloren.',
    checkQualityTry:
      'Gehen Sie näher an Ihren WLAN-Router oder nutzen Sie ein Kabel, und stoppen Sie große Downloads.',
    wrapUpTitle: 'Ihre Unterhaltung',
    wrapUpDuration: 'Der Anruf dauerte {duration}.',
    rateQuestion: 'Wie war es?',
    rateStars: '{count} von 5',
    rateComment: 'Möchten Sie etwas ergänzen? (optional)',
    rateSend: 'Bewertung senden',
    rateThanks: 'Vielen Dank.',
    copyTranscript: 'Verlauf kopieren',
    downloadText: 'Als Text herunterladen',
    downloadJson: 'Als JSON herunterladen',
    transcriptCopied: 'Kopiert.',
    transcriptNotCopied:
      'Ihr Browser lässt das Kopieren nicht zu. Laden Sie den Verlauf stattdessen herunter.',
    wrapUpClose: 'Ausblenden',
  },
  guidance,
};
