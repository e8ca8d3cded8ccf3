import {NO_FACTS} from '../../guard/action.js'
import {decide} from '../../guard/decide.js'
import {readStop} from '../../guard/stop.js'
import {readCommittedLaw} from '../../heartbeat/committed-law.js'
import {readLawAnyhow} from '../../heartbeat/read-law.js'
import {isAncestor} from '../../history/staged.js'
import type {AgentEntry} from '../../workspace/agents.js'
import {whoCommits} from './committer.js'
import {GO_ON, type HookCall, type HookSite, type HookWord, openSite} from './site.js'

interface PushedRef {
  readonly local: string
  readonly remote: string
  /** What the other side has by now. */
  readonly there: string
}

/** Before git pushes: an agent pushes to refs that its law opens, adds to them, and never rewrites or deletes one. */
export async function hookPrePush(call: HookCall): Promise<HookWord> {
  const site = await openSite(call)
  if (site === null) return GO_ON
  const committer = whoCommits(site.fleet, call.env)
  if (committer.kind === 'person') return GO_ON
  const lines = await judgePush(site, committer.agent, call.stdin)
  return {isRefused: lines.length > 0, lines}
}

async function judgePush(site: HookSite, agent: AgentEntry, stdin: string): Promise<string[]> {
  const {fleet} = site
  if (readStop(fleet.mcos, agent.name)) return [`mcos stop holds everything, and ${agent.name} with it`]
  const law = await readLawAnyhow(fleet, agent, readCommittedLaw(fleet, [agent]))
  return stdin
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => {
      const ref = parseRef(line)
      if (ref === null) return [`${JSON.stringify(line)} is no line of git's about a push`]
      const {effect, reason} = decide(law, {verb: 'git.push', target: ref.remote}, NO_FACTS)
      if (effect !== 'allow') return [`${ref.remote}: ${reason}`]
      const forced = whyForced(ref, site)
      return forced === null ? [] : [`${ref.remote}: ${forced}`]
    })
}

/** `LOCALREF LOCALID REMOTEREF REMOTEID`. */
function parseRef(line: string): PushedRef | null {
  const [, local = '', remote = '', there = ''] = line.trim().split(' ')
  return /^[0-9a-f]{40,64}$/.test(local) && /^[0-9a-f]{40,64}$/.test(there) ? {local, remote, there} : null
}

function whyForced({local, there}: PushedRef, {repository}: HookSite): string | null {
  if (isNothing(local)) return 'agents delete no branch of another repository'
  if (isNothing(there) || isAncestor(repository, there, local)) return null
  return 'what lies there would be rewritten (a force push), and agents only add'
}

function isNothing(id: string): boolean {
  return /^0+$/.test(id)
}
