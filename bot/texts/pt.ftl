## Commands: one line each in the menu and in /help, at most 60 characters

command-start = começar ou voltar depois de uma pausa
command-daily = a pergunta de hoje
command-streak = sua sequência e suas folgas
command-saved = as perguntas que você salvou
command-settings = idioma, cidade, horários, nível
command-help = o que eu sei fazer
command-stop = parar as perguntas diárias

## Who I am (at most 120 and 512 characters)

about-short = Uma pergunta de entrevista de deep learning por dia e uma sequência para manter.
about-long =
    Uma pergunta de entrevista por dia: deep learning e ciência de dados, cinco minutos, na hora que você escolher.
    Certo ou errado, você vê a resposta que vale dar na entrevista, e sua sequência cresce.
    Grátis, em português, inglês, russo e chinês.

## First minute

start-hello = Oi, { $name }! Uma pergunta de entrevista por dia, cinco minutos e uma sequência para manter.
start-hello-nameless = Oi! Uma pergunta de entrevista por dia, cinco minutos e uma sequência para manter.
start-hour = A que horas posso escrever? Aí o relógio marca { $time } ({ $city }), certo?
start-level = Em que ponto você está?
start-done = Pronto: todo dia às { $hour } ({ $city }). Aqui está a pergunta de hoje.
start-done-answered = Pronto: todo dia às { $hour } ({ $city }). A pergunta de hoje já está respondida.
start-back = Que bom ver você de novo. Uma pergunta todo dia às { $hour } ({ $city }). { $days ->
        [0] Sua sequência começa na próxima resposta.
        [one] Sua sequência: { $days } dia.
       *[other] Sua sequência: { $days } dias.
    }

button-other-hour = Outro horário
button-not-city = Não é { $city }
button-other-city = Outra cidade
button-location = 📍 Enviar localização
button-back = ‹ Voltar
button-chosen = { $label } ✓
button-open-chat = Falar comigo

level-beginner = Estou começando
level-everybody = Já sei o básico
level-advanced = Tenho entrevista em breve

## Hours and places

ask-hour = A que horas a pergunta deve chegar? Mande um horário como 07:30.
ask-saver = A que horas o lembrete deve chegar? Mande um horário como 20:30.
ask-city = Onde você está?
ask-city-typed = Mande uma cidade ou um fuso horário, como Recife ou America/Manaus, ou envie sua localização pelo botão abaixo.
hour-wrong = “{ $said }” não é um horário. Mande um como 07:30.
zone-wrong = Não conheço “{ $said }”. Mande uma cidade grande do seu fuso, como São Paulo ou Recife (fora do Brasil, em inglês), ou o próprio fuso, como America/Manaus.
zone-nowhere = Pelo que vejo, isso fica em alto-mar. Mande uma cidade, como Recife.
zone-set = Combinado: { $city }.

## Settings

settings = <b>Configurações</b>
    Idioma: { $language }
    Cidade: { $city }, agora { $time }
    Pergunta: { $hour }
    Lembrete: { $saver }
    Nível: { $level }
settings-off = sem horário
settings-paused = As perguntas diárias estão paradas; com /start elas voltam.
settings-language = Idioma
settings-city = Cidade
settings-hour = Hora da pergunta
settings-saver = Hora do lembrete
settings-saver-off = Desligar lembrete
settings-saver-on = Ligar lembrete
settings-level = Nível
settings-choose-language = Em que idioma vamos conversar?
settings-choose-hour = A que horas a pergunta deve chegar?
settings-choose-saver = A que horas o lembrete deve chegar? Ele só aparece quando uma sequência está para acabar.
settings-choose-level = Que perguntas combinam com você? “{ level-everybody }” traz a pergunta do dia, igual para todos: fácil na segunda, difícil na sexta.

## The daily question

quiz-about = { $topic } · { $level }
question-level-beginner = básico
question-level-intermediate = intermediário
question-level-advanced = avançado
question-level-bonus = bônus
daily-done = Você já respondeu à pergunta de hoje. A próxima chega { $when ->
        [today] hoje
       *[tomorrow] amanhã
    } às { $hour }.
daily-done-stopped = Você já respondeu à pergunta de hoje. As diárias estão paradas; com /start elas voltam.
daily-more = Mais uma
more-none = Não tenho mais perguntas sobre este tema.
saver-ends = 🔥 Sua sequência de { $days ->
        [one] { $days } dia
       *[other] { $days } dias
    } acaba às 03:00. Uma pergunta basta.
saver-freeze = 🔥 { $days ->
        [one] { $days } dia
       *[other] { $days } dias
    } até aqui. Faltar hoje gasta uma folga às 03:00; basta uma pergunta para evitar.

