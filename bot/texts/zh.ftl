## Commands: one line each in the menu and in /help, at most 60 characters

command-start = 开始，或中断后恢复
command-daily = 今天的题目
command-streak = 连续天数和保护卡
command-saved = 收藏的题目
command-settings = 语言、城市、时间、水平
command-help = 我能做什么
command-stop = 停止每日一题

## Who I am (at most 120 and 512 characters)

about-short = 每天一道深度学习面试题，连续答了多少天我都记着。
about-long =
    每天一道面试题：深度学习与数据科学，五分钟，在你定的时间送到。
    不论对错，都会告诉你面试时该怎么答；连续答了多少天，我都记着。
    免费，支持英语、俄语、葡萄牙语和中文。

## First minute

start-hello = 你好，{ $name }！每天一道面试题，五分钟，连续答了多少天我都记着。
start-hello-nameless = 你好！每天一道面试题，五分钟，连续答了多少天我都记着。
start-hour = 几点给你发题？现在是 { $time }（{ $city }），对吗？
start-level = 你准备到哪一步了？
start-done = 好了：每天 { $hour }（{ $city }）发题。这是今天的题。
start-done-answered = 设好了：每天 { $hour }（{ $city }时间）。今天的问题你已经答过了。
start-back = 欢迎回来。每天 { $hour }（{ $city }）发题。{ $days ->
        [0] 连续天数从你的下一次作答算起。
       *[other] 你已经连续 { $days } 天。
    }

button-other-hour = 其他时间
button-not-city = 不在{ $city }
button-other-city = 其他城市
button-location = 📍 分享我的位置
button-back = ‹ 返回
button-chosen = { $label } ✓
button-open-chat = 和我私聊

level-beginner = 刚入门
level-everybody = 有基础
level-advanced = 快面试了

## Hours and places

ask-hour = 几点发题？发个时间给我，比如 07:30。
ask-saver = 几点提醒你？发个时间给我，比如 20:30。
ask-city = 你在哪座城市？
ask-city-typed = 把同时区的大城市发给我，最好用英文，比如 Lisbon；发时区（比如 Asia/Tokyo）或点下面的按钮分享位置也行。
hour-wrong = “{ $said }”不是时间。请发 07:30 这样的时间。
zone-wrong = 没找到“{ $said }”。请用英文发一个同时区的大城市，比如 Lisbon，或直接发时区，比如 Asia/Tokyo。
zone-nowhere = 这个位置好像在海上。请改发一个城市，比如 Lisbon。
zone-set = 好的，{ $city }。

## Settings

settings = <b>设置</b>
    语言：{ $language }
    城市：{ $city }，现在 { $time }
    发题：{ $hour }
    提醒：{ $saver }
    水平：{ $level }
settings-off = 已关闭
settings-paused = 每日一题已停止，发送 /start 即可恢复。
settings-language = 语言
settings-city = 城市
settings-hour = 发题时间
settings-saver = 提醒时间
settings-saver-off = 关闭提醒
settings-saver-on = 开启提醒
settings-level = 水平
settings-choose-language = 我们用哪种语言？
settings-choose-hour = 每天几点发题？
settings-choose-saver = 每天几点提醒？只有连续天数快要断了，我才会出声。
settings-choose-level = 哪种题适合你？选“{ level-everybody }”就做每日一题：人人都是同一道，周一容易，周五难。

## The daily question

quiz-about = { $topic } · { $level }
question-level-beginner = 入门
question-level-intermediate = 中级
question-level-advanced = 高级
question-level-bonus = 拓展
daily-done = 今天的题答过了。下一题{ $when ->
        [today] 今天
       *[tomorrow] 明天
    } { $hour } 送到。
daily-done-stopped = 今天的题答过了。每日一题已停止，发送 /start 即可恢复。
daily-more = 再来一题
more-none = 这个主题已经没有题了。
saver-ends = 🔥 连续 { $days } 天，到 03:00 就要断了。答一题就够。
saver-freeze = 🔥 连续 { $days } 天。今天不答，03:00 会用掉一张保护卡；答一题就能省下。

