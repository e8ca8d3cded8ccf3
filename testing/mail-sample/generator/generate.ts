import type {MailClass} from '../../../src/mail/verdict.js'
import type {Half, SampleMail} from '../label.js'
import {composeMail} from './compose.js'
import {DEV_TEMPLATES} from './dev/templates.js'
import {HELD_OUT_TEMPLATES} from './held-out/templates.js'
import {JUDGE_TEMPLATES} from './judge/templates.js'
import {type Random, seededRandom} from './random.js'
import type {Template} from './template.js'

/** How a small company's inbox is made up, in hundredths. */
const MIX: Readonly<Record<MailClass, number>> = {
  urgent: 10,
  'needs-reply': 16,
  waiting: 6,
  invoice: 11,
  legal: 4,
  customer: 9,
  calendar: 7,
  notification: 15,
  newsletter: 13,
  bounce: 3,
  suspicious: 4,
  other: 2,
}

export const TEMPLATES: Readonly<Record<Half, readonly Template[]>> = {
  dev: DEV_TEMPLATES,
  'held-out': HELD_OUT_TEMPLATES,
  judge: JUDGE_TEMPLATES,
}

/** `count` plausible mails with their labels: the same seed, the same bytes; each template is used before one is used again. */
export function generateMail(half: Half, {seed, count}: {seed: number; count: number}): SampleMail[] {
  const random = seededRandom(seed)
  const decks = new Map<MailClass, Template[]>()
  const shares: MailClass[] = []
  return Array.from({length: count}, (_, index) => {
    const mailClass = half === 'judge' ? dealClass(shares, random) : drawClass(random)
    const template = drawTemplate(half, mailClass, decks, random)
    return {
      name: `${template.id}#${index + 1}`,
      raw: composeMail(template, random),
      without: null,
      label: {
        class: template.class,
        alsoAccept: template.alsoAccept,
        urgent: template.class === 'urgent',
        urgency: template.urgency,
        why: template.text.split('\n')[0] ?? '',
        traits: ['generated', template.kind, template.lang],
      },
    }
  })
}

function drawClass(random: Random): MailClass {
  let left = random.whole(1, 100)
  for (const [mailClass, share] of Object.entries(MIX) as [MailClass, number][]) {
    left -= share
    if (left <= 0) return mailClass
  }
  throw new Error('the mix does not add up to 100')
}

/** Each hundred mails have exactly their shares: how many urgent ones judge the rules is no matter of luck. */
function dealClass(deck: MailClass[], random: Random): MailClass {
  if (deck.length === 0) {
    const hundred = (Object.entries(MIX) as [MailClass, number][]).flatMap(([one, share]) =>
      Array.from({length: share}, () => one),
    )
    while (hundred.length > 0) deck.push(...hundred.splice(random.whole(0, hundred.length - 1), 1))
  }
  return deck.pop() ?? drawClass(random)
}

/** Deals a class's templates like cards, shuffled again when the deck is empty. */
function drawTemplate(half: Half, mailClass: MailClass, decks: Map<MailClass, Template[]>, random: Random): Template {
  const deck = decks.get(mailClass) ?? []
  if (deck.length === 0) {
    const fresh = TEMPLATES[half].filter((template) => template.class === mailClass)
    while (fresh.length > 0) deck.push(...fresh.splice(random.whole(0, fresh.length - 1), 1))
    decks.set(mailClass, deck)
  }
  const template = deck.pop()
  if (!template) throw new Error(`${half} has no templates for ${mailClass}`)
  return template
}