answer-again = Você já respondeu a esta pergunta hoje; vale a primeira resposta.
answer-right = ✅ Certo.
answer-wrong = Não é bem isso. { $because }
streak-day = 🔥 Dia { $days }.
streak-same = 🔥 Continua no dia { $days }: só conta uma por dia.
streak-again = 🔥 Dia 1 de novo: seu recorde é { $best }.
streak-frozen = { $frozen ->
        [one] Uma folga cobriu o dia em que você faltou;
       *[other] { $frozen } folgas cobriram os dias em que você faltou;
    } { $left ->
        [0] não resta nenhuma.
        [one] resta uma.
       *[other] restam { $left }.
    }
streak-spared = Fiquei fora do ar por { $spared ->
        [one] um dia, que não conta como falta
       *[other] { $spared } dias, que não contam como falta
    } para ninguém.
streak-freeze-earned = Sete dias cumpridos: você ganhou uma folga.
share-right = { $share ->
        [one] { $share }% acertou
       *[other] { $share }% acertaram
    } esta.
button-save = 🔖 Salvar
button-saved = 🔖 Salva ✓
button-more = Mais sobre isso
button-report = 🚩 Apontar erro
button-subscribe = ⏰ Uma pergunta por dia
toast-saved = Salva: está em /saved
toast-unsaved = Não está mais salva
toast-reported = Agradeço o aviso. Alguém vai revisar esta pergunta.
toast-reported-before = Você já avisou sobre esta pergunta. Agradeço.
report-admin = 🚩 Apontaram um erro em <code>{ $slug }</code> ({ $language }).

## Streak and saved questions

streak-none = Ainda não há sequência. Uma resposta já começa a sua: /daily
streak-now = { $days ->
        [0] Nenhuma sequência no momento. Uma resposta começa outra: /daily
        [one] 🔥 { $days } dia
       *[other] 🔥 { $days } dias
    }
streak-today-done = Hoje já conta.
streak-today-open = O dia de hoje vai até as 03:00: /daily
streak-best = Recorde: { $best ->
        [one] { $best } dia
       *[other] { $best } dias
    }
streak-freezes = Folgas: { $freezes ->
        [0] nenhuma; sete dias cumpridos dão uma
       *[other] { $freezes } de 2
    }
saved-list = <b>Perguntas salvas</b>
saved-none = Nada salvo ainda. O 🔖 embaixo de uma resposta guarda a pergunta aqui.

## Help and other words

help = <b>Uma pergunta de entrevista por dia.</b> Responda, certo ou errado, e sua sequência ganha um dia. O dia acaba às 03:00, então tarde da noite ainda vale. Duas folgas cobrem os dias em que você faltar; sete dias cumpridos dão mais uma.
stopped = Parei. Sua sequência e suas respostas ficam guardadas; com /start as perguntas voltam.
stopped-before = As perguntas diárias já estão paradas. Com /start elas voltam.
unknown-command = Não conheço { $command }. Conheço { $commands }.
unknown-text = Conheço { $commands }. A pergunta do dia chega sozinha.
unknown-file = Só consigo ler texto. Conheço { $commands }.
unknown-poll = Não me lembro mais dessa pergunta, então não pude contar sua resposta. A de hoje: /daily
group-hello = Olá! Faço uma pergunta de entrevista por dia, em conversas privadas.
group-private = Isso funciona na nossa conversa privada.
toast-forged = Este botão não é meu. Mande /help para ver o que funciona.
toast-stranger = Estes botões são de outra pessoa. Mande o comando você também para ter os seus.
toast-stale = Este botão está desatualizado. Mande o comando de novo para ter botões novos.

## Languages in their own names

language-en = English
language-ru = Русский
language-pt = Português
language-zh = 中文

## Cities

city-almaty = Almaty
city-azores = Açores
city-beijing = Pequim
city-berlin = Berlim
city-chicago = Chicago
city-delhi = Délhi
city-fortaleza = Fortaleza
city-hong-kong = Hong Kong
city-lisbon = Lisboa
city-london = Londres
city-los-angeles = Los Angeles
city-luanda = Luanda
city-manaus = Manaus
city-maputo = Maputo
city-moscow = Moscou
city-new-york = Nova York
city-novosibirsk = Novosibirsk
city-rio-branco = Rio Branco
city-samara = Samara
city-sao-paulo = São Paulo
city-singapore = Singapura
city-sydney = Sydney
city-taipei = Taipei
city-tbilisi = Tbilisi
city-tokyo = Tóquio
city-vladivostok = Vladivostok
city-yekaterinburg = Ecaterimburgo

## Between sentences, and between the items of a list

gap-sentences = {" "}
gap-items = ,{" "}
