import {foldName} from '../workspace/names.js'
import type {Action, Law, TurnFacts} from './action.js'
import {partInFolder} from './paths.js'
import {kindOf} from './permit.js'

/** Families of verbs by which something of the fleet can get out of it. */
const OUTSIDE = ['fetch', 'http', 'mcp', 'mail', 'deploy', 'channel', 'git.push']
/** Of these what comes back is text from the outside. */
const TAINTING = ['fetch', 'http', 'mcp', 'mail']

/** What programs were started with, keys among it. */
const ENVIRONMENT = /^\/proc\/(?:self|thread-self|\d+)\/(?:task\/\d+\/)?environ$/
/** Files whose names say that they hold secrets. */
const SECRET_NAME =
  /^(?:\.env(?:\..+)?|.+\.env|\.netrc|\.npmrc|\.pypirc|\.pgpass|\.git-credentials|id_(?:rsa|dsa|ecdsa|ed25519)|.+\.(?:pem|key|p12|pfx|jks|keystore|kdbx|age)|credentials(?:\..+)?|secrets?\.(?:ya?ml|json|toml|txt))$/
const SECRET_FOLDER = /^(?:secrets|\.aws|\.ssh|\.gnupg|\.azure|\.kube)$/

/** Whether an action reaches out of the fleet. */
export function isOutside({verb}: Pick<Action, 'verb'>): boolean {
  return OUTSIDE.some((family) => isOf(verb, family))
}

/** Whether an action brings a secret before the model's eyes. */
export function readsSecret({verb, target}: Action): boolean {
  if (verb !== 'read') return false
  if (ENVIRONMENT.test(target)) return true
  const parts = foldName(target).split('/')
  return SECRET_NAME.test(parts.at(-1) ?? '') || parts.slice(0, -1).some((part) => SECRET_FOLDER.test(part))
}

/** Whether a path is an agent's ledger or page of mail, in which outsiders have put words, or the folder of these. */
export function isOfMail(path: string): boolean {
  return /(?:^|\/)mail(?:\/(?:\d{4}-\d\d-\d\d\.(?:jsonl|md))?)?$/.test(foldName(path))
}

/** Whoever has read text from outside and a secret must not act outside: in whatever order the three would come together. */
export function whyTogether(action: Action, facts: TurnFacts): string | null {
  const [reachesOut, reads] = [isOutside(action), readsSecret(action)]
  if (!reachesOut && !reads) return null
  const taints = TAINTING.some((family) => isOf(action.verb, family))
  const taint = facts.taint[0] ?? (taints ? `what ${action.target} answers` : null)
  const secret = facts.secrets[0] ?? (reads ? action.target : null)
  const outside = facts.outside[0] ?? (reachesOut ? `${action.verb} ${action.target}` : null)
  if (taint === null || secret === null || outside === null) return null
  return `text from outside (${taint}), a secret (${secret}) and an effect outside (${outside}) never meet in one turn`
}

/** Whether what a turn wants to keep for good was written under the eyes of an outsider, and waits for a person. */
export function needsReview(action: Action, law: Law, facts: TurnFacts): boolean {
  if (facts.taint.length === 0) return false
  if (action.verb === 'memory.add') return true
  if (kindOf(action.verb) !== 'path' || action.verb === 'read') return false
  const own = partInFolder(action.target, law.agent)
  const [first = ''] = own === null ? [] : foldName(own).split('/')
  return first === 'memory.md' || first === 'memory' || foldName(action.target).startsWith('wiki/')
}

function isOf(verb: string, family: string): boolean {
  return verb === family || verb.startsWith(`${family}.`)
}
