import {agentToken} from '../bus/agent-token.js'
import {type OwnSecrets, openOwn} from '../guard/secrets/own.js'
import type {Folder} from '../kit/folder.js'
import type {Fleet} from '../workspace/fleet.js'
import {readSecretsByName, readSecretValues} from '../workspace/secret-values.js'
import type {Soul} from '../workspace/soul.js'

const KEYS = '.mcos/keys'
const LARGEST_KEY = 64 * 1024

type Known = Pick<Fleet, 'env' | 'home'>

/**
 * What the fleet's own secrets are on this machine: what its references stand for, its agents' keys and tokens, and what
 * the environment holds under a name that says so. Programs are not run for it: what they have answered is known.
 */
export function ownSecretsOf(fleet: Known): OwnSecrets {
  const named = readSecretsByName(fleet)
  const before = known.get(named)
  if (before) return before
  const own = openOwn([...named, {name: "an agent's key", values: keysOf(fleet.home.files)}])
  known.set(named, own)
  return own
}

/** The same as values, for taking them out of texts. */
export function ownValuesOf(fleet: Known, soul: Pick<Soul, 'keys'> | null): string[] {
  return [...new Set([...readSecretValues(fleet, soul), ...keysOf(fleet.home.files)])]
}

/** They stay the same while nothing new is known, and a turn writes many files. */
const known = new WeakMap<readonly object[], OwnSecrets>()

/** Who has an agent's key signs as that agent, and who has its token acts as it. They are made once and stay. */
function keysOf(files: Folder): readonly string[] {
  const before = knownKeys.get(files)
  if (before) return before
  const keys = files.stat(KEYS)?.kind === 'folder' ? files.list(KEYS).flatMap((entry) => keysIn(files, entry)) : []
  knownKeys.set(files, keys)
  return keys
}

const knownKeys = new WeakMap<Folder, readonly string[]>()

function keysIn(files: Folder, {name, kind}: {readonly name: string; readonly kind: string}): string[] {
  const text = kind === 'file' ? files.readText(`${KEYS}/${name}`, {maxBytes: LARGEST_KEY}) : null
  if (text === null) return []
  const lines = text.split('\n').filter((line) => /^(?:[\w+/=]{40,}|AGE-SECRET-KEY-[\w-]{20,})$/.test(line))
  return name.endsWith('.key') ? [text, text.trim(), ...lines, agentToken(text)] : lines
}
