/** What makes a sentence a fact: something that can't be guessed again once it is forgotten. */
export type MarkKind =
  | 'url'
  | 'email'
  | 'path'
  | 'id'
  | 'hash'
  | 'code'
  | 'name'
  | 'quote'
  | 'date'
  | 'time'
  | 'money'
  | 'percent'
  | 'quantity'
  | 'version'
  | 'port'
  | 'phone'
  | 'number'

export interface Mark {
  readonly kind: MarkKind
  /** As it stands in the text. */
  readonly value: string
  readonly at: number
}

/** Names of months and what is written for them, as a part of a pattern. */
export const MONTHS =
  'jan(?:uary|uar|vier|eiro)?|feb(?:ruary|ruar|rero)?|f[ée]vr(?:ier)?|fevereiro|mar(?:ch|zo|ço|s)?|märz|maart|apr(?:il)?|abr(?:il)?|avr(?:il)?|may|mai|mei|mayo|maio|june?|juni|juin|junio|junho|july?|juli|juillet|julio|julho|aug(?:ust|ustus)?|ago(?:sto)?|août|sep(?:t(?:ember|embre)?|tiembre)?|setembro|o[ck]t(?:ober|obre|ubre)?|outubro|nov(?:ember|embre|iembre|embro)?|de[cz](?:ember|embre|embro)?|diciembre|d[ée]cembre|янв\\p{L}*|фев\\p{L}*|март\\p{L}*|апр\\p{L}*|мая|июн\\p{L}*|июл\\p{L}*|авг\\p{L}*|сен\\p{L}*|окт\\p{L}*|ноя\\p{L}*|дек\\p{L}*'
const WEEKDAYS =
  'mon(?:day)?s?|tue(?:s(?:day)?)?s?|wed(?:nesday)?s?|thu(?:rs(?:day)?)?s?|fri(?:day)?s?|sat(?:urday)s?|sun(?:day)s?|montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonntags?|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|понедельник\\p{L}*|вторник\\p{L}*|сред[уы]|четверг\\p{L}*|пятниц\\p{L}*|суббот\\p{L}*'
const UNITS =
  'ms|sec(?:onds?)?|min(?:utes?)?|hours?|hrs?|days?|weeks?|months?|years?|nights?|kg|tonnes?|tons?|km|cm|mm|mi|miles|gb|mb|tb|kb|gib|mib|rows?|users?|seats?|units?|pieces|pcs|boxes|pallets|crates|bottles|licen[cs]es|people|persons|guests|requests?|tokens?|items?|pages?|copies|cores|nodes|replicas|shards|retries|°c|kwh?|mw|hz|ghz|mhz|rpm|dpi|px|stunden|tage|wochen|monate|stück|paletten|días|horas|semanas|heures|jours|semaines|dias|dagen|uren|weken|stuks|часов|дней|недель|штук'
const CURRENCY =
  'eur|usd|gbp|chf|zar|jpy|cny|rmb|rub|brl|sek|nok|dkk|pln|inr|aud|cad|euros?|dollars?|pounds|rand|francs?|franken|reais|rubl\\p{L}*|руб\\p{L}*|yuan|yen'
const NUMBERED =
  'prs?|mrs?|pull request|merge request|issue|ticket|task|invoice|order|case|bug|build|run|room|gate|flight|contract|po|purchase order|customer|account|article|section|ref(?:erence)?|rechnung|auftrag|factura|pedido|facture|commande|fatura|encomenda|factuur|bestelling|счёт|счет|заказ'

