/**
 * The vocabulary of cadence, a list for each idea and language; `fold` is applied to both sides, so accents and case
 * don't matter. A blank stands for any blanks. Longer words are tried first.
 */
type Words = Readonly<Record<string, string>>

export const EVERY_BEAT: Words = {
  en: 'every heartbeat|each heartbeat|every beat|each beat|every single heartbeat|per heartbeat|on every heartbeat|all heartbeats|every-beat|every run|each run|every tick|every cycle|each cycle|every poll|every wake|every time|every check|each check|every heartbeat cycle|every heartbeat check',
  zh: '每次心跳|每个心跳|每個心跳|每轮心跳|每輪心跳|每次检查|每次檢查|每次轮询|每次輪詢|每次运行|每次執行|每次执行|每次触发|每轮|每輪|每次|每回',
  ja: '毎回|ハートビートごと|ハートビート毎|毎ハートビート|ハートビートの度|ハートビートのたび|ハートビート時|心拍ごと',
  pt: 'todo heartbeat|todos os heartbeats|a cada heartbeat|cada heartbeat|em todo heartbeat|em cada heartbeat|a cada batida|toda vez|sempre|a cada execução|a cada ciclo',
  es: 'cada heartbeat|en cada heartbeat|todos los heartbeats|cada latido|en cada latido|cada vez|siempre|en cada ejecución|cada ciclo',
  de: 'bei jedem heartbeat|jeder heartbeat|jeden heartbeat|jedem heartbeat|bei jedem herzschlag|jeder herzschlag|bei jedem durchlauf|jeder durchlauf|jedes mal|immer|jeder zyklus',
  fr: 'à chaque heartbeat|chaque heartbeat|à chaque battement|chaque battement|à chaque passage|à chaque fois|chaque fois|toujours|à chaque cycle|chaque cycle',
  nl: 'bij elke heartbeat|elke heartbeat|iedere heartbeat|bij iedere heartbeat|elke hartslag|bij elke hartslag|elke keer|iedere keer|altijd|elke ronde',
  sv: 'vid varje heartbeat|varje heartbeat|vid varje hjärtslag|varje hjärtslag|varje gång|alltid|varje körning|varje puls',
  ru: 'при каждом heartbeat|каждый heartbeat|каждое сердцебиение|при каждом сердцебиении|каждый хартбит|при каждом хартбите|каждый раз|каждый такт|каждый цикл|всегда|каждый запуск|каждый удар',
}

/** What stands before "N hours". */
export const EVERY: Words = {
  en: 'every|each|per|at least every|once every|once per',
  zh: '每隔|每经过|每|隔|每间隔',
  ja: '毎',
  pt: 'a cada|cada|de|toda|todo|todas as|todos os',
  es: 'cada|todas las|todos los',
  de: 'alle|jede|jeden|jeder|jedes|aller',
  fr: 'toutes les|tous les|chaque|toute les',
  nl: 'elke|elk|iedere|ieder|om de|per',
  sv: 'var|varje|vart',
  ru: 'каждые|каждый|каждую|каждое|раз в|один раз в|1 раз в|каждых',
}

/** What stands behind "N hours" where a language says it so. */
export const EVERY_AFTER: Words = {
  en: 'interval|intervals|cadence|cycle',
  zh: '一次|1次|一回|一轮|一輪',
  ja: 'ごとに|ごと|毎に|毎|おきに|おき|間隔|に1回|に一回',
}

