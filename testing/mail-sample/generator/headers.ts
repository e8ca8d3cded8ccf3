import {encodeHeader} from './encode.js'
import {domainOf, encodeAddress, type Letter} from './letter.js'
import type {Random} from './random.js'

const PROGRAMS = ['Thunderbolt 128.4', 'iPhone Mail (22B91)', 'Mailpost Android 9.1', 'Outpost 16.0', 'Roundmail 1.6']

/** The header lines of a letter, as such mail carries them; loose ends such as a missing Message-ID among them. */
export function headersOf(letter: Letter): string[] {
  const {facts, from, to, charset, random} = letter
  const domain = domainOf(from)
  const date = mailDate(facts.at)
  const id = `${facts.values['id']}.${random.whole(100_000, 999_999)}@${domain}`
  const own = [
    `From: ${encodeAddress(from, charset)}`,
    `To: ${to}`,
    `Subject: ${encodeHeader(letter.subject, charset)}`,
    `Date: ${date}`,
    ...(random.chance(0.03) ? [] : [`Message-ID: <${id}>`]),
    ...threadLines(letter),
    ...kindLines(letter, domain),
  ]
  return [...trace(letter, domain, date), ...(random.chance(0.3) ? turned(own, random) : own)]
}

function trace({template, from, random}: Letter, domain: string, date: string): string[] {
  const host = template.kind === 'forged' ? 'vps-77.cheaphost.example' : `out${random.whole(1, 9)}.${domain}`
  const box = /<([^>]+)>/.exec(from)?.[1] ?? from
  return [
    `Return-Path: <${template.kind === 'bounce' ? '' : box}>`,
    `Received: from ${host} (${host} [198.51.100.${random.whole(2, 250)}])`,
    `\tby mx.northwind.example (Postfix) with ESMTPS id ${random.whole(0x100000, 0xffffff).toString(16).toUpperCase()};`,
    `\t${date}`,
    ...authentication(standing(template.kind), domain, random),
  ]
}

function standing(kind: string): 'fails' | 'passes' | 'local' {
  if (kind === 'forged') return 'fails'
  return kind === 'bounce' ? 'local' : 'passes'
}

function authentication(state: 'fails' | 'passes' | 'local', domain: string, random: Random): string[] {
  if (state === 'local') return []
  if (state === 'fails') {
    return [
      'Authentication-Results: mx.northwind.example;',
      `\tdkim=${random.pick(['none', 'fail'])}; spf=${random.pick(['fail', 'softfail'])} smtp.mailfrom=cheaphost.example;`,
      `\tdmarc=fail header.from=${domain}`,
    ]
  }
  return [
    'Authentication-Results: mx.northwind.example;',
    `\tdkim=pass header.d=${domain}; spf=pass smtp.mailfrom=${domain};`,
    `\tdmarc=pass header.from=${domain}`,
  ]
}

function threadLines({template, subject, random}: Letter): string[] {
  const isReply = /^(re|aw|sv|antw|res|automatic|ответ)\b/i.test(subject) || template.kind === 'auto-reply'
  if (!isReply) return []
  const first = `<${random.whole(1_000, 9_999)}.first@northwind.example>`
  return [`In-Reply-To: ${first}`, `References: ${first}`]
}

function kindLines({template, random, facts}: Letter, domain: string): string[] {
  const unsubscribe = `List-Unsubscribe: <https://${domain}/u/${facts.values['id']}>`
  switch (template.kind) {
    case 'person':
      return [
        ...(random.chance(0.5) ? [`X-Mailer: ${random.pick(PROGRAMS)}`] : []),
        ...(random.chance(0.04) ? ['Importance: high', 'X-Priority: 1'] : []),
      ]
    case 'robot':
      return [
        ...(random.chance(0.7) ? ['Auto-Submitted: auto-generated'] : []),
        ...(random.chance(0.3) ? ['Precedence: bulk'] : []),
        ...(random.chance(0.4) ? [unsubscribe] : []),
      ]
    case 'list':
      return [
        ...(random.chance(0.7) ? [`List-Id: news <news.${domain}>`] : []),
        ...(random.chance(0.9) ? [unsubscribe] : []),
        ...(random.chance(0.5) ? ['Precedence: bulk'] : []),
        ...(random.chance(0.1) ? ['X-Priority: 1'] : []),
      ]
    case 'auto-reply':
      return random.chance(0.8) ? ['Auto-Submitted: auto-replied'] : ['Precedence: auto_reply']
    case 'bounce':
      return ['Auto-Submitted: auto-replied']
    case 'forged':
      return random.chance(0.3) ? ['X-Priority: 1'] : []
    case 'invite':
    case 'cancel':
      return []
  }
}

/** The same lines, beginning elsewhere: their order means nothing. */
function turned(lines: readonly string[], random: Random): string[] {
  const start = random.whole(0, lines.length - 1)
  return [...lines.slice(start), ...lines.slice(0, start)]
}

function mailDate(at: Date): string {
  return at.toUTCString().replace('GMT', '+0000')
}
