import {type Checkup, count, editCommand, type Trouble} from '../workspace/health.js'
import {CONFIG_FILE} from '../workspace/home.js'
import {nearestName} from '../workspace/names.js'
import {readSouls} from '../workspace/read-souls.js'
import {listBackOffs} from './back-off.js'
import {isNearby, modelOf} from './models.js'
import {listAside} from './put-aside.js'

const askable: Checkup = {
  id: 'engines',
  title: 'Every engine may be asked',
  means: 'An engine that is put aside is not asked, and judgement waits or goes to the next one.',
  async examine({mcos, clock, home}) {
    const now = clock.now()
    const isKnown = ({engine}: {readonly engine: string}) => Object.hasOwn(home.config.engines, engine)
    const aside = listAside(mcos, now)
      .filter(isKnown)
      .map(({engine, at, reason, detail, file}): Trouble => {
        const since = new Date(at).toISOString()
        const told = `${engine} is put aside since ${since} (${reason}): ${detail}; set another key, or, if that one is right by now, have it asked again`
        return {status: 'warn', detail: told, fix: `rm .mcos/${file}`}
      })
    const waiting = listBackOffs(mcos, now)
      .filter(isKnown)
      .map(({engine, until, why}): Trouble => {
        const told = `${engine} is left alone until ${new Date(until).toISOString()}: ${why}`
        return {status: 'warn', detail: told, fix: 'mcos usage'}
      })
    return {seen: 'none is put aside or backing off', troubles: [...aside, ...waiting]}
  },
}

const priced: Checkup = {
  id: 'engine-prices',
  title: 'Of every engine that costs money it is known how much',
  means: 'Its dollars are counted as 0, so no ceiling in dollars ever holds it back.',
  examine({home}) {
    const all = Object.entries(home.config.engines)
    const troubles = all.flatMap(([name, engine]): Trouble[] => {
      if (engine.billing !== 'metered' || engine.kind === 'command' || engine.kind === 'scripted') return []
      if (modelOf(engine).prices !== null) return []
      const detail = `engine ${name}: mcos knows no price of ${engine.model}; say prices: in ${CONFIG_FILE}`
      return [{status: 'warn', detail, fix: editCommand(CONFIG_FILE)}]
    })
    return {seen: all.length === 0 ? 'there is none' : count(all.length, 'engine'), troubles}
  },
}

/** What the names of models are made of, of those who make them; whoever serves models of others has names of their own. */
const PARTS: Readonly<Record<'anthropic' | 'openai', readonly string[]>> = {
  anthropic: ['claude', 'sonnet', 'haiku', 'opus', 'fable', 'mythos'],
  openai: ['deepseek', 'gemini', 'claude', 'sonnet', 'haiku'],
}

const named: Checkup = {
  id: 'engine-models',
  title: 'Every model is called by a name that its maker knows',
  means: 'The maker answers that there is no such model, and judgement waits or goes to the next engine.',
  examine({home}) {
    const all = Object.entries(home.config.engines)
    const troubles = all.flatMap(([name, engine]): Trouble[] => {
      if ((engine.kind !== 'anthropic' && engine.kind !== 'openai') || isNearby(engine.baseUrl)) return []
      const slip = slipIn(engine.model, PARTS[engine.kind])
      if (slip === null) return []
      const detail = `${CONFIG_FILE}: engines.${name}.model is ${engine.model}; did you mean ${slip}?`
      return [{status: 'warn', detail, fix: editCommand(CONFIG_FILE)}]
    })
    return {seen: all.length === 0 ? 'there is none' : count(all.length, 'engine'), troubles}
  },
}

/** The name with its one misspelt part put right; null: none is nearly a known one. */
function slipIn(model: string, parts: readonly string[]): string | null {
  const words = model.split(/([^a-z]+)/i)
  const at = words.findIndex((word) => word.length > 3 && nearPart(word, parts) !== null)
  return at === -1 ? null : words.with(at, nearPart(words[at] ?? '', parts) ?? '').join('')
}

function nearPart(word: string, parts: readonly string[]): string | null {
  const near = parts.includes(word.toLowerCase()) ? null : nearestName(word, parts)
  return near !== null && Math.abs(near.length - word.length) <= 1 && near[0] === word[0]?.toLowerCase() ? near : null
}

const covered: Checkup = {
  id: 'engine-wires',
  title: "No engine's key travels unencrypted",
  means: 'Whoever sits on the way reads the key, and everything that the model is sent and says.',
  async examine(fleet) {
    const keyed = new Set((await readSouls(fleet)).flatMap(({soul}) => Object.keys(soul?.keys ?? {})))
    const all = Object.entries(fleet.home.config.engines)
    const troubles = all.flatMap(([name, {baseUrl, key}]): Trouble[] => {
      if (!baseUrl?.startsWith('http:') || (key === null && !keyed.has(name)) || isNearby(baseUrl)) return []
      const detail = `engine ${name} sends its key to ${baseUrl}: say https: there`
      return [{status: 'fail', detail, fix: editCommand(CONFIG_FILE)}]
    })
    return {seen: all.length === 0 ? 'there is none' : count(all.length, 'engine'), troubles}
  },
}

/** Whether what mcos.yaml names as engines will be asked by the next turn. */
export const ENGINE_CHECKUPS: readonly Checkup[] = [askable, named, priced, covered]