export const UNITS: Readonly<Record<'s' | 'm' | 'h' | 'd' | 'w' | 'mo', Words>> = {
  s: {
    en: 's|sec|secs|second|seconds',
    zh: '秒钟|秒鐘|秒',
    pt: 'segundos|segundo|seg',
    de: 'sekunden|sekunde|sek',
    fr: 'secondes|seconde',
    nl: 'seconden',
    sv: 'sekunder|sekund',
    ru: 'секунд|секунды|секунду|сек',
  },
  m: {
    en: 'm|min|mins|minute|minutes',
    zh: '分钟|分鐘|分(?![析类類配发發])',
    pt: 'minutos|minuto',
    de: 'minuten|min|minute',
    nl: 'minuten|minuut',
    sv: 'minuter|minuten|minut',
    ru: 'минут|минуты|минуту|мин',
  },
  h: {
    en: 'h|hr|hrs|hour|hours|hs',
    zh: '个小时|個小時|小时|小時|个钟头|钟头|時間',
    pt: 'horas|hora',
    de: 'stunden|stunde|std',
    fr: 'heures|heure',
    nl: 'uren|uur',
    sv: 'timmar|timmarna|timme|timmen|tim',
    ru: 'часов|часа|час|ч',
  },
  d: {
    en: 'd|day|days',
    zh: '天|日',
    pt: 'dias|dia',
    de: 'tage|tagen|tag',
    fr: 'jours|jour',
    nl: 'dagen|dag',
    sv: 'dagar|dygn',
    ru: 'дней|дня|день|сутки|суток',
  },
  w: {
    en: 'w|wk|wks|week|weeks',
    zh: '个星期|個星期|个礼拜|星期(?![一二三四五六日天])|周(?![一二三四五六日天]|年)|週間|週(?![一二三四五六日天])',
    pt: 'semanas|semana',
    de: 'wochen|woche',
    fr: 'semaines|semaine',
    nl: 'weken',
    sv: 'veckor|veckan|vecka',
    ru: 'недель|недели|неделю',
  },
  mo: {
    en: 'month|months|mo',
    zh: '个月|個月|月',
    ja: 'か月|ヶ月|カ月|ヵ月',
    pt: 'meses|mês',
    de: 'monate|monaten|monat',
    fr: 'mois',
    nl: 'maanden|maand',
    sv: 'månader|månaden|månad',
    ru: 'месяцев|месяца|месяц',
  },
}

/** Whole phrases that are an interval by themselves, in minutes. */
export const FIXED_INTERVALS: readonly (readonly [minutes: number, words: string])[] = [
  [
    15,
    'quarter-hourly|every quarter hour|every quarter of an hour|viertelstündlich|varje kvart|elk kwartier|каждые четверть часа|每刻钟',
  ],
  [
    30,
    'half-hourly|half hourly|every half hour|every half an hour|every half-hour|each half hour|每半小时|每半小時|每半个小时|每半個小時|半小时一次|30分毎|半時間ごと|a cada meia hora|cada meia hora|cada media hora|halbstündlich|jede halbe stunde|alle halbe stunde|toutes les demi-heures|toutes les demi heures|chaque demi-heure|elk half uur|ieder half uur|varje halvtimme|var halvtimme|каждые полчаса|раз в полчаса',
  ],
  [
    60,
    'hourly|every full hour|on the hour|each hour|每个小时|每個小時|每小时|每小時|毎時|1時間ごと|de hora em hora|toda hora|cada hora|a cada hora|stündlich|jede stunde|horaire|toutes les heures|chaque heure|elk uur|ieder uur|uurlijks|varje timme|en gång i timmen|ежечасно|каждый час|раз в час',
  ],
  [720, 'every half day|每半天|半天一次|halbtäglich|cada medio día'],
  [120, 'every other hour|zweistündlich|varannan timme|om het andere uur|через час'],
  [
    2880,
    'every other day|every second day|alternate days|隔天|隔日|一日おき|dia sim dia não|un día sí y otro no|jeden zweiten tag|alle zwei tage|un jour sur deux|om de dag|om de andere dag|varannan dag|через день',
  ],
  [
    20160,
    'biweekly|bi-weekly|fortnightly|every other week|every second week|双周|雙週|隔周|隔週|quinzenal|quinzenalmente|quincenal|zweiwöchentlich|vierzehntägig|tous les quinze jours|tweewekelijks|varannan vecka|раз в две недели',
  ],
]

export const DAILY: Words = {
  en: 'daily|every day|each day|everyday|once daily|once a day|once per day|per day|a day|1x/day|every single day',
  zh: '每天一次|每日一次|一天一次|每天|每日|天天|每一天',
  ja: '毎日|日次|一日一回|1日1回|1日一回',
  pt: 'diariamente|diários|diárias|diário|diária|todo dia|todo o dia|todos os dias|cada dia|uma vez por dia|por dia|1x por dia',
  es: 'diariamente|diarios|diarias|diario|diaria|todos los días|cada día|a diario|una vez al día|al día',
  de: 'täglich|tägliche|täglicher|tägliches|täglichen|jeden tag|jeder tag|einmal täglich|einmal am tag|pro tag|einmal pro tag',
  fr: 'quotidiennement|quotidien|quotidienne|quotidiens|quotidiennes|journalier|chaque jour|tous les jours|une fois par jour|par jour',
  nl: 'dagelijks|dagelijkse|elke dag|iedere dag|eenmaal per dag|een keer per dag|per dag',
  sv: 'dagligen|daglig|dagliga|dagligt|varje dag|en gång om dagen|en gång per dag|per dag',
  ru: 'ежедневно|ежедневный|ежедневная|ежедневное|ежедневные|каждый день|раз в день|каждые сутки|раз в сутки|один раз в день',
}

