import {isAgentName} from '../../workspace/names.js'

/** One file of one agent, as a client names it. */
export interface NamedFile {
  readonly agent: string
  /** Inside the agent's folder. */
  readonly path: string
}

const HEAD = 'mcos://agent/'

export const RESOURCE_TEMPLATE = `${HEAD}{agent}/{+path}`

/** `mcos://agent/donna/memory/2026-11-21.md`. */
export function formatUri({agent, path}: NamedFile): string {
  return `${HEAD}${agent}/${path.split('/').map(encodeURIComponent).join('/')}`
}

/** The file that an address names; null: it is none of ours, or names what is no plain path inside a folder. */
export function parseUri(uri: string): NamedFile | null {
  if (!uri.startsWith(HEAD) || /[?#]/.test(uri)) return null
  const [agent = '', ...encoded] = uri.slice(HEAD.length).split('/')
  const parts = encoded.map(decodePart)
  if (!isAgentName(agent) || parts.length === 0 || !parts.every(isPlain)) return null
  return {agent, path: parts.join('/')}
}

function decodePart(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    // An escape that stands for no character names no file.
    return null
  }
}

function isPlain(part: string | null): part is string {
  return part !== null && part !== '' && part !== '.' && part !== '..' && !/[/\\\p{Cc}]/u.test(part)
}