const word = (source: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])`, 'giu')

// The first that takes a stretch of text keeps it.
const PATTERNS: readonly (readonly [kind: MarkKind, shape: RegExp])[] = [
  ['code', /`[^`\n]{1,120}`/g],
  ['url', /\b[a-z][a-z0-9+.-]{1,12}:\/\/[^\s<>"'`()[\]{}，。、；）」]+/gi],
  ['email', /[\p{L}\p{N}._+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu],
  ['quote', /"[^"\n]{2,80}"|“[^”\n]{2,80}”|„[^“”\n]{2,80}[“”]|«[^»\n]{2,80}»|「[^」\n]{2,60}」/g],
  ['date', /\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)/g],
  ['id', /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi],
  ['id', /\b(?:[a-z]{1,6}_)?[0-9A-HJKMNP-TV-Z]{26}\b/g],
  ['hash', /\b(?:sha\d+:)?(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}(?:…|\b)/g],
  ['id', /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g],
  ['id', /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?(?:\/\d{1,2})?\b/g],
  ['date', /\b\d{1,2}\/\d{1,2}\/\d{2,4}\b|\b\d{1,2}\. ?\d{1,2}\.(?: ?\d{2,4}\b)?/g],
  [
    'path',
    /(?<![\p{L}\p{N}])(?:[A-Za-z]:\\|~\/|\.{1,2}\/|\/)?(?:[\p{L}\p{N}_.@*<>-]+[/\\])+[\p{L}\p{N}_.@*-]*[\p{L}\p{N}_*]/gu,
  ],
  [
    'path',
    /(?<![\p{L}\p{N}])\.?[\p{L}\p{N}_-]{2,}(?:\.[\p{L}\p{N}_-]+)*\.(?!\d)[a-z][a-z0-9]{1,5}(?![\p{L}\p{N}])|(?<!\S)\.[a-z]{3,}[a-z.]*(?![\p{L}\p{N}])/gu,
  ],
  [
    'id',
    new RegExp(
      `(?<![\\p{L}\\p{N}])(?:(?:${NUMBERED})(?: (?:no|nr|number|nummer))?[.:]? ?(?:#|№)?|#|№ ?|(?:no|nr)\\.? ?)\\d{1,12}(?![\\p{L}\\p{N}]|[.,]\\d|%| ?(?:${CURRENCY}|${UNITS})\\b)`,
      'giu',
    ),
  ],
  ['id', /\b[A-Z][A-Z0-9]*(?:[-_/][A-Z0-9]+)*[-_/]\d[\w/-]*\b|\b(?!Q[1-4]\b|KW)[A-Z]{1,6}\d{2,}[A-Z0-9]*\b/g],
  [
    'money',
    new RegExp(
      `(?:(?:[$€£¥₽₩]|R\\$|\\b(?:${CURRENCY}))\\s?\\d[\\d.,'’]*(?:\\s?(?:k|m|bn|million|thousand|mio)\\b)?)|\\d[\\d.,'’]*(?: \\d{3})*\\s?(?:k|m|bn|million|thousand|mio\\.?)?\\s?(?:[$€£¥₽元円]|欧元|美元|万元|万円|(?:${CURRENCY})(?![\\p{L}]))`,
      'giu',
    ),
  ],
  ['percent', /\d[\d.,]*\s?(?:%|percent\b|prozent\b|por ciento|pour cent|процент\p{L}*)/giu],
  [
    'version',
    /\bv?\d+\.\d+\.\d+(?:[-+][\w.]+)?\b|\bv\d+(?:\.\d+)*(?:[-+][\w.]+)?\b|(?<=\b(?:version|release|node|python|java|go|php|ruby|postgres(?:ql)?|mysql|ubuntu|debian) )\d+(?:\.\d+)*\b/gi,
  ],
  [
    'date',
    /\d{2,4}年(?:\d{1,2}月)?(?:\d{1,2}[日号])?|\d{1,2}月\d{1,2}[日号]?|(?:下|本|这)?(?:周|星期)[一二三四五六日天]|[月火水木金土日]曜日?|明天|后天|明日|月末|来週/g,
  ],
  [
    'date',
    word(
      `\\d{1,2}(?:st|nd|rd|th|\\.|er|º|-?го)?(?: of| de)? (?:${MONTHS})\\.?(?:,? (?:de )?\\d{4})?|(?:${MONTHS})\\.? \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?|(?:${MONTHS}) \\d{4}|\\d{1,2}(?:st|nd|rd|th)`,
    ),
  ],
  [
    'date',
    word(
      `q[1-4](?: ?/?\\d{4})?|kw ?\\d{1,2}|h[12] \\d{4}|${WEEKDAYS}|tomorrow|tonight|end of (?:the |next |this )?(?:month|week|year|day|quarter)|next (?:week|month|year|quarter)|eod|eow|eom|midnight|noon|(?:über)?morgen|monatsende|mañana|demain|amanhã|завтра`,
    ),
  ],
  [
    'time',
    /\b\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?|\b\d{1,2}\s?(?:[ap]\.?m\b|uhr\b|o'clock|h\d{0,2}\b)|\d{1,2}[点時](?:\d{1,2}分|半)?/gi,
  ],
  ['phone', /\+\d[\d ()/-]{6,}\d|\b0\d{2,4}[ /-]\d{3,}[\d -]*\d\b/g],
  [
    'port',
    /(?<![\p{L}])(?:tcp |udp )?(?:ports?|puerto|porta|poort|порт\p{L}*|端口|ポート)[ :：番号]*\d{2,5}|(?<=\b(?:localhost|\w+)):\d{2,5}\b/giu,
  ],
  [
    'quantity',
    new RegExp(
      `\\d[\\d.,]*\\s?(?:${UNITS})(?![\\p{L}\\p{N}])|\\b\\d+ ?[x×] ?\\d+\\b|\\d[\\d.,]*(?:[个台件人张箱天小时分钟万]|ヶ月|時間|名|本|枚)`,
      'giu',
    ),
  ],
  [
    'code',
    /(?<![\p{L}\p{N}])(?:@[a-z][\w-]+|[a-zA-Z][a-zA-Z0-9]*(?:_[a-zA-Z0-9]+)+|[a-z]+[A-Z]\w+|[a-z]+(?:-[a-z0-9]+)*-\d[a-z0-9-]*|[a-z]{2,}\d+[a-z0-9-]*|--[a-z][a-z-]+)(?![\p{L}\p{N}])/gu,
  ],
  ['number', /(?<![\p{L}\d])\d[\d.,'’]*\d|(?<![\p{L}\d])\d/gu],
]

const EARLY = /(?:^|[.!?:;。！？]\s*|["“(]|[-*•]\s+)$/
const NOT_NAMES = new RegExp(
  `^(?:I|I'm|I'll|I'd|I've|OK|Okay|Yes|No|Please|The|A|An|And|But|Or|So|If|When|Then|That|This|These|It|We|You|He|She|They|My|Our|Your|In|On|At|For|From|To|Of|Also|Done|Next|Plan|Todo|Note|Remember|Never|Always|Open|Question|Decision|Decided|Waiting|Step|Update|Correction|Actually|Now|TODO|DONE|NEXT|FYI|NB|TBD|BTW|IMPORTANT|INFO|WARN|ERROR|DEBUG|${MONTHS}|${WEEKDAYS})$`,
  'iu',
)

/** Everything in a text that has a shape of its own: ids, paths, amounts, dates, names. In the order of the text. */
export function findMarks(text: string): Mark[] {
  const found: Mark[] = []
  let rest = text
  for (const [kind, shape] of PATTERNS) {
    rest = rest.replace(shape, (match: string, ...groups: unknown[]) => {
      const at = groups.find((group): group is number => typeof group === 'number') ?? 0
      const value = match.replace(/[.,;:!?'’]+$/, '')
      if (value === '' || (kind === 'path' && !isPath(value))) return match
      found.push({kind, value, at})
      return ' '.repeat(match.length)
    })
  }
  return numberedThings(
    [...found, ...findNames(rest)].sort((a, b) => a.at - b.at),
    text,
  )
}

/**
 * "Annex 12 is due on 4 May": where a date or a sum is told, a bare number behind a noun is the noun's name.
 * The number of "Elm Road 3" always is.
 */
function numberedThings(marks: Mark[], text: string): Mark[] {
  const isToldOfSomething = marks.some(({kind}) => VALUES.includes(kind))
  return marks.map((mark, index) => {
    if (mark.kind !== 'number') return mark
    if (isPartOfName(mark, marks[index - 1])) return {...mark, kind: 'id'}
    const noun = /(?<![\p{L}])(\p{L}{3,}) ?[-–]?$/u.exec(text.slice(0, mark.at))?.[1]
    return !isToldOfSomething || noun === undefined || NO_NOUN.test(noun) ? mark : {...mark, kind: 'id'}
  })
}

/** Right behind a name of several words, and no sum with a fraction. */
function isPartOfName({at, value}: Mark, before: Mark | undefined): boolean {
  return (
    before?.kind === 'name' &&
    before.value.includes(' ') &&
    at === before.at + before.value.length + 1 &&
    /^\d{1,4}$/.test(value)
  )
}

const VALUES: readonly MarkKind[] = ['date', 'time', 'money', 'percent', 'version', 'port']
const NO_NOUN =
  /^(?:are|was|were|now|the|and|for|from|than|over|under|about|around|only|least|most|max|maximum|until|till|per|into|costs?|needs?|takes?|have|has|with|exactly|roughly|approximately|nearly|almost|above|below|between|counted|jetzt|nur|etwa|ahora|unos|maintenant|environ|agora|cerca|теперь|около|sind|son|sont|são|zijn)$/iu

function isPath(text: string): boolean {
  if (/^(?:\d+[/.]?)+$|^(?:e\.g|i\.e|z\.b|d\.h|etc|a\.m|p\.m)$/i.test(text)) return false
  if (!/[/\\]/.test(text)) return true
  return /^[~./]|^[A-Z]:|\.[a-z0-9]{1,5}$|[/\\].*[/\\]|[\d_*@-]|^(?:feature|fix|hotfix|release|chore|bugfix|origin|src|docs|lib|test|bin|etc|var|usr)\//i.test(
    text,
  )
}

function findNames(text: string): Mark[] {
  const names: Mark[] = []
  for (const match of text.matchAll(
    /(?<![\p{L}\p{N}])\p{Lu}[\p{L}'’-]+(?: (?:& |de |van |von |der |da |al-)?\p{Lu}[\p{L}'’-]+)*/gu,
  )) {
    const words = match[0].split(' ')
    let at = match.index
    while (words[0] !== undefined && NOT_NAMES.test(words[0])) at += (words.shift()?.length ?? 0) + 1
    const value = words.join(' ').replace(/['’]s$/, '')
    const isEarly = at === match.index && EARLY.test(text.slice(0, at))
    if (value.length < 2 || (isEarly && words.length === 1 && !/\p{Lu}.*\p{Lu}/u.test(value))) continue
    names.push({kind: 'name', value, at})
  }
  return names
}
