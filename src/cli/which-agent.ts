import {isUserError} from '../kit/errors.js'
import {agentAt} from '../workspace/agents.js'
import {findHome, readHome} from '../workspace/home.js'

/** The words of `--agent`, which puts the name before all other words, where a command's AGENT stands. */
const FLAG = '--agent'

/** A command line in which `--agent NAME` has become the word NAME; after `--` nothing is a flag. */
export function agentInFront(argv: readonly string[]): string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  const names: string[] = []
  const rest: string[] = []
  for (let place = 0; place < end; place++) {
    const word = argv[place] ?? ''
    const next = argv[place + 1]
    if (word.startsWith(`${FLAG}=`)) names.push(word.slice(FLAG.length + 1))
    else if (word === FLAG && next !== undefined && place + 1 < end) {
      names.push(next)
      place++
    } else rest.push(word)
  }
  return [...names, ...rest, ...argv.slice(end)]
}

/** What a command's AGENT is where nobody names one: the agent whose folder this is. */
export function agentOfFolder(argv: readonly string[]): () => Promise<string | undefined> {
  return async () => {
    const after = argv.indexOf('--home')
    const home =
      after === -1 ? argv.find((word) => word.startsWith('--home='))?.slice('--home='.length) : argv[after + 1]
    try {
      const dir = findHome({home, cwd: process.cwd(), env: process.env})
      return agentAt(await readHome(dir), process.cwd())?.name
    } catch (error) {
      // Where no fleet can be read nobody is meant: what is missing is the name.
      if (isUserError(error)) return undefined
      throw error
    }
  }
}
