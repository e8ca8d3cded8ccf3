import {readFileSync} from 'node:fs'
import path from 'node:path'
import {TURN_TRAILER} from '../../history/change-set.js'
import {runGit} from '../../history/plumbing.js'
import {isUlid, newTurnId} from '../../kit/ids.js'
import {cleanLine, shorten} from '../../kit/text.js'
import {whoCommits} from './committer.js'
import {GO_ON, type HookCall, type HookSite, type HookWord, openSite} from './site.js'

const AGENT_TRAILER = 'Mcos-Agent'

/** Before a message is taken: an agent's commit says whose turn it is, and a person's claims to be nobody's. */
export async function hookCommitMessage(call: HookCall): Promise<HookWord> {
  const site = await openSite(call)
  if (site === null) return GO_ON
  const claims = claimsIn(readFileSync(path.resolve(call.cwd, call.args[0] ?? ''), 'utf8'))
  const committer = whoCommits(site.fleet, call.env)
  const lines = committer.kind === 'agent' ? whyNotTurn(site, claims, committer.agent.name) : whyNotPerson(claims)
  return {isRefused: lines.length > 0, lines}
}

interface Claims {
  readonly agents: readonly string[]
  readonly turns: readonly string[]
  readonly triggers: readonly string[]
}

/** Wherever in the message they stand: who reads history looks at the last block, people look at all of it. */
function claimsIn(message: string): Claims {
  // Everything behind the scissors, and each line that begins with "#", is cut off by git.
  const [said = ''] = message.split(/^# -+ >8 -+$/m)
  const lines = said.split('\n').filter((line) => !line.startsWith('#'))
  const valuesOf = (key: string): string[] =>
    lines.flatMap((line) => {
      const [, name = '', value = ''] = /^([\w-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? []
      return name.toLowerCase() === key.toLowerCase() ? [value] : []
    })
  return {agents: valuesOf(AGENT_TRAILER), turns: valuesOf(TURN_TRAILER), triggers: valuesOf('Mcos-Trigger')}
}

function whyNotTurn(site: HookSite, {agents, turns}: Claims, agent: string): string[] {
  const [turn = ''] = turns
  const isFitting = agents.length === 1 && agents[0] === agent && turns.length === 1 && isTurnId(turn)
  if (!isFitting) {
    const wanted = newTurnId(site.fleet.clock)
    return [
      `A commit of ${agent}'s names its agent and its turn once each, and this message does not.`,
      `  git commit --trailer "${AGENT_TRAILER}: ${agent}" --trailer "${TURN_TRAILER}: ${wanted}" …`,
    ]
  }
  return isTaken(site, turn) ? [`${turn} is another commit's turn already: each commit is a turn of its own.`] : []
}

/** Edits that a person commits through mcos carry a turn of the person's own, and keep it when they are amended. */
function whyNotPerson({agents, turns, triggers}: Claims): string[] {
  const isOwn = agents.length === 0 && triggers.includes('person')
  const claimed = [...agents.map((name) => `${AGENT_TRAILER}: ${name}`), ...(isOwn ? [] : turns)]
  if (claimed.length === 0) return []
  const said = shorten(cleanLine(claimed.join(', ')), 200)
  return [`You commit as a person, and the message claims to be an agent's turn (${said}). Take these lines out.`]
}

function isTurnId(text: string): boolean {
  return text.startsWith('t_') && isUlid(text.slice(2))
}

/** By another commit than the last, which may be what is amended. */
function isTaken({repository, head}: HookSite, turn: string): boolean {
  if (head === null) return false
  const args = ['log', '-1', '--no-show-signature', '--format=%H', `--grep=^${TURN_TRAILER}: ${turn}$`, head]
  const found = runGit(repository, args).stdout.toString().trim()
  return found !== '' && found !== head
}
