## Commands: one line each in the menu and in /help, at most 60 characters

command-start = start, or resume after a break
command-daily = today's question
command-streak = your streak and freezes
command-saved = questions you saved
command-settings = language, city, times, level
command-help = what I can do
command-stop = stop the daily questions

## Who I am (at most 120 and 512 characters)

about-short = One deep-learning interview question a day, and a streak that remembers.
about-long =
    One interview question a day: deep learning and data science, five minutes, at the hour you choose.
    Right or wrong, you get the answer worth giving in the room, and a streak that remembers.
    Free, in English, Russian, Portuguese and Chinese.

## First minute

start-hello = Hi { $name }! One interview question a day, five minutes, and a streak that remembers.
start-hello-nameless = Hi! One interview question a day, five minutes, and a streak that remembers.
start-hour = When shall I write? It is { $time } in { $city } now, right?
start-level = How far along are you?
start-done = Done: every day at { $hour }, { $city } time. Here is today's question.
start-done-answered = Done: every day at { $hour }, { $city } time. Today's question is answered already.
start-back = Welcome back. A question every day at { $hour }, { $city } time. { $days ->
        [0] Your streak starts with the next answer.
        [one] Your streak: { $days } day.
       *[other] Your streak: { $days } days.
    }

button-other-hour = Other hour
button-not-city = Not { $city }
button-other-city = Another city
button-location = 📍 Share my location
button-back = ‹ Back
button-chosen = { $label } ✓
button-open-chat = Talk to me

level-beginner = Starting out
level-everybody = I know the basics
level-advanced = Interviewing soon

## Hours and places

ask-hour = What time shall the question come? Write it like 07:30.
ask-saver = What time shall the reminder come? Write it like 20:30.
ask-city = Where are you?
ask-city-typed = Send a city or a time zone, like Lisbon or Asia/Tokyo, or share your location with the button below.
hour-wrong = “{ $said }” is not a time of day. Send one like 07:30.
zone-wrong = I don't know “{ $said }”. Send a large city of your time zone in English, like Lisbon, or the zone itself, like Asia/Tokyo.
zone-nowhere = As far as I can tell, that is in the open sea. Send a city instead, like Lisbon.
zone-set = { $city } it is.

## Settings

settings = <b>Settings</b>
    Language: { $language }
    City: { $city }, { $time } now
    Question: { $hour }
    Reminder: { $saver }
    Level: { $level }
settings-off = off
settings-paused = Daily questions are stopped; /start brings them back.
settings-language = Language
settings-city = City
settings-hour = Question time
settings-saver = Reminder time
settings-saver-off = Turn reminder off
settings-saver-on = Turn reminder on
settings-level = Level
settings-choose-language = Which language shall we speak?
settings-choose-hour = When shall the question come?
settings-choose-saver = When shall the reminder come? It speaks up only if a streak is about to end.
settings-choose-level = Which questions fit? “{ level-everybody }” brings the question of the day, the same for everybody: easy on Monday, hard on Friday.

## The daily question

quiz-about = { $topic } · { $level }
question-level-beginner = basics
question-level-intermediate = intermediate
question-level-advanced = advanced
question-level-bonus = bonus
daily-done = You have answered today's question. The next one comes { $when ->
        [today] today
       *[tomorrow] tomorrow
    } at { $hour }.
daily-done-stopped = You have answered today's question. Daily questions are stopped; /start brings them back.
daily-more = One more
more-none = I have no questions left on this topic.
saver-ends = 🔥 Your { $days }-day streak ends at 03:00. One question is enough.
saver-freeze = 🔥 { $days ->
        [one] { $days } day
       *[other] { $days } days
    } so far. Missing today costs a freeze at 03:00; one question keeps it.

answer-again = You have answered this question today; the first answer counts.
answer-right = ✅ Right.
answer-wrong = Not quite. { $because }
streak-day = 🔥 Day { $days }.
streak-same = 🔥 Still day { $days }: one a day counts.
streak-again = 🔥 Day 1 again: your best was { $best }.
streak-frozen = { $frozen ->
        [one] A freeze saved the day you missed;
       *[other] { $frozen } freezes saved the days you missed;
    } { $left ->
        [0] none are left.
        [one] one is left.
       *[other] { $left } are left.
    }
streak-spared = I was away for { $spared ->
        [one] a day, so that day is
       *[other] { $spared } days, so those days are
    } frozen for everybody.
streak-freeze-earned = Seven days kept: you have earned a freeze.
share-right = { $share }% got this right.
button-save = 🔖 Save
button-saved = 🔖 Saved ✓
button-more = More on this
button-report = 🚩 Report
button-subscribe = ⏰ A question every day
toast-saved = Saved: find it under /saved
toast-unsaved = No longer saved
toast-reported = Thank you. Somebody will check this question.
toast-reported-before = You have already reported this one. Thank you.
report-admin = 🚩 <code>{ $slug }</code> was reported ({ $language }).

## Streak and saved questions

streak-none = No streak yet. One answer starts it: /daily
streak-now = { $days ->
        [0] No streak at the moment. One answer starts a new one: /daily
        [one] 🔥 { $days } day
       *[other] 🔥 { $days } days
    }
streak-today-done = Today is done.
streak-today-open = Today is open until 03:00: /daily
streak-best = Best: { $best ->
        [one] { $best } day
       *[other] { $best } days
    }
streak-freezes = Freezes: { $freezes ->
        [0] none; seven kept days bring one
       *[other] { $freezes } of 2
    }
saved-list = <b>Saved questions</b>
saved-none = Nothing saved yet. The 🔖 under an answer keeps it here.

## Help and other words

help = <b>One interview question a day.</b> Answer it, right or wrong, and your streak grows by a day. A day ends at 03:00, so a late night still counts. Two freezes cover days you miss; seven kept days bring another.
stopped = Stopped. Your streak and answers stay; /start brings the questions back.
stopped-before = Daily questions are already stopped. /start brings them back.
unknown-command = I don't know { $command }. I know { $commands }.
unknown-text = I know { $commands }. A question comes every day by itself.
unknown-file = I can only read text. I know { $commands }.
unknown-poll = I don't remember that question any more, so I could not count your answer. Today's: /daily
group-hello = Hello! I ask one interview question a day, in private chats.
group-private = That works in a private chat with me.
toast-forged = That button is not one of mine. Send /help for what works.
toast-stranger = These buttons are somebody else's. Send the command yourself to get your own.
toast-stale = That button is out of date. Send the command again for fresh ones.

## Languages in their own names

language-en = English
language-ru = Русский
language-pt = Português
language-zh = 中文

## Cities

city-almaty = Almaty
city-azores = Azores
city-beijing = Beijing
city-berlin = Berlin
city-chicago = Chicago
city-delhi = Delhi
city-fortaleza = Fortaleza
city-hong-kong = Hong Kong
city-lisbon = Lisbon
city-london = London
city-los-angeles = Los Angeles
city-luanda = Luanda
city-manaus = Manaus
city-maputo = Maputo
city-moscow = Moscow
city-new-york = New York
city-novosibirsk = Novosibirsk
city-rio-branco = Rio Branco
city-samara = Samara
city-sao-paulo = São Paulo
city-singapore = Singapore
city-sydney = Sydney
city-taipei = Taipei
city-tbilisi = Tbilisi
city-tokyo = Tokyo
city-vladivostok = Vladivostok
city-yekaterinburg = Yekaterinburg

## Between sentences, and between the items of a list

gap-sentences = {" "}
gap-items = ,{" "}
