import type {EngineConfig, EnginePrices} from '../workspace/config.js'
import type {EngineModel, Prices} from './engine.js'

/** When prices and windows were last compared with what providers publish. */
export const MODELS_AS_OF = '2026-11-21'

export interface ModelFacts {
  /** Cut where a dearer tariff begins, so that no request pays it unasked. */
  readonly window: number
  readonly maxOutput: number
  readonly prices: Prices | null
  readonly minCacheTokens: number | null
  /** `published`: the provider's own page; `reported`: by others; `family`: taken from its newest relative. */
  readonly source: 'published' | 'reported' | 'family'
}

/** What is assumed of a model that nobody has told of: little enough for nearly every one. */
export const UNKNOWN_MODEL = {window: 32_000, maxOutput: 4_096} as const

/** A server on this machine or network often cuts off silently what is longer. */
const LOCAL_MODEL = {window: 8_192, maxOutput: 2_048} as const

const FREE: Prices = {input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cacheWriteHour: 0}
const K = 1_000

type Row = readonly [pattern: RegExp, facts: ModelFacts]

/** The first pattern that fits counts; the last of each family stands for names that are newer than this table. */
const CLAUDE: readonly Row[] = [
  [/fable-5$/, claude([10, 50], {read: 1, window: 1000 * K, out: 128 * K, cache: 1024, source: 'published'})],
  [/mythos-5$/, claude([10, 50], {read: 1, window: 1000 * K, out: 128 * K, cache: 1024, source: 'published'})],
  [/fable|mythos/, claude([10, 50], {read: 1, window: 1000 * K, out: 128 * K, cache: 1024, source: 'family'})],
  [/3-opus|opus-3/, claude([15, 75], {window: 200 * K, out: 4_096, cache: 1024, source: 'published'})],
  [
    /opus-4(?:-[01])?(?:[-@]20\d{6}.*)?$/,
    claude([15, 75], {window: 200 * K, out: 32 * K, cache: 1024, source: 'published'}),
  ],
  [/opus-4-5/, claude([5, 25], {window: 200 * K, out: 64 * K, cache: 4096, source: 'published'})],
  [/opus-4-[67]/, claude([5, 25], {window: 1000 * K, out: 128 * K, cache: 4096, source: 'published'})],
  [/opus-(?:4-8|5$)/, claude([5, 25], {window: 1000 * K, out: 128 * K, cache: 1024, source: 'published'})],
  [/opus-5-5/, claude([4, 20], {read: 0.2, window: 1000 * K, out: 128 * K, cache: 512, source: 'published'})],
  [/opus/, claude([5, 25], {window: 200 * K, out: 64 * K, cache: 512, source: 'family'})],
  [/3(?:-\d)?-sonnet/, claude([3, 15], {window: 200 * K, out: 8_192, cache: 1024, source: 'published'})],
  [/sonnet-4/, claude([3, 15], {window: 200 * K, out: 64 * K, cache: 1024, source: 'published'})],
  [/sonnet-5(?:-5)?$/, claude([2, 10], {window: 1000 * K, out: 128 * K, cache: 1024, source: 'published'})],
  [/sonnet/, claude([3, 15], {window: 200 * K, out: 64 * K, cache: 1024, source: 'family'})],
  [/3-haiku/, claude([0.25, 1.25], {window: 200 * K, out: 4_096, cache: 4096, source: 'published'})],
  [/3-5-haiku/, claude([0.8, 4], {window: 200 * K, out: 8_192, cache: 4096, source: 'published'})],
  [/haiku-4-5/, claude([1, 5], {window: 200 * K, out: 64 * K, cache: 4096, source: 'published'})],
  // Five times as much above 100,000 tokens.
  [/haiku-5-5/, claude([0.1, 0.5], {window: 100 * K, out: 64 * K, cache: 1024, source: 'published'})],
  [/haiku/, claude([1, 5], {window: 100 * K, out: 64 * K, cache: 4096, source: 'family'})],
  [/^claude/, claude([10, 50], {window: 200 * K, out: 32 * K, cache: 1024, source: 'family'})],
]

