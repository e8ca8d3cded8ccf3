import {EXIT, UserError} from '../../kit/errors.js'
import {nearestName} from '../../workspace/names.js'

/** An engine that a new fleet can be given: its line in mcos.yaml, and why it is offered. */
export interface EngineOffer {
  /** As `--engine` takes it. */
  readonly word: string
  /** As mcos.yaml calls it. */
  readonly name: string
  /** The keys of its line; a secret is only ever a reference. */
  readonly settings: Readonly<Record<string, unknown>>
  /** What was found of it on this machine; null: nothing was. */
  readonly found: string | null
}

/** Where Ollama listens when nobody has said otherwise. */
export const OLLAMA_URL = 'http://127.0.0.1:11434'

interface KeyedEngine {
  readonly word: string
  readonly variables: readonly string[]
  readonly settings: Readonly<Record<string, unknown>>
}

/** Engines that are reached with a key, in the order in which they are proposed. */
export const KEYED_ENGINES: readonly KeyedEngine[] = [
  {word: 'claude', variables: ['ANTHROPIC_API_KEY'], settings: {kind: 'anthropic', model: 'claude-sonnet-5-5'}},
  {
    word: 'openai',
    variables: ['OPENAI_API_KEY'],
    settings: {kind: 'openai', base_url: 'https://api.openai.com/v1', model: 'gpt-5-mini'},
  },
  {
    word: 'deepseek',
    variables: ['DEEPSEEK_API_KEY'],
    settings: {kind: 'openai', base_url: 'https://api.deepseek.com', model: 'deepseek-chat', context: 64_000},
  },
  {
    word: 'gemini',
    variables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
    settings: {
      kind: 'openai',
      base_url: 'https://generativelanguage.googleapis.com/v1beta/openai',
      model: 'gemini-2.5-flash',
    },
  },
  {
    word: 'grok',
    variables: ['XAI_API_KEY'],
    settings: {kind: 'openai', base_url: 'https://api.x.ai/v1', model: 'grok-4.3'},
  },
]

/** Coding agents that answer as engines, with a login of their own: the word, and the program on the PATH. */
export const PROGRAM_ENGINES = [
  {word: 'claude-code', program: 'claude'},
  {word: 'codex', program: 'codex'},
  {word: 'gemini-cli', program: 'gemini'},
] as const

export function keyedOffer({word, settings}: KeyedEngine, variable: string, found: string | null): EngineOffer {
  return {word, name: word, settings: {...settings, key: `env:${variable}`}, found}
}

export function programOffer(word: string, program: string, found: string | null): EngineOffer {
  return {
    word,
    name: word,
    settings: {kind: 'command', run: program, billing: 'subscription', turns_per_day: 200},
    found,
  }
}

export function ollamaOffer(
  model: string,
  {url = OLLAMA_URL, found}: {url?: string; found: string | null},
): EngineOffer {
  const settings = {kind: 'openai', base_url: `${url}/v1`, model, context: 32_000}
  return {word: `ollama:${model}`, name: 'local', settings, found}
}

/** Every word `--engine` knows. */
export const ENGINE_WORDS = [
  ...KEYED_ENGINES.map(({word}) => word),
  ...PROGRAM_ENGINES.map(({word}) => word),
  'ollama:MODEL',
  'rules',
] as const

/** What `--engine WORD` means; null is `rules`, no model at all. What was found here is taken as it was found. */
export function parseEngineWord(typed: string, found: readonly EngineOffer[]): EngineOffer | null {
  const word = typed.trim()
  if (word === 'rules' || word === 'none') return null
  const offer = found.find((one) => one.word === word) ?? unseen(word, found)
  if (offer) return offer
  const near = nearestName(word, [...ENGINE_WORDS, ...found.map((one) => one.word)])
  throw new UserError(`There is no engine ${JSON.stringify(word)} to begin with.`, {
    code: 'NO_ENGINE',
    fix: near ? `--engine ${near}` : `Use one of: ${ENGINE_WORDS.join(', ')}. Any other goes into mcos.yaml by hand.`,
    exit: EXIT.usage,
  })
}

function unseen(word: string, found: readonly EngineOffer[]): EngineOffer | null {
  if (word === 'ollama') return found.find((one) => one.word.startsWith('ollama:')) ?? null
  const model = /^ollama:(\S+)$/.exec(word)?.[1]
  if (model !== undefined) return ollamaOffer(model, {found: null})
  const keyed = KEYED_ENGINES.find((one) => one.word === word)
  if (keyed) return keyedOffer(keyed, keyed.variables[0] ?? '', null)
  const program = PROGRAM_ENGINES.find((one) => one.word === word)
  return program ? programOffer(program.word, program.program, null) : null
}