answer-again = 这道题你今天已经答过，以第一次的答案为准。
answer-right = ✅ 答对了。
answer-wrong = 不太对。{ $because }
streak-day = 🔥 第 { $days } 天。
streak-same = 🔥 还是第 { $days } 天：一天只算一次。
streak-again = 🔥 重新从第 1 天开始，最长纪录是 { $best } 天。
streak-frozen = 用掉 { $frozen } 张保护卡，补上了漏答的日子；{ $left ->
        [0] 一张也不剩了。
       *[other] 还剩 { $left } 张。
    }
streak-spared = 我停机了 { $spared } 天，期间谁都不算漏答。
streak-freeze-earned = 又答满七天，得到一张新保护卡。
share-right = { $share }% 的人答对了。
button-save = 🔖 收藏
button-saved = 🔖 已收藏 ✓
button-more = 更多同类题
button-report = 🚩 题目有误
button-subscribe = ⏰ 每天一题
toast-saved = 已收藏，发送 /saved 可查看
toast-unsaved = 已取消收藏
toast-reported = 谢谢，会有人检查这道题。
toast-reported-before = 这道题你已经报告过了，谢谢。
report-admin = 🚩 有人报告题目有误：<code>{ $slug }</code>（{ $language }）。

## Streak and saved questions

streak-none = 还没有连续纪录。答一题就开始：/daily
streak-now = { $days ->
        [0] 连续纪录断了。答一题就重新开始：/daily
       *[other] 🔥 连续 { $days } 天
    }
streak-today-done = 今天的已经算上了。
streak-today-open = 今天的题在 03:00 前都能答：/daily
streak-best = 最长纪录：{ $best } 天
streak-freezes = 保护卡：{ $freezes ->
        [0] 没有；答满七天得一张
       *[other] { $freezes } 张（最多 2 张）
    }
saved-list = <b>收藏的题目</b>
saved-none = 还没有收藏。点答案下面的 🔖，题目就会留在这里。

## Help and other words

help = <b>每天一道面试题。</b>不论对错，答了题，连续天数就加一。一天到 03:00 才结束，熬夜也来得及。两张保护卡可以补上漏答的日子；每答满七天再得一张。
stopped = 已停止。连续天数和答题记录都还在，发送 /start 即可恢复发题。
stopped-before = 每日一题本来就是停止的，发送 /start 即可恢复。
unknown-command = 我不认识 { $command }。我认识的命令：{ $commands }。
unknown-text = 我认识的命令：{ $commands }。题目每天会自己送到。
unknown-file = 我只看得懂文字。我认识的命令：{ $commands }。
unknown-poll = 这道题我已经不记得了，所以没能算上。今天的题：/daily
group-hello = 大家好！我每天出一道面试题，在私聊里一对一作答。
group-private = 这个功能请在私聊里用。
toast-forged = 这不是我的按钮。发送 /help 看看我能做什么。
toast-stranger = 这是别人的按钮。自己发一次命令，就有你的了。
toast-stale = 这个按钮过期了。再发一次命令，就有新的了。

## Languages in their own names

language-en = English
language-ru = Русский
language-pt = Português
language-zh = 中文

## Cities

city-almaty = 阿拉木图
city-azores = 亚速尔群岛
city-beijing = 北京
city-berlin = 柏林
city-chicago = 芝加哥
city-delhi = 德里
city-fortaleza = 福塔莱萨
city-hong-kong = 香港
city-lisbon = 里斯本
city-london = 伦敦
city-los-angeles = 洛杉矶
city-luanda = 罗安达
city-manaus = 马瑙斯
city-maputo = 马普托
city-moscow = 莫斯科
city-new-york = 纽约
city-novosibirsk = 新西伯利亚
city-rio-branco = 里奥布朗库
city-samara = 萨马拉
city-sao-paulo = 圣保罗
city-singapore = 新加坡
city-sydney = 悉尼
city-taipei = 台北
city-tbilisi = 第比利斯
city-tokyo = 东京
city-vladivostok = 符拉迪沃斯托克
city-yekaterinburg = 叶卡捷琳堡

## Between sentences, and between the items of a list

gap-sentences = {""}
gap-items = 、