const OTHERS: readonly Row[] = [
  [/gpt-.*pro/, other([30, 180, 30], {window: 272 * K, out: 64 * K, source: 'family'})],
  [/gpt-6-astra/, other([10, 50, 1], {window: 872 * K, out: 128 * K, source: 'reported'})],
  [/gpt-6(?:\.1)?-sol/, other([2, 10, 0.2], {window: 872 * K, out: 128 * K, source: 'reported'})],
  [/gpt-6-luna/, other([0.1, 0.5, 0.01], {window: 872 * K, out: 128 * K, source: 'reported'})],
  [/gpt-5\.6/, other([5, 30, 0.5], {window: 272 * K, out: 128 * K, source: 'reported'})],
  [/gpt-5(?:\.\d)?-mini/, other([0.75, 4.5, 0.075], {window: 272 * K, out: 128 * K, source: 'reported'})],
  [/gpt-5-nano/, other([0.05, 0.4, 0.005], {window: 272 * K, out: 128 * K, source: 'published'})],
  [
    /gpt-5(?:\.1)?(?:-(?!mini|nano).*)?$/,
    other([1.25, 10, 0.125], {window: 272 * K, out: 128 * K, source: 'published'}),
  ],
  [/gpt-5\.[23]/, other([1.75, 14, 0.175], {window: 272 * K, out: 128 * K, source: 'published'})],
  [/gpt-5\.4/, other([2.5, 15, 0.25], {window: 272 * K, out: 128 * K, source: 'reported'})],
  [/gpt-4\.1-nano/, other([0.1, 0.4, 0.025], {window: 1_047_576, out: 32_768, source: 'published'})],
  [/gpt-4\.1-mini/, other([0.4, 1.6, 0.1], {window: 1_047_576, out: 32_768, source: 'published'})],
  [/gpt-4\.1/, other([2, 8, 0.5], {window: 1_047_576, out: 32_768, source: 'published'})],
  [/gpt-4o-mini/, other([0.15, 0.6, 0.075], {window: 128 * K, out: 16_384, source: 'published'})],
  [/gpt-4o/, other([2.5, 10, 1.25], {window: 128 * K, out: 16_384, source: 'published'})],
  [/^(?:.*\/)?gpt-(?!oss)/, other([10, 50, 10], {window: 128 * K, out: 16_384, source: 'family'})],
  [/deepseek-flash/, other([0.3, 1.2, 0.006], {window: 128 * K, out: 8_192, source: 'reported'})],
  [/deepseek-(?:chat|reasoner)/, other([1.32, 3.96, 0.044], {window: 64 * K, out: 8_192, source: 'family'})],
  [/deepseek/, other([1.32, 3.96, 0.044], {window: 64 * K, out: 8_192, source: 'reported'})],
  [/grok-4[.-]3/, other([1.25, 2.5, 1.25], {window: 256 * K, out: 64 * K, source: 'reported'})],
  [/grok/, other([3, 15, 0.75], {window: 128 * K, out: 32 * K, source: 'family'})],
  [/gemini-2\.5-pro/, other([1.25, 10, 0.31], {window: 200 * K, out: 64 * K, source: 'published'})],
  [/gemini-.*flash-lite/, other([0.3, 2.5, 0.3], {window: 1000 * K, out: 64 * K, source: 'family'})],
  [/gemini-2\.5-flash/, other([0.3, 2.5, 0.075], {window: 1000 * K, out: 64 * K, source: 'published'})],
  // 3.6 to 3.8 are at half of this until the end of 2026.
  [/gemini-.*flash/, other([1.5, 9, 0.375], {window: 1000 * K, out: 64 * K, source: 'reported'})],
  [/gemini/, other([4, 18, 1], {window: 200 * K, out: 64 * K, source: 'family'})],
]

