import {mayRead} from '../../guard/may.js'
import {compileGlob} from '../../kit/path-glob.js'
import {inAgent, listAgents} from '../../workspace/agents.js'
import {type Hand, whyNotAmong} from './files.js'

/** What a listing or a search may show to an agent. */
export interface Readable {
  file(path: string): boolean
  /** Whether something in this folder, however deep, may be read. */
  folder(path: string): boolean
  /** Whether everything in this folder may be read, save what is closed to every contract. */
  whole(path: string): boolean
}

export function readableBy({fleet, agent, contract, law}: Hand): Readable {
  const agents = listAgents(fleet.home)
  const patterns = contract.reads.map((pattern) => {
    const own = `workspaces/${agent.name}/`
    return (pattern.startsWith(own) ? inAgent(agent, pattern.slice(own.length)) : pattern).split('/')
  })
  const leadsInto = (path: string): boolean => patterns.some((pattern) => mayCoverBelow(pattern, path))
  // A path that every pattern leaves alone is asked too: "never: [read]" and ".git" are the guard's to know.
  const wide = {...law, contract: {...contract, reads: ['**']}}
  const isOpen = (path: string): boolean => mayRead(wide, path)
  return {
    file: (path) => mayRead(law, path) && whyNotAmong(agents, path, 'read') === null,
    folder: (path) => leadsInto(path) && isOpen(path) && whyNotAmong(agents, `${path}/x`, 'read') === null,
    whole: (path) => isOpen(path) && patterns.some((pattern) => coversAll(pattern, path)),
  }
}

/** Only a pattern that ends in "**" promises that; in doubt files are looked at one by one. */
function coversAll(pattern: readonly string[], path: string): boolean {
  return pattern.at(-1) === '**' && compileGlob(pattern.join('/'))(path)
}

function mayCoverBelow(pattern: readonly string[], path: string): boolean {
  const depth = path.split('/').length
  const open = pattern.indexOf('**')
  if (open >= 0 && open < depth) return compileGlob([...pattern.slice(0, open), '**'].join('/'))(path)
  return pattern.length > depth && compileGlob(pattern.slice(0, depth).join('/'))(path)
}
