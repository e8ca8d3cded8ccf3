import {lstatSync, readlinkSync, realpathSync} from 'node:fs'
import {UserError} from '../../kit/errors.js'

const MOST_LINKS = 40

/**
 * Where a path really leads: links are followed also where the last part, or what a link leads to, isn't there yet, and
 * ".." goes up from what a link has led to, as the kernel does it.
 */
export function realPathOf(path: string): string {
  const waiting = path.split('/').reverse()
  let [at, links] = ['', 0]
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (part === '' || part === '.') continue
    if (part === '..') {
      at = at.slice(0, Math.max(0, at.lastIndexOf('/')))
      continue
    }
    const next = `${at}/${part}`
    const target = linkAt(next)
    if (target === null) at = next
    else {
      if (++links > MOST_LINKS)
        throw new UserError(`${path} leads round in a circle`, {code: 'PATH_LINK', fix: 'Name the file itself.'})
      if (target.startsWith('/')) at = ''
      waiting.push(...target.split('/').reverse())
    }
  }
  return trueCase(at === '' ? '/' : at)
}

function linkAt(path: string): string | null {
  const facts = lstatSync(path, {throwIfNoEntry: false})
  return facts?.isSymbolicLink() ? readlinkSync(path) : null
}

/** On a file system that takes `soul.md` for SOUL.md, the name as it stands there. */
function trueCase(path: string): string {
  if (process.platform === 'linux') return path
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    try {
      return realpathSync.native(path.slice(0, end)) + path.slice(end)
    } catch {
      // Not there yet: what lies above it may be.
    }
  }
  return path
}
