/** Days, months and parts of the day in the vocabulary of cadence. */
type Words = Readonly<Record<string, string>>

/** Beyond the month: read as monthly and said to be a guess. */
export const RARER: Words = {
  en: 'quarterly|every quarter|yearly|annually|every year',
  zh: '每季度|每季|每年|每半年',
  ja: '毎年|四半期ごと',
  pt: 'trimestral|trimestralmente|anual|anualmente',
  de: 'vierteljährlich|quartalsweise|jährlich',
  fr: 'trimestriel|trimestrielle|annuel|annuelle',
  nl: 'jaarlijks|per kwartaal',
  sv: 'årligen|kvartalsvis',
  ru: 'ежеквартально|ежегодно',
}

export const MONTH_START =
  'first of the month|first of month|first day of the month|start of month|beginning of month|month start|每月月初|每月初|月初|início do mês|começo do mês|inicio de mes|principio de mes|monatsanfang|anfang des monats|début de mois|début du mois|begin van de maand|början av månaden|в начале месяца|начало месяца'
export const MONTH_END =
  'last day of the month|last day of month|last of the month|end of the month|end of month|month end|month-end|每月月末|每月底|毎月末|月末|月底|fim do mês|final do mês|fin de mes|final de mes|monatsende|ende des monats|fin de mois|fin du mois|einde van de maand|eind van de maand|slutet av månaden|månadsskiftet|в конце месяца|конец месяца'

export const WORKDAYS =
  'weekdays|weekday|every weekday|workdays|working days|business days|mon-fri|工作日|平日|周一至周五|周一到周五|週一至週五|週一到週五|星期一至星期五|星期一到星期五|平日毎日|dias úteis|dia útil|dias de semana|seg-sex|segunda a sexta|segunda à sexta|días laborables|días hábiles|entre semana|lun-vie|lunes a viernes|werktags|werktäglich|wochentags|an werktagen|an wochentagen|arbeitstags|mo-fr|en semaine|jours ouvrés|jours ouvrables|lun-ven|lundi au vendredi|werkdagen|op werkdagen|doordeweeks|ma-vr|maandag t/m vrijdag|maandag tot en met vrijdag|vardagar|vardag|mån-fre|på vardagar|по будням|будни|будние дни|рабочие дни|по рабочим дням|пн-пт'
export const WEEKENDS =
  'weekends|weekend|周末|週末|fim de semana|fins de semana|fin de semana|fines de semana|am wochenende|wochenende|wochenends|le week-end|week-end|week-ends|in het weekend|på helgen|helger|helgen|по выходным|выходные'

/** In the order of WEEKDAYS. The short ones of one language are words of another, so only English ones count alone. */
export const DAY_NAMES: readonly string[] = [
  'monday|mondays|mon|segunda-feira|segundas-feiras|segunda|lunes|montag|montags|lundi|lundis|maandag|maandags|måndag|måndagar|понедельник|понедельникам|по понедельникам|пн|月曜日|月曜',
  'tuesday|tuesdays|tue|tues|terça-feira|terças-feiras|terça|martes|dienstag|dienstags|mardi|mardis|dinsdag|dinsdags|tisdag|tisdagar|вторник|вторникам|по вторникам|вт|火曜日|火曜',
  'wednesday|wednesdays|wed|quarta-feira|quartas-feiras|quarta|miércoles|mittwoch|mittwochs|mercredi|mercredis|woensdag|woensdags|onsdag|onsdagar|среда|среду|средам|по средам|ср|水曜日|水曜',
  'thursday|thursdays|thu|thur|thurs|quinta-feira|quintas-feiras|quinta|jueves|donnerstag|donnerstags|jeudi|jeudis|donderdag|donderdags|torsdag|torsdagar|четверг|четвергам|по четвергам|чт|木曜日|木曜',
  'friday|fridays|fri|sexta-feira|sextas-feiras|sexta|viernes|freitag|freitags|vendredi|vendredis|vrijdag|vrijdags|fredag|fredagar|пятница|пятницу|пятницам|по пятницам|пт|金曜日|金曜',
  'saturday|saturdays|sat|sábado|sábados|samstag|samstags|sonnabend|samedi|samedis|zaterdag|zaterdags|lördag|lördagar|суббота|субботу|субботам|по субботам|сб|土曜日|土曜',
  'sunday|sundays|sun|domingo|domingos|sonntag|sonntags|dimanche|dimanches|zondag|zondags|söndag|söndagar|воскресенье|воскресеньям|по воскресеньям|вс|日曜日|日曜',
]

export const MORNING: Words = {
  en: 'every morning|each morning|in the morning|mornings|morning',
  zh: '每天早上|每日早上|每天早晨|每天上午|每早|早上|早晨|清晨|上午|晨间|早间',
  ja: '毎朝|朝',
  pt: 'toda manhã|todas as manhãs|de manhã|pela manhã|da manhã|manhã|matinal',
  es: 'cada mañana|todas las mañanas|por la mañana|de la mañana|mañana|matutino|matutina',
  de: 'jeden morgen|morgens|am morgen|morgen|früh',
  fr: 'chaque matin|tous les matins|le matin|matin|matinal|du matin',
  nl: 'elke ochtend|iedere ochtend|ochtends|in de ochtend|ochtend',
  sv: 'varje morgon|på morgonen|morgon|morgonen',
  ru: 'каждое утро|по утрам|утром|утра|утро|утренний|утренняя|утренние',
}

export const EVENING: Words = {
  en: 'every evening|each evening|in the evening|evenings|evening|end of day|eod',
  zh: '每天晚上|每日晚上|每晚|晚上|傍晚|晚间|夜晚',
  ja: '毎晩|毎夕|夕方|夜|晩',
  pt: 'toda noite|todas as noites|à noite|de noite|da noite|noite|fim do dia',
  es: 'cada noche|todas las noches|por la noche|de la noche|noche|por la tarde',
  de: 'jeden abend|abends|am abend|abend',
  fr: 'chaque soir|tous les soirs|le soir|soir|du soir|soirée',
  nl: 'elke avond|iedere avond|avonds|in de avond|avond',
  sv: 'varje kväll|på kvällen|kväll|kvällen',
  ru: 'каждый вечер|по вечерам|вечером|вечера|вечер|вечерний|вечерняя|вечерние',
}

/** Named moments; those marked as a guess are only near what was written. */
export const NAMED_TIMES: readonly {time: string; words: string; isGuess: boolean}[] = [
  {
    time: '12:00',
    isGuess: false,
    words:
      'at noon|noon|midday|中午|正午|昼|お昼|meio-dia|ao meio-dia|mediodía|al mediodía|mittags|mittag|à midi|midi|middag|mitt på dagen|в полдень|полдень',
  },
  {
    time: '00:00',
    isGuess: false,
    words:
      'at midnight|midnight|午夜|零点|meia-noite|medianoche|mitternacht|um mitternacht|à minuit|minuit|middernacht|midnatt|в полночь|полночь',
  },
  {
    time: '14:00',
    isGuess: true,
    words:
      'every afternoon|in the afternoon|afternoon|下午|午后|午後|à tarde|tarde|nachmittags|nachmittag|après-midi|middags|eftermiddag|днем',
  },
  {
    time: '22:00',
    isGuess: true,
    words:
      'nightly|every night|each night|at night|overnight|night|深夜|夜间|夜間|凌晨|每夜|madrugada|nachts|nacht|chaque nuit|la nuit|nuit|natten|varje natt|ночью|каждую ночь',
  },
]
