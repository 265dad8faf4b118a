## Commands: one line each in the menu and in /help, at most 60 characters

command-start = начать или вернуться после перерыва
command-daily = сегодняшний вопрос
command-streak = твоя серия и заморозки
command-saved = сохранённые вопросы
command-settings = язык, город, время, уровень
command-help = что я умею
command-stop = остановить ежедневные вопросы

## Who I am (at most 120 and 512 characters)

about-short = Каждый день один вопрос с собеседования по глубокому обучению и серия, которая всё помнит.
about-long =
    Каждый день один вопрос с собеседования: глубокое обучение и data science, пять минут, в удобный тебе час.
    Верно или нет, ты увидишь ответ, который стоит дать на собеседовании, а серия запомнит этот день.
    Бесплатно, на английском, русском, португальском и китайском.

## First minute

start-hello = Привет, { $name }! Каждый день один вопрос с собеседования, пять минут и серия, которая всё помнит.
start-hello-nameless = Привет! Каждый день один вопрос с собеседования, пять минут и серия, которая всё помнит.
start-hour = Во сколько тебе писать? Сейчас { $time } ({ $city }), верно?
start-level = На каком ты этапе?
start-done = Готово: каждый день в { $hour } ({ $city }). Вот сегодняшний вопрос.
start-done-answered = Готово: каждый день в { $hour } ({ $city }). На сегодняшний вопрос ответ уже есть.
start-back = С возвращением! Вопросы будут каждый день в { $hour } ({ $city }). { $days ->
        [0] Серия начнётся со следующего ответа.
        [one] Твоя серия: { $days } день.
        [few] Твоя серия: { $days } дня.
       *[many] Твоя серия: { $days } дней.
    }

button-other-hour = Другое время
button-not-city = Не { $city }
button-other-city = Другой город
button-location = 📍 Отправить геопозицию
button-back = ‹ Назад
button-chosen = { $label } ✓
button-open-chat = Написать мне

level-beginner = Только начинаю
level-everybody = Знаю основы
level-advanced = Скоро собеседование

## Hours and places

ask-hour = Во сколько присылать вопрос? Напиши время, например 07:30.
ask-saver = Во сколько напоминать? Напиши время, например 20:30.
ask-city = В каком ты городе?
ask-city-typed = Напиши крупный город твоего часового пояса, лучше по-английски, например Lisbon. Подойдёт и сам пояс вроде Asia/Tokyo, и геопозиция по кнопке ниже.
hour-wrong = «{ $said }» — это не время. Напиши, например, 07:30.
zone-wrong = Не знаю места «{ $said }». Напиши крупный город твоего часового пояса по-английски, например Lisbon, или сам пояс, например Asia/Tokyo.
zone-nowhere = Похоже, это место в открытом море. Напиши лучше город, например Lisbon.
zone-set = Хорошо, { $city }.

## Settings

settings = <b>Настройки</b>
    Язык: { $language }
    Город: { $city }, сейчас { $time }
    Вопрос: { $hour }
    Напоминание: { $saver }
    Уровень: { $level }
settings-off = выкл.
settings-paused = Ежедневные вопросы остановлены, /start их вернёт.
settings-language = Язык
settings-city = Город
settings-hour = Время вопроса
settings-saver = Время напоминания
settings-saver-off = Не напоминать
settings-saver-on = Напоминать
settings-level = Уровень
settings-choose-language = На каком языке будем говорить?
settings-choose-hour = Во сколько присылать вопрос?
settings-choose-saver = Во сколько напоминать? Напишу, только если серия вот-вот прервётся.
settings-choose-level = Какие вопросы подойдут? «{ level-everybody }» — это вопрос дня, он один для всех: в понедельник лёгкий, в пятницу трудный.

## The daily question

quiz-about = { $topic } · { $level }
question-level-beginner = начальный уровень
question-level-intermediate = средний уровень
question-level-advanced = продвинутый уровень
question-level-bonus = бонус
daily-done = Вопрос дня уже позади. Следующий придёт { $when ->
        [today] сегодня
       *[tomorrow] завтра
    } в { $hour }.
daily-done-stopped = Вопрос дня уже позади. Ежедневные вопросы остановлены, /start их вернёт.
daily-more = Ещё один
more-none = Вопросов по этой теме у меня больше нет.
saver-ends = 🔥 Серия из { $days ->
        [one] { $days } дня
        [few] { $days } дней
       *[many] { $days } дней
    } прервётся в 03:00. Её спасёт один вопрос.
saver-freeze = 🔥 Серия: { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }. Без ответа в 03:00 уйдёт заморозка; один ответ её сбережёт.

