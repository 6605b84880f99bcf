import type { LaterWords } from '../locale.js';

export const guidance: LaterWords['guidance'] = {
  no_audio_output: {
    title: 'Atendemos, mas a nossa voz não chegou',
    cause: 'O nosso serviço de voz não funcionou nesta chamada. Do seu lado, estava tudo bem.',
    whatToTry: 'Tente a chamada de novo, por favor.',
  },
  no_audio_either_direction: {
    title: 'Nenhum dos lados ouviu o outro',
    cause: 'A conexão foi feita, mas o som não passou em nenhum sentido.',
    whatToTry: 'Verifique se o microfone está ligado e se o volume está alto. Depois, ligue de novo.',
  },
  idle_timeout: {
    title: 'A chamada terminou por falta de atividade',
    cause: 'Ninguém falava havia algum tempo.',
    whatToTry: 'Ligue de novo e comece a falar logo depois da saudação.',
  },
  provider_circuit_open: {
    title: 'Tivemos um problema técnico',
    cause:
      'Um serviço que usamos falhou várias vezes e, por isso, encerramos a chamada. Do seu lado, estava tudo bem.',
    whatToTry: 'Ligue de novo daqui a um minuto, por favor.',
  },
  sip_no_answer: {
    title: 'Ninguém atendeu',
    cause: 'O telefone tocou sem resposta ou estava ocupado.',
    whatToTry: 'Verifique o número, deixe o telefone por perto e peça a chamada de novo.',
  },
  sip_rejected: {
    title: 'Não foi possível ligar para este número',
    cause: 'A rede telefônica recusou o número.',
    whatToTry: 'Verifique o número e o código do país.',
  },
  bot_startup_failed: {
    title: 'Não ficamos prontos a tempo',
    cause: 'O nosso assistente demorou demais para iniciar. Do seu lado, estava tudo bem.',
    whatToTry: 'Ligue de novo: a segunda tentativa costuma funcionar.',
  },
  caller_hung_up_silently: {
    title: 'Foi uma chamada curta',
    cause: 'A chamada terminou antes do fim da saudação.',
    whatToTry: 'Ligue de novo quando quiser e fique um momento na linha.',
  },
  stale_sweep: {
    title: 'A chamada caiu do nosso lado',
    cause: 'O nosso assistente parou no meio da chamada. Do seu lado, estava tudo bem.',
    whatToTry: 'Ligue de novo, por favor.',
  },
  unknown: {
    title: 'A chamada não funcionou',
    cause: 'Não conseguimos descobrir o motivo.',
    whatToTry: 'Escreva para nós aqui ou volte mais tarde.',
  },
  'microphone-denied': {
    title: 'O microfone não está permitido',
    cause: 'O navegador está configurado para bloquear o microfone nesta página.',
    whatToTry: 'Permita o microfone nesta página e tente de novo.',
  },
  'microphone-dismissed': {
    title: 'A chamada precisa do seu microfone',
    cause: 'O seu navegador pediu o microfone, e ele não foi permitido.',
    whatToTry: 'Tente de novo e escolha “Permitir”.',
  },
  'microphone-blocked-by-system': {
    title: 'O seu dispositivo bloqueia o microfone',
    cause: 'Esta página pode usar o microfone, mas o dispositivo não o libera para o navegador.',
    whatToTry: 'Dê acesso ao navegador nos ajustes de privacidade do dispositivo e tente de novo.',
  },
  'microphone-not-found': {
    title: 'Não encontramos o seu microfone',
    cause: 'O seu dispositivo não tem um microfone que o navegador possa usar.',
    whatToTry: 'Conecte um microfone ou um headset e tente de novo.',
  },
  'microphone-in-use': {
    title: 'O seu microfone está ocupado',
    cause: 'Outro programa está usando o microfone.',
    whatToTry: 'Feche o outro programa ou a outra chamada e tente de novo.',
  },
  'insecure-context': {
    title: 'As chamadas não funcionam nesta página',
    cause: 'Os navegadores só permitem chamadas em páginas seguras (https).',
    whatToTry: 'Abra esta página com https:// antes do endereço.',
  },
  'blocked-by-permissions-policy': {
    title: 'Esta página não permite chamadas',
    cause: 'O site que contém esta janela desativou o microfone.',
    whatToTry: 'Abra a página em uma janela própria.',
  },
  'in-app-browser': {
    title: 'As chamadas não funcionam neste app',
    cause: 'O app que abriu esta página não dá acesso ao microfone.',
    whatToTry: 'Abra a página no Safari, Chrome ou Firefox.',
  },
  'playback-blocked': {
    title: 'O som está em pausa',
    cause: 'O navegador só reproduz o som depois que você o ativa.',
    whatToTry: 'Pressione “Ativar o som”.',
  },
  'agent-never-joined': {
    title: 'Ninguém entrou na chamada',
    cause: 'A conexão foi feita, mas o nosso assistente não apareceu. Do seu lado, estava tudo bem.',
    whatToTry: 'Tente ligar de novo, por favor.',
  },
  'agent-silent': {
    title: 'Não foi possível nos ouvir',
    cause: 'O nosso assistente estava lá, mas o som dele não chegou até você.',
    whatToTry: 'Verifique se o som está ligado e ligue de novo.',
  },
  'caller-silent': {
    title: 'Não conseguimos ouvir você',
    cause: 'Nenhum som chegou do seu microfone.',
    whatToTry: 'Verifique se o microfone está ligado e não está silenciado. Depois, ligue de novo.',
  },
  'connection-blocked': {
    title: 'A chamada não foi completada',
    cause: 'A sua rede parece bloquear chamadas, como fazem algumas empresas, hotéis e VPNs.',
    whatToTry: 'Tente outra rede, por exemplo a do seu telefone.',
  },
  'connection-lost': {
    title: 'A conexão caiu',
    cause: 'A rede entre você e nós falhou durante a chamada.',
    whatToTry: 'Verifique a conexão e ligue de novo.',
  },
  'token-expired': {
    title: 'A chamada demorou demais para começar',
    cause: 'O seu acesso à chamada expirou. O problema foi do nosso lado.',
    whatToTry: 'Inicie a chamada de novo.',
  },
  'call-in-another-tab': {
    title: 'Você já está em uma chamada',
    cause: 'Há uma chamada em outra aba deste navegador.',
    whatToTry: 'Encerre essa chamada e inicie uma aqui.',
  },
  unauthorized: {
    title: 'As chamadas não estão disponíveis agora',
    cause: 'Este site não está bem configurado para chamadas. Do seu lado, estava tudo bem.',
    whatToTry: 'Fale conosco por outro meio e, se puder, avise-nos.',
  },
  'domain-not-allowed': {
    title: 'Isto não está disponível neste site',
    cause: 'O site ainda não está na nossa lista. Do seu lado, estava tudo bem.',
    whatToTry: 'Fale conosco pelo nosso site principal.',
  },
  'no-credit': {
    title: 'No momento, não podemos atender chamadas',
    cause: 'A nossa conta não está pronta para chamadas. Do seu lado, estava tudo bem.',
    whatToTry: 'Hoje, fale conosco por outro meio.',
  },
  'too-many-calls': {
    title: 'Todas as linhas estão ocupadas',
    cause: 'Há muita gente ligando neste momento.',
    whatToTry: 'Tente de novo daqui a um minuto.',
  },
  'agent-not-found': {
    title: 'Aqui já não há atendimento',
    cause: 'O assistente desta página não existe mais. Do seu lado, estava tudo bem.',
    whatToTry: 'Recarregue a página ou fale conosco por outro meio.',
  },
  'rate-limited': {
    title: 'Foi um pouco rápido demais',
    cause: 'Recebemos pedidos demais em pouco tempo.',
    whatToTry: 'Espere um minuto e tente de novo.',
  },
  'server-error': {
    title: 'Algo falhou do nosso lado',
    cause: 'O nosso serviço teve um erro. Do seu lado, estava tudo bem.',
    whatToTry: 'Tente de novo em instantes.',
  },
  offline: {
    title: 'Você está sem conexão',
    cause: 'O seu dispositivo não está conectado à internet.',
    whatToTry: 'Conecte-se de novo à internet e tente outra vez.',
  },
  timeout: {
    title: 'Não foi possível conectar a tempo',
    cause: 'A conexão está muito lenta ou algo a bloqueia no caminho.',
    whatToTry: 'Verifique a conexão com a internet e tente de novo.',
  },
  'invalid-response': {
    title: 'Recebemos uma resposta ilegível',
    cause: 'Algo a alterou no caminho ou o nosso serviço tem um erro.',
    whatToTry: 'Tente de novo em alguns minutos.',
  },
  'unsupported-transport': {
    title: 'Esta página está desatualizada',
    cause: 'Ela não consegue fazer este tipo de chamada.',
    whatToTry: 'Recarregue a página e comece de novo.',
  },
  'webrtc-missing': {
    title: 'Este navegador não faz chamadas',
    cause: 'Talvez esteja configurado assim, por exemplo para proteger a sua privacidade.',
    whatToTry: 'Use outro navegador ou fale conosco de outra forma.',
  },
};
