import {rmSync} from 'node:fs'
import {messageFileName} from '../src/bus/file-name.js'
import {agentPaths} from '../src/workspace/agents.js'
import {type Message, parseMessage} from '../src/workspace/message-file.js'
import {ATTEMPTS, type Attempt} from './forged-attempts.js'
import {clear, inboxOf, openScene, type Scene, trueMessage} from './forged-scene.js'
import type {Torture} from './torture.js'

export interface ForgedResult {
  readonly rounds: number
  /** Forgeries that an inbox took for true. Has to be 0. */
  readonly accepted: number
  /** True messages that an inbox did not take for true. Has to be 0. */
  readonly refusedTrue: number
  /** Forgeries by what was tried. */
  readonly tried: Readonly<Record<string, number>>
  /** The first few that got through, as their files' texts. */
  readonly examples: readonly string[]
}

/** Lays `rounds` forged messages, each beside a true one, and counts what the inboxes believe. */
export function run({rounds = 1000, seed = 1}: {rounds?: number; seed?: number} = {}): ForgedResult {
  const scene = openScene(seed)
  try {
    const tried: Record<string, number> = {}
    const examples: string[] = []
    let accepted = 0
    let refusedTrue = 0
    for (let round = 0; round < rounds; round++) {
      const [name, attempt] = scene.dice.pick(Object.entries(ATTEMPTS))
      const lie = forge(scene, attempt)
      tried[name] = (tried[name] ?? 0) + 1
      const believed = inboxOf(scene, lie.owner).messages.filter((found) => found.path === lie.path)
      accepted += believed.length
      for (const found of believed) examples.push(`${name}: ${scene.files.readText(found.path) ?? ''}`)
      if (!inboxOf(scene, 'donna').messages.some(({id}) => id === lie.truth.id)) refusedTrue++
      clear(scene)
    }
    return {rounds, accepted, refusedTrue, tried, examples: examples.slice(0, 5)}
  } finally {
    rmSync(scene.dir, {recursive: true})
  }
}

/** Somebody without the sender's key writes into inboxes: nothing of it may be believed, and everything true must be. */
export const torture: Torture = {
  what: 'messages forged in every way we know',
  shortRounds: 200,
  longRounds: 1000,
  run: async (options) => {
    const {accepted, refusedTrue, tried, examples} = run(options)
    return {counts: {...tried, accepted, refusedTrue}, wrong: accepted + refusedTrue, examples}
  },
}

/** One true message in donna's inbox, and beside it the lie that was made of it. */
function forge(scene: Scene, attempt: Attempt): {path: string; owner: string; truth: Message} {
  const {message: truth, text} = trueMessage(scene, {})
  const lie = attempt(truth, text, scene)
  const owner = lie.owner ?? 'donna'
  const bytes = Buffer.from(lie.text)
  const isCopy = bytes.equals(Buffer.from(text))
  // A lie of the same name as the truth has replaced it, so the truth is laid down once more under an id of its own.
  const file = lie.file ?? (isCopy ? messageFileName(truth) : nameFor(bytes, truth))
  const box = agentPaths({name: owner, path: `workspaces/${owner}`}).inboxNew
  scene.files.write(`${box}/${file}`, bytes)
  const stillThere = owner !== 'donna' || file !== messageFileName(truth) || isCopy
  return {path: `${box}/${file}`, owner, truth: stillThere ? truth : trueMessage(scene, {}).message}
}

/** The name that suits what the forgery says of itself, so that it isn't found out by its name alone. */
function nameFor(bytes: Buffer, truth: Message): string {
  try {
    return messageFileName(parseMessage(bytes.toString('utf8'), 'forgery'))
  } catch {
    // Not in our form any more: the true message's name is the best disguise.
    return messageFileName(truth)
  }
}
