import {findProgram} from '../../kit/find-program.js'
import {
  type EngineOffer,
  KEYED_ENGINES,
  keyedOffer,
  OLLAMA_URL,
  ollamaOffer,
  PROGRAM_ENGINES,
  programOffer,
} from './engine-offer.js'

type Environment = Readonly<Record<string, string | undefined>>

export interface EngineSearch {
  readonly env: Environment
  /** Default: where Ollama listens on this machine. */
  readonly ollama?: string
  readonly timeoutMs?: number
}

const MOST_MODELS = 6
const LONGEST_ANSWER = 1024 * 1024

/** The engines this machine has, best first: keys in the environment, Ollama's models, coding agents on the PATH. Nothing is asked of a model. */
export async function detectEngines({
  env,
  ollama = OLLAMA_URL,
  timeoutMs = 1_000,
}: EngineSearch): Promise<EngineOffer[]> {
  const local = await detectOllama(ollama, timeoutMs)
  return [...detectKeys(env), ...local, ...detectPrograms(env)]
}

function detectKeys(env: Environment): EngineOffer[] {
  return KEYED_ENGINES.flatMap((engine) => {
    const variable = engine.variables.find((name) => env[name]?.trim())
    return variable === undefined ? [] : [keyedOffer(engine, variable, `${variable} is set`)]
  })
}

/** Only looked for, never started: a coding agent takes seconds, and some begin a login. */
function detectPrograms(env: Environment): EngineOffer[] {
  return PROGRAM_ENGINES.flatMap(({word, program}) => {
    const file = findProgram(program, env['PATH'])
    return file === null ? [] : [programOffer(word, program, `${file}, with its own login`)]
  })
}

async function detectOllama(url: string, timeoutMs: number): Promise<EngineOffer[]> {
  try {
    const answer = await fetch(`${url}/api/tags`, {signal: AbortSignal.timeout(timeoutMs), redirect: 'error'})
    const text = await answer.text()
    if (!answer.ok || text.length > LONGEST_ANSWER) return []
    return modelNames(JSON.parse(text)).map((model) => ollamaOffer(model, {url, found: `Ollama has it at ${url}`}))
  } catch {
    // Nobody listens there, or somebody who is not Ollama: either way there is nothing to offer.
    return []
  }
}

function modelNames(answer: unknown): string[] {
  if (typeof answer !== 'object' || answer === null || !('models' in answer) || !Array.isArray(answer.models)) return []
  const names = answer.models.map((model: unknown) =>
    typeof model === 'object' && model !== null && 'name' in model ? model.name : null,
  )
  return names
    .filter((name): name is string => typeof name === 'string' && /^[\w./:@-]{1,100}$/.test(name))
    .filter((name) => !/embed|minilm|bge-/i.test(name))
    .slice(0, MOST_MODELS)
}
