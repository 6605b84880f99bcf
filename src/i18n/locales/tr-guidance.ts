import type { LaterWords } from '../locale.js';

/** Turkish, addressed formally (siz). */
export const guidance: LaterWords['guidance'] = {
  no_audio_output: {
    title: 'Yanıtladık ama sesimiz size ulaşmadı',
    cause: 'Bu aramada ses hizmetimiz çalışmadı. Sizde bir sorun yoktu.',
    whatToTry: 'Lütfen aramayı tekrar deneyin.',
  },
  no_audio_either_direction: {
    title: 'Birbirimizi duyamadık',
    cause: 'Bağlandınız ama iki yönde de ses iletilmedi.',
    whatToTry:
      'Mikrofonun açık olduğundan ve cihazınızın sesinin kısık olmadığından emin olup yeniden arayın.',
  },
  idle_timeout: {
    title: 'Arama sessizlik nedeniyle bitti',
    cause: 'Bir süre kimse konuşmadı.',
    whatToTry: 'Yeniden arayın ve karşılama mesajından hemen sonra konuşmaya başlayın.',
  },
  provider_circuit_open: {
    title: 'Teknik bir sorun yaşadık',
    cause:
      'Kullandığımız bir hizmet birkaç kez hata verdi, bu yüzden aramayı bitirdik. Sizde bir sorun yoktu.',
    whatToTry: 'Lütfen bir dakika sonra yeniden arayın.',
  },
  sip_no_answer: {
    title: 'Telefon açılmadı',
    cause: 'Telefon çaldı ama yanıt gelmedi ya da hat meşguldü.',
    whatToTry: 'Numarayı kontrol edin, telefonunuzu yanınızda tutun ve yeniden arama isteyin.',
  },
  sip_rejected: {
    title: 'Bu numara aranamadı',
    cause: 'Telefon şebekesi numarayı kabul etmedi.',
    whatToTry: 'Numarayı ülke koduyla birlikte kontrol edin.',
  },
  bot_startup_failed: {
    title: 'Zamanında hazır olamadık',
    cause: 'Asistanımızın başlaması çok uzun sürdü. Sizde bir sorun yoktu.',
    whatToTry: 'Yeniden arayın: ikinci deneme genellikle sonuç verir.',
  },
  caller_hung_up_silently: {
    title: 'Kısa bir arama oldu',
    cause: 'Arama, karşılama mesajı bitmeden sona erdi.',
    whatToTry: 'Dilediğiniz zaman yeniden arayın ve biraz hatta kalın.',
  },
  stale_sweep: {
    title: 'Arama bizim tarafımızda kesildi',
    cause: 'Asistanımız aramanın ortasında durdu. Sizde bir sorun yoktu.',
    whatToTry: 'Lütfen bizi bir kez daha arayın.',
  },
  unknown: {
    title: 'Arama yapılamadı',
    cause: 'Nedenini bulamadık.',
    whatToTry: 'Bunun yerine bize buradan yazın veya daha sonra yeniden deneyin.',
  },
  'microphone-denied': {
    title: 'Mikrofona izin verilmiyor',
    cause: 'Tarayıcınız bu sayfada mikrofonu engelleyecek şekilde ayarlı.',
    whatToTry: 'Bu sayfa için mikrofona izin verip tekrar deneyin.',
  },
  'microphone-dismissed': {
    title: 'Arama için mikrofonunuz gerekiyor',
    cause: 'Tarayıcınız mikrofon için izin istedi, ancak izin verilmedi.',
    whatToTry: 'Tekrar deneyip “İzin ver”i seçin.',
  },
  'microphone-blocked-by-system': {
    title: 'Cihazınız mikrofonu engelliyor',
    cause: 'Bu sayfa mikrofonu kullanabilir ama cihazınız tarayıcının mikrofona erişmesine izin vermiyor.',
    whatToTry: 'Cihazınızın gizlilik ayarlarında tarayıcıya izin verip tekrar deneyin.',
  },
  'microphone-not-found': {
    title: 'Mikrofonunuzu bulamıyoruz',
    cause: 'Cihazınızda tarayıcının kullanabileceği bir mikrofon yok.',
    whatToTry: 'Bir mikrofon veya mikrofonlu kulaklık bağlayıp tekrar deneyin.',
  },
  'microphone-in-use': {
    title: 'Mikrofonunuz meşgul',
    cause: 'Mikrofonu başka bir program kullanıyor.',
    whatToTry: 'Diğer programı veya aramayı kapatıp tekrar deneyin.',
  },
  'insecure-context': {
    title: 'Bu sayfada arama yapılamıyor',
    cause: 'Tarayıcılar aramaya yalnızca güvenli (https) sayfalarda izin verir.',
    whatToTry: 'Bu sayfayı, adresinin başında https:// olacak şekilde açın.',
  },
  'blocked-by-permissions-policy': {
    title: 'Bu sayfa aramaya izin vermiyor',
    cause: 'Bu pencerenin bulunduğu web sitesi mikrofonu kapatmış.',
    whatToTry: 'Sayfayı ayrı bir pencerede açın.',
  },
  'in-app-browser': {
    title: 'Bu uygulama içinde arama yapılamıyor',
    cause: 'Bu sayfayı açan uygulama, sayfanın mikrofonu kullanmasına izin vermiyor.',
    whatToTry: 'Sayfayı Safari, Chrome veya Firefox’ta açın.',
  },
  'playback-blocked': {
    title: 'Ses bekletiliyor',
    cause: 'Tarayıcınız ses çalmadan önce sizi bekliyor.',
    whatToTry: '“Sesi aç” düğmesine basın.',
  },
  'agent-never-joined': {
    title: 'Aramaya kimse katılmadı',
    cause: 'Bağlandınız ama asistanımız gelmedi. Sizde bir sorun yoktu.',
    whatToTry: 'Lütfen yeniden aramayı deneyin.',
  },
  'agent-silent': {
    title: 'Sesimiz duyulmadı',
    cause: 'Asistanımız oradaydı ama sesi size ulaşmadı.',
    whatToTry: 'Cihazınızın sesinin açık olduğundan emin olup yeniden arayın.',
  },
  'caller-silent': {
    title: 'Sizi duyamadık',
    cause: 'Mikrofonunuzdan ses gelmedi.',
    whatToTry: 'Mikrofonun açık olduğundan ve sessizde olmadığından emin olup yeniden arayın.',
  },
  'connection-blocked': {
    title: 'Arama bağlanamadı',
    cause: 'Bazı şirket, otel ve VPN ağları gibi sizin ağınız da aramaları engelliyor olabilir.',
    whatToTry: 'Başka bir ağ deneyin, örneğin telefonunuzun ağını.',
  },
  'connection-lost': {
    title: 'Bağlantı koptu',
    cause: 'Arama sırasında aramızdaki ağ bağlantısı kesildi.',
    whatToTry: 'Bağlantınızı kontrol edip yeniden arayın.',
  },
  'token-expired': {
    title: 'Aramanın başlaması çok uzun sürdü',
    cause: 'Aramadaki yerinizin süresi dolmuştu. Bu bizden kaynaklandı.',
    whatToTry: 'Aramayı yeniden başlatın.',
  },
  'call-in-another-tab': {
    title: 'Zaten bir aramadasınız',
    cause: 'Bu tarayıcının başka bir sekmesinde arama sürüyor.',
    whatToTry: 'O aramayı bitirip buradan yeni bir arama başlatın.',
  },
  unauthorized: {
    title: 'Şu anda arama yapılamıyor',
    cause: 'Bu web sitesi aramalar için doğru ayarlanmamış. Sizde bir sorun yoktu.',
    whatToTry: 'Bize başka bir yoldan ulaşın, mümkünse durumu bildirin.',
  },
  'domain-not-allowed': {
    title: 'Bu özellik bu web sitesinde kullanılamıyor',
    cause: 'Web sitesi henüz listemizde yok. Sizde bir sorun yoktu.',
    whatToTry: 'Bize ana web sitemizden ulaşın.',
  },
  'no-credit': {
    title: 'Şu anda arama alamıyoruz',
    cause: 'Hesabımız aramalar için hazır değil. Sizde bir sorun yoktu.',
    whatToTry: 'Bugün bize başka bir yoldan ulaşın.',
  },
  'too-many-calls': {
    title: 'Tüm hatlarımız dolu',
    cause: 'Şu anda çok sayıda kişi arıyor.',
    whatToTry: 'Bir dakika sonra tekrar deneyin.',
  },
  'agent-not-found': {
    title: 'Burada yanıt verecek kimse yok',
    cause: 'Bu sayfanın asistanı artık yok. Sizde bir sorun yoktu.',
    whatToTry: 'Sayfayı yenileyin veya bize başka bir yoldan ulaşın.',
  },
  'rate-limited': {
    title: 'Bu biraz fazla hızlı oldu',
    cause: 'Kısa sürede çok fazla istek aldık.',
    whatToTry: 'Bir dakika bekleyip tekrar deneyin.',
  },
  'server-error': {
    title: 'Bizim tarafımızda bir sorun çıktı',
    cause: 'Hizmetimiz hata verdi. Sizde bir sorun yoktu.',
    whatToTry: 'Biraz sonra tekrar deneyin.',
  },
  offline: {
    title: 'Çevrimdışısınız',
    cause: 'Cihazınızın internet bağlantısı yok.',
    whatToTry: 'İnternete yeniden bağlanıp tekrar deneyin.',
  },
  timeout: {
    title: 'Bize zamanında ulaşılamadı',
    cause: 'Bağlantı çok yavaş ya da aramızda bir şey onu engelliyor.',
    whatToTry: 'İnternet bağlantınızı kontrol edip tekrar deneyin.',
  },
  'invalid-response': {
    title: 'Okuyamadığımız bir yanıt aldık',
    cause: 'Aramızdaki bir şey yanıtı değiştirdi ya da hizmetimizde bir hata var.',
    whatToTry: 'Birkaç dakika sonra bir kez daha deneyin.',
  },
  'unsupported-transport': {
    title: 'Bu sayfa güncel değil',
    cause: 'Bu sayfadan bu tür bir arama yapılamıyor.',
    whatToTry: 'Sayfayı yenileyip baştan başlayın.',
  },
  'webrtc-missing': {
    title: 'Bu tarayıcı arama yapamıyor',
    cause: 'Örneğin gizliliğiniz için böyle ayarlanmış olabilir.',
    whatToTry: 'Başka bir tarayıcı kullanın veya bize başka bir yoldan ulaşın.',
  },
};
