import type {Mark} from './marks.js'

const STOP = new Set(
  `a an the this that these those it its is are was were be been being am do does did has have had will would shall should can could may might must
i you he she we they me him her us them my your his our their mine yours and or but so if then than as of in on at by for from to with into onto up
down out off over under about not no nor yes ok okay please just also too very really quite still already yet again only even more most some any all
each there here what which who whom whose when where why how now actually correction update note remember never always until before after because while
let lets get got go goes going make made take set use used using say said tell told see want need keep think know one
der die das den dem des ein eine einen einem einer ist sind war wird werden und oder aber nicht kein keine mit für von zu auf im am bei nach vor bis wir ich du er sie es uns jetzt bitte noch
el la los las un una de del y o que en con por para no es son fue se lo al su ya ahora
le les des et ou mais pas ne ce cette est sont pour par avec dans sur nous vous je il elle on du au aux maintenant
os as um uma do da dos das e em não para com por agora é são
het een en van op te dat niet maar met voor wij ik je nu
и в на не что это с по для мы вы я он она до из от к у же теперь`.split(/\s+/),
)
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const SUBJECT_KINDS: readonly Mark['kind'][] = ['url', 'email', 'path', 'id', 'hash', 'code', 'name', 'quote', 'phone']

/** What a statement is about: its words that mean something and the things it names, without its amounts and dates. */
export function subjectOf(text: string, marks: readonly Mark[]): ReadonlySet<string> {
  const subject = new Set<string>()
  let rest = text
  for (const mark of marks) {
    if (mark.kind !== 'name')
      rest = rest.slice(0, mark.at) + ' '.repeat(mark.value.length) + rest.slice(mark.at + mark.value.length)
    if (mark.kind !== 'name' && isSubject(mark)) subject.add(keyOf(mark))
  }
  for (const word of rest.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    if (CJK.test(word)) for (let index = 0; index + 1 < word.length; index++) subject.add(word.slice(index, index + 2))
    else if (word.length > 1 && !STOP.has(word)) subject.add(stem(word))
  }
  return subject
}

/**
 * The things that a text speaks of as known: "the kitchen drain cock". A verb may still hang on to their end, so each is
 * there with and without a last word that looks like one.
 */
export function topicsOf(text: string): ReadonlySet<string> {
  const topics = new Set<string>()
  for (const [, after = ''] of text.matchAll(
    /(?<![\p{L}])(?:the|our|this|that|der|die|das|dem|den|el|la|le|het)((?: [\p{Ll}-]+){1,5})/giu,
  )) {
    const words = after.trim().split(' ')
    const end = words.findIndex((word) => STOP.has(word))
    const own = end < 0 ? words : words.slice(0, end)
    if (own.length > 0) topics.add(own.join(' '))
    if (own.length > 1 && /(?:s|ed|t)$/.test(own.at(-1) ?? '')) topics.add(own.slice(0, -1).join(' '))
  }
  return topics
}

export function isSubject({kind}: Mark): boolean {
  return SUBJECT_KINDS.includes(kind)
}

/** Marks that say the same have the same key, however they are written. */
export function keyOf({value, kind}: Mark): string {
  const plain = value.toLowerCase().replace(/^[`"“„«「]+|[`"”“»」]+$/g, '')
  if (kind === 'date') return plain.replace(/(?<=\d)(?:st|nd|rd|th)\b/g, '').replace(/\s+/g, ' ')
  return kind === 'id' ? plain.replace(/\s+/g, ' ') : plain.replace(/\s+/g, '')
}

export function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let count = 0
  for (const item of a) if (b.has(item)) count++
  return count
}

/** Of what the smaller of both is about, how much the other is about too; 0 to 1. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const least = Math.min(a.size, b.size)
  return least === 0 ? 0 : shared(a, b) / least
}

/** Of what both together are about, how much they share; 0 to 1. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = shared(a, b)
  const all = a.size + b.size - both
  return all === 0 ? 0 : both / all
}

function stem(word: string): string {
  if (word.length < 5) return word.replace(/(?<=\p{L}{2}[^s])s$/u, '')
  return word.replace(/(?:ations?|ings?|ies|ed|es|s|e)$/u, '')
}
