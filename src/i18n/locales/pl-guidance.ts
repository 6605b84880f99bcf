import type { LaterWords } from '../locale.js';

export const guidance: LaterWords['guidance'] = {
  no_audio_output: {
    title: 'Odebraliśmy, ale nie było słychać naszego głosu',
    cause: 'Nasza usługa głosowa nie zadziałała w tej rozmowie. Problem był po naszej stronie.',
    whatToTry: 'Prosimy spróbować ponownie.',
  },
  no_audio_either_direction: {
    title: 'Nie słyszeliśmy się nawzajem',
    cause: 'Połączenie działało, ale dźwięk nie docierał w żadną stronę.',
    whatToTry: 'Prosimy włączyć mikrofon, zwiększyć głośność i zacząć rozmowę ponownie.',
  },
  idle_timeout: {
    title: 'Rozmowa zakończyła się z powodu ciszy',
    cause: 'Przez dłuższą chwilę nikt nic nie mówił.',
    whatToTry: 'Prosimy zacząć rozmowę ponownie i odezwać się zaraz po powitaniu.',
  },
  provider_circuit_open: {
    title: 'Mieliśmy problem techniczny',
    cause:
      'Usługa, z której korzystamy, kilka razy zawiodła, więc zakończyliśmy rozmowę. Problem był po naszej stronie.',
    whatToTry: 'Prosimy spróbować ponownie za minutę.',
  },
  sip_no_answer: {
    title: 'Nikt nie odebrał',
    cause: 'Telefon dzwonił bez odpowiedzi lub był zajęty.',
    whatToTry: 'Prosimy sprawdzić numer, mieć telefon pod ręką i ponownie poprosić o rozmowę.',
  },
  sip_rejected: {
    title: 'Nie udało się zadzwonić pod ten numer',
    cause: 'Sieć telefoniczna odrzuciła ten numer.',
    whatToTry: 'Prosimy sprawdzić numer wraz z kierunkowym kraju.',
  },
  bot_startup_failed: {
    title: 'Nie zdążyliśmy się przygotować',
    cause: 'Nasz asystent uruchamiał się zbyt długo. Problem był po naszej stronie.',
    whatToTry: 'Prosimy spróbować ponownie: druga próba zwykle się udaje.',
  },
  caller_hung_up_silently: {
    title: 'To była krótka rozmowa',
    cause: 'Rozmowa zakończyła się przed końcem powitania.',
    whatToTry: 'W każdej chwili można zacząć ponownie i zostać na linii trochę dłużej.',
  },
  stale_sweep: {
    title: 'Rozmowa urwała się po naszej stronie',
    cause: 'Nasz asystent przestał działać w trakcie rozmowy. Urządzenie i łącze były w porządku.',
    whatToTry: 'Prosimy spróbować jeszcze raz.',
  },
  unknown: {
    title: 'Rozmowa się nie udała',
    cause: 'Nie udało się ustalić przyczyny.',
    whatToTry: 'Można napisać do nas tutaj lub wrócić później.',
  },
  'microphone-denied': {
    title: 'Brak zgody na użycie mikrofonu',
    cause: 'Ustawienia przeglądarki blokują mikrofon na tej stronie.',
    whatToTry: 'Prosimy zezwolić tej stronie na użycie mikrofonu i spróbować ponownie.',
  },
  'microphone-dismissed': {
    title: 'Do rozmowy potrzebny jest mikrofon',
    cause: 'Przeglądarka zapytała o mikrofon, ale nie został on udostępniony.',
    whatToTry: 'Prosimy spróbować ponownie i wybrać „Zezwól”.',
  },
  'microphone-blocked-by-system': {
    title: 'Urządzenie blokuje mikrofon',
    cause: 'Ta strona może używać mikrofonu, ale urządzenie nie udostępnia go przeglądarce.',
    whatToTry:
      'Prosimy zezwolić przeglądarce na użycie mikrofonu w ustawieniach prywatności urządzenia i spróbować ponownie.',
  },
  'microphone-not-found': {
    title: 'Nie możemy znaleźć mikrofonu',
    cause: 'Urządzenie nie ma mikrofonu, którego mogłaby użyć przeglądarka.',
    whatToTry: 'Prosimy podłączyć mikrofon lub zestaw słuchawkowy i spróbować ponownie.',
  },
  'microphone-in-use': {
    title: 'Mikrofon jest zajęty',
    cause: 'Z mikrofonu korzysta inny program.',
    whatToTry: 'Prosimy zamknąć ten program lub zakończyć inną rozmowę i spróbować ponownie.',
  },
  'insecure-context': {
    title: 'Na tej stronie rozmowy nie działają',
    cause: 'Przeglądarki pozwalają na rozmowy tylko na bezpiecznych stronach (https).',
    whatToTry: 'Prosimy otworzyć tę stronę z https:// na początku adresu.',
  },
  'blocked-by-permissions-policy': {
    title: 'Ta strona nie pozwala na rozmowy',
    cause: 'Witryna, w której działa to okno, wyłączyła mikrofon.',
    whatToTry: 'Prosimy otworzyć stronę w osobnym oknie.',
  },
  'in-app-browser': {
    title: 'W tej aplikacji rozmowy nie działają',
    cause: 'Aplikacja, która otworzyła tę stronę, nie udostępnia jej mikrofonu.',
    whatToTry: 'Prosimy otworzyć stronę w Safari, Chrome lub Firefoksie.',
  },
  'playback-blocked': {
    title: 'Dźwięk jest wstrzymany',
    cause: 'Przeglądarka odtworzy dźwięk dopiero po naciśnięciu przycisku.',
    whatToTry: 'Prosimy nacisnąć „Włącz dźwięk”.',
  },
  'agent-never-joined': {
    title: 'Nikt nie dołączył do rozmowy',
    cause: 'Połączenie działało, ale nasz asystent się nie pojawił. Problem był po naszej stronie.',
    whatToTry: 'Prosimy spróbować ponownie.',
  },
  'agent-silent': {
    title: 'Nie było nas słychać',
    cause: 'Nasz asystent był na linii, ale jego głos nie docierał do tego urządzenia.',
    whatToTry: 'Prosimy sprawdzić, czy dźwięk jest włączony, i spróbować ponownie.',
  },
  'caller-silent': {
    title: 'Nie dotarł do nas żaden głos',
    cause: 'Z mikrofonu nie dochodził dźwięk.',
    whatToTry: 'Prosimy sprawdzić, czy mikrofon jest włączony i niewyciszony, i zacząć rozmowę ponownie.',
  },
  'connection-blocked': {
    title: 'Nie udało się nawiązać połączenia',
    cause: 'Sieć prawdopodobnie blokuje rozmowy – tak bywa w firmach, hotelach i przy użyciu VPN.',
    whatToTry: 'Prosimy użyć innej sieci, na przykład komórkowej.',
  },
  'connection-lost': {
    title: 'Połączenie zostało przerwane',
    cause: 'Sieć między nami przestała działać w trakcie rozmowy.',
    whatToTry: 'Prosimy sprawdzić połączenie i zacząć rozmowę ponownie.',
  },
  'token-expired': {
    title: 'Rozmowa rozpoczynała się zbyt długo',
    cause: 'Rezerwacja miejsca w rozmowie wygasła. Problem był po naszej stronie.',
    whatToTry: 'Prosimy zacząć rozmowę ponownie.',
  },
  'call-in-another-tab': {
    title: 'Rozmowa już trwa',
    cause: 'Rozmowa toczy się w innej karcie tej przeglądarki.',
    whatToTry: 'Prosimy ją zakończyć, a potem zacząć rozmowę tutaj.',
  },
  unauthorized: {
    title: 'Rozmowy są teraz niedostępne',
    cause: 'Ta witryna nie jest do nich poprawnie skonfigurowana. Problem jest po naszej stronie.',
    whatToTry: 'Prosimy o kontakt inną drogą i w miarę możliwości o zgłoszenie problemu.',
  },
  'domain-not-allowed': {
    title: 'Ta funkcja nie jest dostępna w tej witrynie',
    cause: 'Tej witryny nie ma jeszcze na naszej liście. Problem jest po naszej stronie.',
    whatToTry: 'Prosimy o kontakt przez naszą główną witrynę.',
  },
  'no-credit': {
    title: 'Nie możemy teraz prowadzić rozmów',
    cause: 'Nasze konto nie jest gotowe do rozmów. Problem jest po naszej stronie.',
    whatToTry: 'Dziś prosimy o kontakt inną drogą.',
  },
  'too-many-calls': {
    title: 'Wszystkie linie są zajęte',
    cause: 'W tej chwili dzwoni wiele osób.',
    whatToTry: 'Prosimy spróbować ponownie za minutę.',
  },
  'agent-not-found': {
    title: 'Nikt tu już nie odpowiada',
    cause: 'Asystent tej strony już nie istnieje. Problem jest po naszej stronie.',
    whatToTry: 'Prosimy odświeżyć stronę lub skontaktować się z nami inną drogą.',
  },
  'rate-limited': {
    title: 'Trochę za szybko',
    cause: 'W krótkim czasie dotarło do nas zbyt wiele żądań.',
    whatToTry: 'Prosimy odczekać minutę i spróbować ponownie.',
  },
  'server-error': {
    title: 'Coś zawiodło po naszej stronie',
    cause: 'W naszej usłudze wystąpił błąd. Urządzenie i łącze były w porządku.',
    whatToTry: 'Prosimy spróbować ponownie za chwilę.',
  },
  offline: {
    title: 'Brak internetu',
    cause: 'Urządzenie nie ma połączenia z internetem.',
    whatToTry: 'Prosimy połączyć się z internetem i spróbować ponownie.',
  },
  timeout: {
    title: 'Nie udało się połączyć na czas',
    cause: 'Połączenie jest bardzo wolne lub coś po drodze je blokuje.',
    whatToTry: 'Prosimy sprawdzić połączenie z internetem i spróbować ponownie.',
  },
  'invalid-response': {
    title: 'Otrzymaliśmy nieczytelną odpowiedź',
    cause: 'Coś po drodze ją zmieniło albo w naszej usłudze wystąpił błąd.',
    whatToTry: 'Prosimy spróbować ponownie za kilka minut.',
  },
  'unsupported-transport': {
    title: 'Ta strona jest nieaktualna',
    cause: 'Nie obsługuje tego rodzaju rozmów.',
    whatToTry: 'Prosimy odświeżyć stronę i zacząć od nowa.',
  },
  'webrtc-missing': {
    title: 'Ta przeglądarka nie obsługuje rozmów',
    cause: 'Być może jest tak ustawiona, na przykład dla ochrony prywatności.',
    whatToTry: 'Prosimy użyć innej przeglądarki lub skontaktować się w inny sposób.',
  },
};