export const WEEKLY: Words = {
  en: 'weekly|every week|each week|once a week|once weekly|once per week|per week',
  zh: '每周一次|每週一次|一周一次|每周|每週|每星期|每礼拜|每個星期|每个星期|每一周',
  ja: '毎週|週次|週1回|週一回|週に1回',
  pt: 'semanalmente|semanais|semanal|toda semana|todas as semanas|cada semana|uma vez por semana|por semana|a cada semana',
  es: 'semanalmente|semanales|semanal|todas las semanas|cada semana|una vez a la semana|una vez por semana',
  de: 'wöchentlich|wöchentliche|wöchentlicher|wöchentliches|wöchentlichen|jede woche|einmal pro woche|einmal die woche|pro woche',
  fr: 'hebdomadaire|hebdomadaires|hebdo|chaque semaine|toutes les semaines|une fois par semaine|par semaine',
  nl: 'wekelijks|wekelijkse|elke week|iedere week|eenmaal per week|een keer per week|per week',
  sv: 'veckovis|varje vecka|en gång i veckan|en gång per vecka|i veckan',
  ru: 'еженедельно|еженедельный|еженедельная|еженедельное|еженедельные|каждую неделю|раз в неделю|один раз в неделю',
}

export const MONTHLY: Words = {
  en: 'monthly|every month|each month|once a month|once per month|per month|of the month|of month|of each month|of every month',
  zh: '每月一次|每个月|每個月|每月',
  ja: '毎月|月次|月1回|月に1回',
  pt: 'mensalmente|mensais|mensal|todo mês|todos os meses|cada mês|a cada mês|uma vez por mês|por mês|do mês|de cada mês',
  es: 'mensualmente|mensuales|mensual|todos los meses|cada mes|una vez al mes|al mes|del mes|de cada mes',
  de: 'monatlich|monatliche|monatlicher|monatliches|monatlichen|jeden monat|einmal im monat|pro monat|des monats|im monat',
  fr: 'mensuel|mensuelle|mensuels|mensuelles|mensuellement|chaque mois|tous les mois|une fois par mois|par mois|du mois|de chaque mois',
  nl: 'maandelijks|maandelijkse|elke maand|iedere maand|eenmaal per maand|per maand|van de maand',
  sv: 'månadsvis|månatlig|månatligen|månatliga|varje månad|en gång i månaden|per månad|i månaden',
  ru: 'ежемесячно|ежемесячный|ежемесячная|ежемесячное|ежемесячные|каждый месяц|раз в месяц|числа каждого месяца|число месяца|числа месяца|месяца',
}

/** Number words; position in the list is the number. */
export const NUMBERS: readonly string[] = [
  '',
  'one|一|um|uma|un|una|ein|eine|une|een|en|один|одну',
  'two|二|两|兩|dois|duas|dos|zwei|deux|twee|två|andra|два|две|second',
  'three|三|três|tres|drei|trois|drie|tre|tredje|три|third',
  'four|四|quatro|cuatro|vier|quatre|fyra|fjärde|четыре',
  'five|五|cinco|fünf|cinq|vijf|fem|femte|пять',
  'six|六|seis|sechs|zes|sex|sjätte|шесть',
  'seven|七|sete|siete|sieben|sept|zeven|sju|семь',
  'eight|八|oito|ocho|acht|huit|åtta|восемь',
  'nine|九|nove|nueve|neun|neuf|negen|nio|девять',
  'ten|十|dez|diez|zehn|dix|tien|tio|десять',
  'eleven|十一|onze|once|elf|одиннадцать',
  'twelve|十二|doze|doce|zwölf|douze|twaalf|tolv|двенадцать',
]

/** Numbers that name none: every few days. */
export const FEW =
  'few|couple|several|couple of|a few|几|幾|数|alguns|algumas|algunos|algunas|pocos|pocas|einige|paar|quelques|enkele|paar|några|par|несколько'
