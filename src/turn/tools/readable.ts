import {mayRead} from '../../guard/contract.js'
import {compileGlob} from '../../kit/path-glob.js'
import {inAgent} from '../../workspace/agents.js'
import {type Hand, whyNotByFile} from './files.js'

/** What a listing or a search may show to an agent. */
export interface Readable {
  file(path: string): boolean
  /** Whether something in this folder, however deep, may be read. */
  folder(path: string): boolean
}

export function readableBy({fleet, agent, contract}: Hand): Readable {
  const reach = {contract, agent}
  const patterns = contract.reads.map((pattern) => {
    const own = `workspaces/${agent.name}/`
    return (pattern.startsWith(own) ? inAgent(agent, pattern.slice(own.length)) : pattern).split('/')
  })
  const leadsInto = (path: string): boolean => patterns.some((pattern) => mayCoverBelow(pattern, path))
  // A path that every pattern leaves alone is asked too: "never: [read]" and ".git" are the guard's to know.
  const isOpen = (path: string): boolean => mayRead({...reach, contract: {...contract, reads: ['**']}}, path)
  return {
    file: (path) => mayRead(reach, path) && whyNotByFile(path, 'read', fleet) === null,
    folder: (path) => leadsInto(path) && isOpen(path) && whyNotByFile(`${path}/x`, 'read', fleet) === null,
  }
}

function mayCoverBelow(pattern: readonly string[], path: string): boolean {
  const depth = path.split('/').length
  const open = pattern.indexOf('**')
  if (open >= 0 && open < depth) return compileGlob([...pattern.slice(0, open), '**'].join('/'))(path)
  return pattern.length > depth && compileGlob(pattern.slice(0, depth).join('/'))(path)
}