/** What is known of a model by its name; null where the name says nothing. Whatever is not in the table costs nobody knows what. */
export function knownModel(kind: EngineConfig['kind'], model: string): ModelFacts | null {
  const name = model.toLowerCase()
  const rows = kind === 'openai' && !name.includes('claude') ? OTHERS : [...CLAUDE, ...OTHERS]
  return rows.find(([pattern]) => pattern.test(name))?.[1] ?? null
}

/** The model behind an engine of mcos.yaml, whose own words win over what is known; `identity` is told by who has the key. */
export function modelOf(engine: EngineConfig): Omit<EngineModel, 'identity'> {
  const name = nameOf(engine)
  const isOwn = isNearby(engine.baseUrl) && (name.includes(':') || knownModel(engine.kind, name) === null)
  const known = isOwn ? null : knownModel(engine.kind, name)
  const facts = known ?? {...(isOwn ? LOCAL_MODEL : UNKNOWN_MODEL), prices: isOwn ? FREE : null, minCacheTokens: null}
  const window = engine.context ?? facts.window
  const maxOutput = engine.maxTokens ?? Math.min(facts.maxOutput, Math.floor(window / 4))
  const prices = engine.prices ? completePrices(engine.prices, engine.kind) : facts.prices
  return {window, maxOutput, prices, billing: engine.billing, minCacheTokens: facts.minCacheTokens}
}

/** A program without a model of its own in the config asks the newest of its maker. */
function nameOf(engine: EngineConfig): string {
  if (engine.kind === 'scripted') return ''
  if (engine.kind !== 'command' || engine.model !== null) return engine.model ?? ''
  const name = (engine.run[0] ?? '').split('/').at(-1) ?? ''
  return name === 'claude' ? 'claude-sonnet' : name === 'codex' ? 'gpt-5.4' : name
}

/** Of this machine or its own network: whoever runs a server of their own there pays for its electricity only. */
export function isNearby(baseUrl: string | null): boolean {
  return baseUrl !== null && NEARBY.test(new URL(baseUrl).hostname)
}

const NEARBY =
  /^(?:localhost|\[::1\]|(?:127|10)(?:\.\d+){3}|192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2})$|\.(?:local|internal|lan)$/

/** What isn't said of caches is Anthropic's usual share there, and the input's own price elsewhere. */
function completePrices(prices: EnginePrices, kind: EngineConfig['kind']): Prices {
  const {input, output} = prices
  const shares = kind === 'anthropic' ? [0.1, 1.25, 2] : [1, 1, 1]
  const [read = 1, write = 1, hour = 1] = shares.map((share) => input * share)
  return {
    input,
    output,
    cacheRead: prices.cacheRead ?? read,
    cacheWrite: prices.cacheWrite ?? write,
    cacheWriteHour: prices.cacheWriteHour ?? hour,
  }
}

interface Sizes {
  readonly window: number
  readonly out: number
  readonly source: ModelFacts['source']
}

/** Writing to the cache costs a quarter more, for an hour twice as much; reading a tenth, unless said otherwise. */
function claude(
  [input, output]: readonly [number, number],
  {window, out, cache, source, read}: Sizes & {readonly cache: number; readonly read?: number},
): ModelFacts {
  const prices = {input, output, cacheRead: read ?? input / 10, cacheWrite: input * 1.25, cacheWriteHour: input * 2}
  return {window, maxOutput: out, prices, minCacheTokens: cache, source}
}

/** These cache by themselves, and writing costs nothing more. */
function other(
  [input, output, cacheRead]: readonly [number, number, number],
  {window, out, source}: Sizes,
): ModelFacts {
  const prices = {input, output, cacheRead, cacheWrite: input, cacheWriteHour: input}
  return {window, maxOutput: out, prices, minCacheTokens: null, source}
}
