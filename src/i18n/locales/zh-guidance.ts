import type { LaterWords } from '../locale.js';

export const guidance: LaterWords['guidance'] = {
  no_audio_output: {
    title: '我们已应答，但声音没有传到您那边',
    cause: '我们的语音服务在这次通话中未能正常工作。您这边没有问题。',
    whatToTry: '请再次尝试通话。',
  },
  no_audio_either_direction: {
    title: '双方都听不到对方的声音',
    cause: '通话已接通，但双方都没有收到声音。',
    whatToTry: '请确认麦克风已打开、音量已调高，然后重新通话。',
  },
  idle_timeout: {
    title: '由于长时间无人说话，通话已结束',
    cause: '双方有一段时间没有说话。',
    whatToTry: '请重新通话，并在欢迎语结束后马上说话。',
  },
  provider_circuit_open: {
    title: '我们遇到了技术问题',
    cause: '我们使用的一项服务多次出错，因此我们结束了通话。您这边没有问题。',
    whatToTry: '请一分钟后重新通话。',
  },
  sip_no_answer: {
    title: '电话无人接听',
    cause: '电话响铃后无人接听，或正在占线。',
    whatToTry: '请检查号码，将电话放在手边，然后再次请求来电。',
  },
  sip_rejected: {
    title: '无法拨打此号码',
    cause: '电话网络未接受此号码。',
    whatToTry: '请检查号码及其国家/地区代码。',
  },
  bot_startup_failed: {
    title: '我们未能及时准备好',
    cause: '我们的助手启动时间过长。您这边没有问题。',
    whatToTry: '请重新通话，第二次通常就能接通。',
  },
  caller_hung_up_silently: {
    title: '这次通话很短',
    cause: '欢迎语还没播完，通话就结束了。',
    whatToTry: '欢迎您随时重新通话，接通后请稍等片刻。',
  },
  stale_sweep: {
    title: '通话在我们这边中断了',
    cause: '我们的助手在通话中途停止了工作。您这边没有问题。',
    whatToTry: '请再次与我们通话。',
  },
  unknown: {
    title: '通话未成功',
    cause: '我们未能查明原因。',
    whatToTry: '您可以在这里给我们发消息，或稍后再来。',
  },
  'microphone-denied': {
    title: '未获得麦克风权限',
    cause: '浏览器的设置阻止了本页面使用麦克风。',
    whatToTry: '请允许本页面使用麦克风，然后再试一次。',
  },
  'microphone-dismissed': {
    title: '通话需要使用您的麦克风',
    cause: '您的浏览器询问了麦克风权限，但未获允许。',
    whatToTry: '请再试一次，并选择“允许”。',
  },
  'microphone-blocked-by-system': {
    title: '您的设备阻止了麦克风',
    cause: '本页面可以使用麦克风，但您的设备未允许浏览器使用。',
    whatToTry: '请在设备的隐私设置中允许浏览器使用麦克风，然后再试一次。',
  },
  'microphone-not-found': {
    title: '找不到您的麦克风',
    cause: '您的设备上没有浏览器可用的麦克风。',
    whatToTry: '请连接麦克风或耳麦，然后再试一次。',
  },
  'microphone-in-use': {
    title: '您的麦克风被占用',
    cause: '其他程序正在使用麦克风。',
    whatToTry: '请关闭该程序或结束其他通话，然后再试一次。',
  },
  'insecure-context': {
    title: '本页面无法通话',
    cause: '浏览器只允许在安全的页面（https）上通话。',
    whatToTry: '请在地址开头加上 https:// 来打开本页面。',
  },
  'blocked-by-permissions-policy': {
    title: '本页面不允许通话',
    cause: '此窗口所在的网站关闭了麦克风。',
    whatToTry: '请在单独的窗口中打开本页面。',
  },
  'in-app-browser': {
    title: '在此应用内无法通话',
    cause: '打开本页面的应用不允许使用麦克风。',
    whatToTry: '请用 Safari、Chrome 或 Firefox 打开本页面。',
  },
  'playback-blocked': {
    title: '声音未播放',
    cause: '浏览器需要您操作一下才会播放声音。',
    whatToTry: '请点击“点按收听”。',
  },
  'agent-never-joined': {
    title: '没有人加入通话',
    cause: '通话已接通，但我们的助手没有加入。您这边没有问题。',
    whatToTry: '请再次尝试通话。',
  },
  'agent-silent': {
    title: '您听不到我们的声音',
    cause: '我们的助手已加入，但声音没有传到您那边。',
    whatToTry: '请确认声音已打开，然后重新通话。',
  },
  'caller-silent': {
    title: '我们听不到您的声音',
    cause: '您的麦克风没有传来声音。',
    whatToTry: '请确认麦克风已打开且未静音，然后重新通话。',
  },
  'connection-blocked': {
    title: '通话未能接通',
    cause: '您的网络似乎阻止了通话，这在一些公司、酒店和 VPN 中很常见。',
    whatToTry: '请换用其他网络，例如手机网络。',
  },
  'connection-lost': {
    title: '连接已断开',
    cause: '通话过程中，您与我们之间的网络中断了。',
    whatToTry: '请检查网络连接，然后重新通话。',
  },
  'token-expired': {
    title: '通话未能及时开始',
    cause: '为您保留的通话位置已过期。问题出在我们这边。',
    whatToTry: '请重新开始通话。',
  },
  'call-in-another-tab': {
    title: '您已在通话中',
    cause: '此浏览器的另一个标签页中正在通话。',
    whatToTry: '请先结束那边的通话，再在这里开始。',
  },
  unauthorized: {
    title: '目前无法通话',
    cause: '此网站的通话设置不正确。您这边没有问题。',
    whatToTry: '请通过其他方式联系我们，如方便，请告知此问题。',
  },
  'domain-not-allowed': {
    title: '此网站上无法使用该功能',
    cause: '此网站尚未列入我们的名单。您这边没有问题。',
    whatToTry: '请通过我们的主网站联系我们。',
  },
  'no-credit': {
    title: '我们目前无法接听来电',
    cause: '我们的账户暂时无法用于通话。您这边没有问题。',
    whatToTry: '今天请通过其他方式联系我们。',
  },
  'too-many-calls': {
    title: '线路全忙',
    cause: '目前有很多人正在通话。',
    whatToTry: '请一分钟后再试。',
  },
  'agent-not-found': {
    title: '此处已无人应答',
    cause: '本页面的助手已不存在。您这边没有问题。',
    whatToTry: '请刷新页面，或通过其他方式联系我们。',
  },
  'rate-limited': {
    title: '刚才有点太快了',
    cause: '我们在短时间内收到了太多请求。',
    whatToTry: '请等一分钟，然后再试一次。',
  },
  'server-error': {
    title: '我们这边出了问题',
    cause: '我们的服务出现错误。您这边没有问题。',
    whatToTry: '请稍后再试。',
  },
  offline: {
    title: '您已离线',
    cause: '您的设备没有连接到互联网。',
    whatToTry: '请重新连接互联网，然后再试一次。',
  },
  timeout: {
    title: '未能及时连接到我们',
    cause: '连接速度很慢，或在途中被阻止。',
    whatToTry: '请检查互联网连接，然后再试一次。',
  },
  'invalid-response': {
    title: '我们收到了无法读取的响应',
    cause: '响应在传输途中被更改，或我们的服务出现错误。',
    whatToTry: '请几分钟后再试一次。',
  },
  'unsupported-transport': {
    title: '本页面不是最新版本',
    cause: '它不支持这种通话方式。',
    whatToTry: '请刷新页面，然后重新开始。',
  },
  'webrtc-missing': {
    title: '此浏览器无法通话',
    cause: '可能是出于隐私保护等原因而这样设置的。',
    whatToTry: '请使用其他浏览器，或通过其他方式联系我们。',
  },
};