answer-again = На этот вопрос ответ сегодня уже есть, засчитан первый.
answer-right = ✅ Верно.
answer-wrong = Не совсем. { $because }
streak-day = 🔥 День { $days }.
streak-same = 🔥 Всё ещё день { $days }: засчитывается один вопрос в день.
streak-again = 🔥 Снова день 1. Лучшая серия: { $best ->
        [one] { $best } день.
        [few] { $best } дня.
       *[many] { $best } дней.
    }
streak-frozen = { $frozen ->
        [1] Заморозка спасла пропущенный день;
        [one] { $frozen } заморозка спасла пропущенные дни;
        [few] { $frozen } заморозки спасли пропущенные дни;
       *[many] { $frozen } заморозок спасли пропущенные дни;
    } { $left ->
        [0] больше их нет.
        [1] осталась одна.
        [one] осталась { $left }.
        [few] остались { $left }.
       *[many] осталось { $left }.
    }
streak-spared = Меня не было { $spared ->
        [one] { $spared } день, и он заморожен
        [few] { $spared } дня, и они заморожены
       *[many] { $spared } дней, и они заморожены
    } для всех.
streak-freeze-earned = За семь дней серии — новая заморозка.
share-right = Верных ответов: { $share } %.
button-save = 🔖 Сохранить
button-saved = 🔖 Сохранено ✓
button-more = Ещё по теме
button-report = 🚩 Есть ошибка
button-subscribe = ⏰ Вопрос каждый день
toast-saved = Сохранено, ищи в /saved
toast-unsaved = Убрано из сохранённых
toast-reported = Спасибо. Вопрос перепроверят.
toast-reported-before = Твоё сообщение об этом вопросе уже есть. Спасибо.
report-admin = 🚩 Сообщили об ошибке: <code>{ $slug }</code> ({ $language }).

## Streak and saved questions

streak-none = Серии пока нет. Её начнёт первый же ответ: /daily
streak-now = { $days ->
        [0] Серия прервалась. Новую начнёт один вопрос: /daily
        [one] 🔥 { $days } день
        [few] 🔥 { $days } дня
       *[many] 🔥 { $days } дней
    }
streak-today-done = Сегодняшний день засчитан.
streak-today-open = Сегодняшний день ждёт ответа до 03:00: /daily
streak-best = Лучшая серия: { $best ->
        [one] { $best } день
        [few] { $best } дня
       *[many] { $best } дней
    }
streak-freezes = Заморозки: { $freezes ->
        [0] нет; новую дают за семь дней серии
       *[other] { $freezes } из 2
    }
saved-list = <b>Сохранённые вопросы</b>
saved-none = Пока ничего не сохранено. Кнопка 🔖 под ответом оставит вопрос здесь.

## Help and other words

help = <b>Каждый день один вопрос с собеседования.</b> Ответь, верно или нет, и серия вырастет на день. День кончается в 03:00, так что поздний вечер тоже считается. Две заморозки закроют пропущенные дни; за семь дней серии дают ещё одну.
stopped = Остановлено. Серия и ответы на месте, /start вернёт вопросы.
stopped-before = Ежедневные вопросы уже остановлены, /start их вернёт.
unknown-command = Не знаю команды { $command }. Мои команды: { $commands }.
unknown-text = Мои команды: { $commands }. Вопрос каждый день приходит сам.
unknown-file = Читать я умею только текст. Мои команды: { $commands }.
unknown-poll = Этот вопрос я уже не помню, поэтому ответ не засчитан. Сегодняшний: /daily
group-hello = Привет! Каждый день я задаю вопрос с собеседования, один на один.
group-private = Это работает в личном чате со мной.
toast-forged = Это не моя кнопка. Что я умею: /help
toast-stranger = Это чужие кнопки. Отправь команду от себя и получишь свои.
toast-stale = Кнопка устарела. Отправь команду ещё раз, и придут новые.

## Languages in their own names

language-en = English
language-ru = Русский
language-pt = Português
language-zh = 中文

## Cities

city-almaty = Алматы
city-azores = Азорские острова
city-beijing = Пекин
city-berlin = Берлин
city-chicago = Чикаго
city-delhi = Дели
city-fortaleza = Форталеза
city-hong-kong = Гонконг
city-lisbon = Лиссабон
city-london = Лондон
city-los-angeles = Лос-Анджелес
city-luanda = Луанда
city-manaus = Манаус
city-maputo = Мапуту
city-moscow = Москва
city-new-york = Нью-Йорк
city-novosibirsk = Новосибирск
city-rio-branco = Риу-Бранку
city-samara = Самара
city-sao-paulo = Сан-Паулу
city-singapore = Сингапур
city-sydney = Сидней
city-taipei = Тайбэй
city-tbilisi = Тбилиси
city-tokyo = Токио
city-vladivostok = Владивосток
city-yekaterinburg = Екатеринбург

## Between sentences, and between the items of a list

gap-sentences = {" "}
gap-items = ,{" "}
