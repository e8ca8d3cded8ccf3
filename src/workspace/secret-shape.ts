/** What a secret is for, as far as that tells what it has to look like. */
export type SecretUse =
  | {readonly kind: 'anthropic' | 'openai'; readonly baseUrl: string | null}
  | {readonly kind: 'telegram'}
  | {readonly kind: 'address'}
  | {readonly kind: 'other'}

const PLACEHOLDERS = [
  /^(?:change[-_ ]?me|todo|tbd|fix[-_ ]?me|example|sample|test|testing|dummy|fake|placeholder|secret|password|passw0rd|token|api[-_]?key|key|none|null|nil|undefined|n\/?a|foo(?:bar)?)\d{0,3}$/i,
  /^(?:your|my|insert|replace|put|enter|paste|add|set)[-_ ]/i,
  /^<.*>$|^\[.*\]$|^\{\{.*\}\}$|^%.*%$/,
  /^\$\{?[A-Za-z_][A-Za-z0-9_]*\}?$/,
  /^(?:[a-z]{2,4}[-_])*(?:(.)\1{3,}|\.{3,}|\u2026|(?:x|\*){3,}.*)$/i,
  /(?:your|change|replace|insert)[-_]?(?:me|this|key|token|api|secret|here|own)/i,
  /^(?:1234567890?|0123456789|abc123|qwerty|hunter2|deadbeef)+$/i,
]

const SHORTEST: Readonly<Record<SecretUse['kind'], number>> = {
  anthropic: 20,
  openai: 16,
  telegram: 30,
  address: 8,
  other: 6,
}

/** By whose beginnings tokens are known that people confuse. */
const VENDORS: readonly (readonly [vendor: string, beginning: RegExp])[] = [
  ['Anthropic', /^sk-ant-/],
  ['OpenAI', /^sk-(?:proj|svcacct|admin)-/],
  ['GitHub', /^(?:gh[pousr]_|github_pat_)/],
  ['Google', /^AIza/],
  ['xAI', /^xai-/],
  ['Groq', /^gsk_/],
  ['Slack', /^xox[abeoprs]-/],
  ['AWS', /^(?:AKIA|ASIA)/],
  ['Telegram', /^\d{6,12}:[A-Za-z0-9_-]{30,}$/],
]

/** What is wrong with the look of a secret, in words that tell nothing of it; null: it may be one. */
export function shapeTrouble(value: string, use: SecretUse): string | null {
  if (/^(['"`\u2018\u201c]).*['"`\u2019\u201d]$/s.test(value)) return 'it has quotes left round it'
  if (/^(?:env|file|command|credential|keyring):/.test(value)) return 'it is a reference itself, and no value'
  if (PLACEHOLDERS.some((placeholder) => placeholder.test(value))) return 'it is a placeholder'
  if (/[\r\n]/.test(value) && !value.startsWith('-----BEGIN ')) return 'it has several lines'
  if (use.kind !== 'other' && /\s/.test(value)) return 'it has a blank in it'
  if (/^(?:Bearer|Basic|token)\s/i.test(value) && use.kind !== 'other')
    return 'it begins with a word that belongs before it'
  if (use.kind !== 'other' && /[^\x20-\x7e]/.test(value)) return 'it has letters that no key has'
  if (value.length < SHORTEST[use.kind]) return 'it is too short'
  return vendorTrouble(value, use)
}

function vendorTrouble(value: string, use: SecretUse): string | null {
  const vendor = VENDORS.find(([, beginning]) => beginning.test(value))?.[0] ?? null
  if (use.kind === 'telegram') return vendor === 'Telegram' ? null : 'it is no token of a Telegram bot (123456:letters)'
  if (use.kind === 'address') return URL.canParse(value) ? null : 'it is no web address'
  if (use.kind === 'other') return null
  const maker = makerOf(use)
  if (maker === null) return null
  if (maker === 'Anthropic' && vendor !== 'Anthropic') return 'a key of Anthropic begins with sk-ant-'
  if (maker === 'OpenAI' && !value.startsWith('sk-')) return 'a key of OpenAI begins with sk-'
  return vendor !== null && vendor !== maker ? `it is a token of ${vendor}, and the engine is ${maker}'s` : null
}

/** Whose engine it is; null where another address may take whatever it likes. */
function makerOf({kind, baseUrl}: Extract<SecretUse, {baseUrl: string | null}>): string | null {
  if (baseUrl === null) return kind === 'anthropic' ? 'Anthropic' : 'OpenAI'
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).hostname : ''
  if (/(?:^|\.)anthropic\.com$/.test(host)) return 'Anthropic'
  if (/(?:^|\.)openai\.com$/.test(host)) return 'OpenAI'
  if (/(?:^|\.)x\.ai$/.test(host)) return 'xAI'
  if (/(?:^|\.)groq\.com$/.test(host)) return 'Groq'
  if (/(?:^|\.)googleapis\.com$/.test(host)) return 'Google'
  return null
}