/** "N times", before "a day". */
export const TIMES_WORDS = 'times|time|x|×|次|回|vezes|vez|veces|mal|fois|keer|maal|gånger|раза|раз'
/** A multiple in one word: position is the number. */
export const MULTIPLES: readonly string[] = [
  '',
  '',
  'twice|zweimal|tweemaal|дважды',
  'thrice|dreimal|driemaal|трижды',
  'viermal|viermaal|четырежды',
]
export const A_DAY =
  'a day|per day|/day|/ day|daily|each day|every day|por dia|ao dia|al día|por día|diarias|täglich|am tag|pro tag|par jour|per dag|daags|om dagen|per dygn|в день|в сутки'
export const A_WEEK =
  'a week|per week|/week|weekly|por semana|na semana|a la semana|pro woche|die woche|in der woche|par semaine|per week|i veckan|per vecka|в неделю'

export const OFF: Words = {
  en: 'off|never|disabled|paused',
  zh: '关闭|從不|从不|停用|已停用|暂停|已暂停|禁用|已禁用',
  ja: '停止|無効|停止中',
  pt: 'desativado|desativada|nunca|pausado|desligado',
  es: 'desactivado|desactivada|nunca|pausado',
  de: 'aus|deaktiviert|nie|pausiert',
  fr: 'désactivé|désactivée|jamais|en pause',
  nl: 'uit|uitgeschakeld|nooit|gepauzeerd',
  sv: 'av|avstängd|inaktiverad|aldrig|pausad',
  ru: 'отключено|выключено|никогда|приостановлено',
}

/** Words that change nothing around a cadence. */
export const FILLER =
  'a|an|the|at|on|in|of|and|or|by|to|from|about|around|approx|approximately|roughly|once|run|runs|time|local|only|due|each|every|o clock|oclock|schedule|scheduled|cadence|frequency|interval|um|uhr|ab|gegen|ca|am|im|den|der|die|das|und|von|kl|klockan|och|i|på|op|om|het|en|uur|à|a las|a la|las|la|le|les|vers|et|às|as|aos|na|no|nas|e|o|os|ao|de|do|da|em|y|el|los|в|по|и|на|около|de la|h|hs|hrs|的|在|于|於|约|大约|左右|一次|次|点|整|执行|執行|運行|运行|の|に|は|頃|ごろ|前後|回|和|及|或|与|触发|觸發|必做|必须|執行する|実行'

/** What routines are called; beside one of these "daily" is no part of a name. */
export const GENERIC =
  'check|checks|task|tasks|routine|routines|review|reviews|brief|briefing|report|reports|summary|maintenance|digest|standup|stand-up|cleanup|clean-up|clean up|todo|todos|work|sweep|checklist|items|actions|duties|jobs|checkin|check-in|check in|wrap-up|wrap up|rhythm|operations|ops|heartbeat|things|chores|habits|任务|任務|检查|檢查|例行|例行任务|例行检查|事项|事項|工作|维护|維護|总结|總結|汇报|彙報|报告|報告|简报|簡報|清单|巡检|复盘|回顾|整理|タスク|チェック|確認|点検|レビュー|報告|まとめ|ブリーフィング|メンテナンス|作業|tarefas|tarefa|verificações|verificação|rotina|revisão|resumo|relatório|manutenção|checagem|checagens|tareas|tarea|revisión|rutina|resumen|informe|mantenimiento|comprobaciones|verificaciones|aufgaben|aufgabe|prüfungen|prüfung|routine|überprüfung|bericht|zusammenfassung|wartung|tâches|tâche|vérifications|vérification|revue|rapport|résumé|entretien|taken|taak|controles|controle|routine|overzicht|samenvatting|onderhoud|uppgifter|uppgift|kontroller|kontroll|rutin|rutiner|genomgång|rapport|sammanfattning|underhåll|задачи|задача|проверки|проверка|отчет|обзор|сводка|обслуживание|рутина'

/** Words that turn a reading into a guess: it may be excluded, conditional or run by something else. */
export const DOUBT =
  'not|never|except|unless|during|while|if|when|between|期间|期間|如果|während|wenn|pendant|durante|quando|cuando|tijdens|wanneer|medan|när|если|когда|no longer|instead of|cron|crontab|launchd|systemd|github actions|不|除|除非|无需|非|定时任务|計劃任務|计划任务|não|exceto|no|excepto|salvo|nicht|außer|sauf|pas|niet|behalve|inte|utom|не|кроме'
