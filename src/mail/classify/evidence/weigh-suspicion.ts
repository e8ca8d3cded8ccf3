import type {Judged} from '../judged.js'
import type {Injection} from './find-injections.js'
import {isLookAlike, labelOf} from './look-alike.js'
import type {Reading} from './read-words.js'
import type {SenderFacts} from './sender.js'

/** What speaks for deceit. */
export interface Suspicion {
  readonly weight: number
  readonly sources: readonly string[]
}

/** In sum so much is deceit. */
export const SUSPICIOUS = 3

/** Of a mail that is longer than what is read of it: so little to be seen means that something was put before the rest. */
const FEW_LETTERS = 100

const LINK = /\bhttps?:\/\/([^\s/?#<>"')\]]+)[^\s<>"')\]]*/gi
const BAITED_HOST =
  /(?:^|[-.])(?:log-?in|sign-?in|verif\w*|secur\w*|confirm\w*|account|update|pay-?fee|cancel-?payment|unlock|restore|auth\w*|portal|wallet|support|billing|pruef\w*|sicher\w*)(?:[-.]|$)/
const EXECUTABLE = /\.(?:exe|scr|js|jse|vbs|vbe|bat|cmd|com|pif|lnk|iso|img|hta|jar|docm|xlsm|ps1|msi|wsf)$/i

/** Weighs what speaks for deceit. Paragraphs that speak to a machine don't count: they could be put in to discredit. */
export function weighSuspicion(
  mail: Judged,
  reading: Reading,
  sender: SenderFacts,
  injections: readonly Injection[],
): Suspicion {
  const {head, content, own, thread} = mail
  const sources: string[] = []
  let weight = 0
  const add = (id: string, by: number, holds: boolean) => {
    if (!holds) return
    sources.push(id)
    weight += by
  }
  const clean = withoutInjections(reading, injections)
  const has = (concept: 'credential' | 'bank' | 'bait' | 'fee') =>
    (reading.found.get(concept) ?? []).some(({first}) => clean.counts(first))
  const links = [...clean.text.matchAll(LINK)].map(([link, host = '']) => ({
    link,
    host: host.toLowerCase().replace(/^.*@/, '').replace(/:\d+$/, ''),
  }))
  const domain = head.from.address.split('@').at(-1) ?? ''
  const ownDomains = own.map((address) => address.split('@').at(-1) ?? '')
  const isOurs = ownDomains.includes(domain)
  // That it answers us anybody can write; that mail of this address came before is known here.
  const isKnown = thread.knownSender > 0

  add('auth-fails', 2, sender.standing === 'fails')
  add('several-senders', (head.headers['from']?.length ?? 0) > 1 ? 3 : 1, head.headers['from'] !== undefined)
  add('spam-flag', 2, /^yes/i.test(head.headers['x-spam-flag']?.[0] ?? ''))
  add('mismatch', 1, content.isMismatch)
  const isLong = content.isCut || content.trouble !== null
  add('padded', 3, isLong && content.text.trim().length < FEW_LETTERS && content.attachments.length === 0)
  add(
    'executable',
    3,
    content.attachments.some(({name}) => EXECUTABLE.test(name)),
  )
  const wants = {credential: has('credential'), bank: has('bank'), bait: has('bait'), fee: has('fee')}
  add('credential', 1.5, wants.credential)
  add('bait', 2, wants.bait)
  add('bank-details', isKnown ? 2 : 3, wants.bank && !isOurs && sender.kind !== 'mailing')
  add('fee', 1.5, wants.fee && links.length > 0)
  add(
    'link-address',
    3,
    links.some(({host}) => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)),
  )
  const foreign = links.filter(({host}) => !isWithin(host, domain))
  add(
    'link-baited',
    1.5,
    foreign.some(({host}) => BAITED_HOST.test(host)),
  )
  add(
    'link-brand',
    2,
    foreign.some(({host}) => wearsBrand(host, [domain, ...ownDomains])),
  )
  add('link-plain', 0.5, wants.credential && links.some(({link}) => /^http:/i.test(link)))
  add('look-alike', 3, !isOurs && ownDomains.some((each) => isLookAlike(domain, each)))
  add('brand-in-domain', 2, !isOurs && ownDomains.some((each) => wearsLabel(domain, each)))
  add('name-unlike-domain', 2.5, isLookAlike(labelOf(domain), nameAsLabel(head.from.name, labelOf(domain))))
  const claims = claimsUs(head.from.name, own)
  add('claims-us', claims, !isOurs && claims > 0)
  const replies = head.replyTo.map(({address}) => address.split('@').at(-1) ?? '')
  add('reply-elsewhere', 1, sender.kind !== 'mailing' && replies.some((each) => each !== '' && each !== domain))
  add('punycode', 1, /(?:^|\.)xn--/.test(domain))
  return {weight, sources}
}

function withoutInjections(
  {words, text}: Reading,
  injections: readonly Injection[],
): {text: string; counts(index: number): boolean} {
  const paragraphOf = (at: number) => words.find(({to}) => to > at)?.paragraph ?? words.at(-1)?.paragraph
  const hurt = new Set(injections.flatMap(({from, to}) => [paragraphOf(from), paragraphOf(Math.max(to - 1, from))]))
  if (hurt.size === 0) return {text, counts: () => true}
  let kept = ''
  let last = 0
  for (const word of words) {
    if (!hurt.has(word.paragraph)) kept += text.slice(last, word.to)
    last = word.to
  }
  return {text: kept, counts: (index: number) => !hurt.has(words[index]?.paragraph ?? -1)}
}

function isWithin(host: string, domain: string): boolean {
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`) || domain.endsWith(`.${host}`))
}

/** A known name as a mere part of somebody else's host: northwind.example.login-check.example. */
function wearsBrand(host: string, domains: readonly string[]): boolean {
  return domains.some((domain) => {
    const label = labelOf(domain).split('-')[0] ?? ''
    return (
      label.length >= 4 &&
      !isWithin(host, domain) &&
      labelOf(host) !== labelOf(domain) &&
      host.split(/[.-]/).slice(0, -1).includes(label)
    )
  })
}

/** Our own name within another's domain: northwind-helpdesk.example. */
function wearsLabel(domain: string, ownDomain: string): boolean {
  const label = labelOf(ownDomain)
  return label.length >= 4 && domain !== ownDomain && labelOf(domain).split('-').includes(label)
}

/** How much a display name claims to be one of us: by our house's name, an office, or only a first name. */
function claimsUs(name: string, own: readonly string[]): number {
  const words: readonly string[] = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const hasOffice = words.some((word) =>
    /^(?:ceo|cfo|founder|director|president|chef|geschäftsführer|helpdesk|it)$/.test(word),
  )
  const isOne = own.some((address) => words.includes(address.split('@')[0] ?? ''))
  const isHouse = own.some((address) => words.includes(labelOf(address.split('@').at(-1) ?? '')))
  if (isHouse) return 2.5
  return isOne ? (hasOffice ? 2.5 : 0.5) : 0
}

/** A name's words as a domain would write them, as many as the domain has. */
function nameAsLabel(name: string, label: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? []
  return words.slice(0, label.split('-').length).join('-')
}
