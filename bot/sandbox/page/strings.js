/**
 * The words of the page itself, a line a key: English, Russian, Portuguese, Chinese.
 * What the bot says never stands here. A value with plural forms is an object by CLDR category.
 */

export const LANGUAGES = ["en", "ru", "pt", "zh"];
const LOCALES = { en: "en-GB", ru: "ru-RU", pt: "pt-BR", zh: "zh-CN" };

export const STRINGS = {
  sandbox: ["sandbox", "песочница", "sandbox", "沙盒"],
  people: ["People", "Люди", "Pessoas", "人物"],
  seatOf: ["Be {name} ({language})", "Стать: {name} ({language})", "Ser {name} ({language})", "切换为 {name}（{language}）"],
  chats: ["Chats", "Чаты", "Conversas", "聊天"],
  conversation: ["Conversation", "Переписка", "Conversa", "对话"],
  chooseChat: ["Choose a chat to start", "Выбери чат", "Escolha uma conversa", "选择一个聊天"],
  connecting: ["connecting…", "соединение…", "conectando…", "连接中…"],
  bot: ["bot", "бот", "bot", "机器人"],
  members: [
    { one: "{n} member", other: "{n} members" },
    { one: "{n} участник", few: "{n} участника", many: "{n} участников", other: "{n} участника" },
    { one: "{n} membro", other: "{n} membros" },
    { other: "{n} 位成员" },
  ],
  subscribers: [
    { one: "{n} subscriber", other: "{n} subscribers" },
    { one: "{n} подписчик", few: "{n} подписчика", many: "{n} подписчиков", other: "{n} подписчика" },
    { one: "{n} inscrito", other: "{n} inscritos" },
    { other: "{n} 位订阅者" },
  ],
  typing: ["typing", "печатает", "digitando", "正在输入"],
  isTyping: ["{name} is typing", "{name} печатает", "{name} está digitando", "{name} 正在输入"],
  today: ["Today", "Сегодня", "Hoje", "今天"],
  yesterday: ["Yesterday", "Вчера", "Ontem", "昨天"],
  you: ["You", "Ты", "Você", "你"],
  edited: ["edited", "изменено", "editada", "已编辑"],
  noMessages: ["No messages yet", "Сообщений пока нет", "Nenhuma mensagem ainda", "还没有消息"],
  unreadLine: ["Unread messages", "Непрочитанные сообщения", "Mensagens não lidas", "未读消息"],
  unread: [
    { one: "{n} unread message", other: "{n} unread messages" },
    { one: "{n} непрочитанное сообщение", few: "{n} непрочитанных сообщения", many: "{n} непрочитанных сообщений", other: "{n} непрочитанного сообщения" },
    { one: "{n} mensagem não lida", other: "{n} mensagens não lidas" },
    { other: "{n} 条未读消息" },
  ],
  jump: ["Jump to latest", "К последним сообщениям", "Ir para as mais recentes", "跳到最新消息"],
  earlier: ["Earlier messages", "Более ранние сообщения", "Mensagens anteriores", "更早的消息"],
  back: ["Back to chats", "Назад к чатам", "Voltar às conversas", "返回聊天列表"],
  menu: ["More", "Ещё", "Mais", "更多"],
  verified: ["verified", "подтверждён", "verificado", "已认证"],
  photo: ["Photo", "Фото", "Foto", "图片"],
  openPhoto: ["Open the photo", "Открыть фото", "Abrir a foto", "打开图片"],
  location: ["Location", "Геопозиция", "Localização", "位置"],
  spoiler: ["Hidden text, press to show", "Скрытый текст, нажми, чтобы открыть", "Texto oculto, pressione para mostrar", "隐藏文字，按下显示"],
  showMore: ["Show more", "Показать ещё", "Mostrar mais", "展开"],
  showLess: ["Show less", "Свернуть", "Mostrar menos", "收起"],
  copy: ["Copy", "Копировать", "Copiar", "复制"],
  copied: ["Copied", "Скопировано", "Copiado", "已复制"],
  quiz: ["Quiz", "Викторина", "Quiz", "测验"],
  anonymousQuiz: ["Anonymous quiz", "Анонимная викторина", "Quiz anônimo", "匿名测验"],
  poll: ["Poll", "Опрос", "Enquete", "投票"],
  anonymousPoll: ["Anonymous poll", "Анонимный опрос", "Enquete anônima", "匿名投票"],
  finalResults: ["Final results", "Итоги", "Resultado final", "最终结果"],
  options: ["Options", "Варианты", "Opções", "选项"],
  results: ["Results", "Результаты", "Resultados", "结果"],
  noAnswers: ["No answers yet", "Ответов пока нет", "Nenhuma resposta ainda", "还没有人回答"],
  answers: [
    { one: "{n} answer", other: "{n} answers" },
    { one: "{n} ответ", few: "{n} ответа", many: "{n} ответов", other: "{n} ответа" },
    { one: "{n} resposta", other: "{n} respostas" },
    { other: "{n} 人已回答" },
  ],
  share: ["{n} %", "{n} %", "{n} %", "{n} %"],
  rightAnswer: ["right answer", "правильный ответ", "resposta certa", "正确答案"],
  yourChoice: ["your choice", "твой выбор", "sua escolha", "你的选择"],
  right: ["Right", "Верно", "Certo", "回答正确"],
  wrong: ["Not right", "Неверно", "Não é essa", "回答错误"],
  explanation: ["Explanation", "Пояснение", "Explicação", "解析"],
  closesInHours: ["closes in {n} h", "ещё {n} ч", "fecha em {n} h", "{n} 小时后结束"],
  closesInMinutes: ["closes in {n} min", "ещё {n} мин", "fecha em {n} min", "{n} 分钟后结束"],
  closesInSeconds: ["closes in {n} s", "ещё {n} с", "fecha em {n} s", "{n} 秒后结束"],
  vote: ["Vote", "Голосовать", "Votar", "投票"],
  message: ["Message", "Сообщение", "Mensagem", "消息"],
  send: ["Send", "Отправить", "Enviar", "发送"],
  commands: ["Commands", "Команды", "Comandos", "命令"],
  start: ["Start", "Начать", "Iniciar", "开始"],
  readOnly: ["Only the channel’s owner writes here", "Здесь пишет только владелец канала", "Só o dono do canal escreve aqui", "只有频道主可以发言"],
  broadcast: ["Broadcast", "Публикация", "Publicar", "广播"],
  block: ["Block the bot", "Заблокировать бота", "Bloquear o bot", "屏蔽机器人"],
  unblock: ["Unblock the bot", "Разблокировать бота", "Desbloquear o bot", "解除屏蔽"],
  blockedNow: ["The bot is blocked", "Бот заблокирован", "O bot está bloqueado", "机器人已被屏蔽"],
  unblockedNow: ["The bot is unblocked", "Бот разблокирован", "O bot foi desbloqueado", "已解除屏蔽"],
  showKeyboard: ["Show the keyboard", "Показать клавиатуру", "Mostrar o teclado", "显示键盘"],
  hideKeyboard: ["Hide the keyboard", "Скрыть клавиатуру", "Ocultar o teclado", "隐藏键盘"],
  whereAreYou: ["Where are you?", "Где ты?", "Onde você está?", "你在哪里？"],
  typeCoordinates: ["Or type coordinates", "Или введи координаты", "Ou digite as coordenadas", "或输入坐标"],
  latitude: ["Latitude", "Широта", "Latitude", "纬度"],
  longitude: ["Longitude", "Долгота", "Longitude", "经度"],
  shareLocation: ["Share", "Отправить", "Enviar", "分享"],
  badCoordinates: ["Latitude is -90 to 90, longitude -180 to 180", "Широта от -90 до 90, долгота от -180 до 180", "Latitude de -90 a 90, longitude de -180 a 180", "纬度 -90 至 90，经度 -180 至 180"],
  berlin: ["Berlin", "Берлин", "Berlim", "柏林"],
  moscow: ["Moscow", "Москва", "Moscou", "莫斯科"],
  saoPaulo: ["São Paulo", "Сан-Паулу", "São Paulo", "圣保罗"],
  shanghai: ["Shanghai", "Шанхай", "Xangai", "上海"],
  newYork: ["New York", "Нью-Йорк", "Nova York", "纽约"],
  close: ["Close", "Закрыть", "Fechar", "关闭"],
  cancel: ["Cancel", "Отмена", "Cancelar", "取消"],
  ok: ["OK", "Хорошо", "OK", "好"],
  welcome: ["What can this bot do?", "Что умеет этот бот?", "O que este bot faz?", "这个机器人能做什么？"],
  welcomeText: [
    "One interview question a day, and a streak that remembers. Press Start and say hello.",
    "Один вопрос с собеседования в день и серия, которая всё помнит. Нажми «Начать».",
    "Uma pergunta de entrevista por dia e uma sequência que não esquece. Toque em Iniciar.",
    "每天一道面试题，连续天数帮你记着。按“开始”打个招呼吧。",
  ],
  time: ["The sandbox’s clock", "Часы песочницы", "Relógio do sandbox", "沙盒时钟"],
  hour: ["+1 hour", "+1 час", "+1 hora", "+1 小时"],
  day: ["+1 day", "+1 день", "+1 dia", "+1 天"],
  daily: ["To my next daily question", "К моему следующему вопросу дня", "Até minha próxima pergunta do dia", "到我的下一道每日一题"],
  hourShort: ["+1 h", "+1 ч", "+1 h", "+1时"],
  dayShort: ["+1 d", "+1 д", "+1 d", "+1天"],
  dailyShort: ["Daily", "Вопрос", "Diária", "每日"],
  travelled: ["Now it is {when}", "Теперь {when}", "Agora é {when}", "现在是 {when}"],
  themeAuto: ["Theme: as the system", "Тема: как в системе", "Tema: como o sistema", "主题：跟随系统"],
  themeLight: ["Theme: light", "Тема: светлая", "Tema: claro", "主题：浅色"],
  themeDark: ["Theme: dark", "Тема: тёмная", "Tema: escuro", "主题：深色"],
  nothingDue: ["No daily question is due yet: finish the first steps with the bot.", "Вопрос дня пока не назначен: сначала закончи знакомство с ботом.", "Ainda não há pergunta marcada: termine os primeiros passos com o bot.", "还没有安排每日一题：请先完成机器人的初始设置。"],
  failed: ["That did not work. Try again.", "Не получилось. Попробуй ещё раз.", "Não deu certo. Tente de novo.", "没有成功，请重试。"],
};

let index = 0;
let plurals = new Intl.PluralRules(LOCALES.en);

/** Speak this language from now on; codes such as "pt-br" or "zh-hans" are understood. */
export function setLanguage(code) {
  const language = String(code ?? "en").slice(0, 2).toLowerCase();
  index = Math.max(0, LANGUAGES.indexOf(language));
  plurals = new Intl.PluralRules(locale());
  document.documentElement.lang = { zh: "zh-Hans", pt: "pt-BR" }[LANGUAGES[index]] ?? LANGUAGES[index];
}

/** The BCP 47 locale for dates and numbers. */
export const locale = () => LOCALES[LANGUAGES[index]];

/** The text of `key` with its `{places}` filled; a number `n` also picks the plural form. */
export function t(key, values = {}) {
  let text = STRINGS[key][index];
  if (typeof text === "object") text = text[plurals.select(values.n)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

/** A language's own name, for the seats. */
export function languageName(code) {
  const names = { en: "English", ru: "Русский", pt: "Português", zh: "中文" };
  return names[String(code).slice(0, 2).toLowerCase()] ?? code;
}
