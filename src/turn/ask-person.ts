import type {ToolCall} from '../engines/prompt.js'
import type {Action, Verdict} from '../guard/action.js'
import {contractVersion} from '../guard/approvals/contract-version.js'
import {type Ask, planRequest} from '../guard/approvals/plan-request.js'
import {APPROVALS_FOLDER, type ApprovalSource, readApprovals} from '../guard/approvals/read-approvals.js'
import {stateOf} from '../guard/approvals/state-of.js'
import {partInFolder} from '../guard/paths.js'
import {answerKeysOf} from '../guard/people/open-person.js'
import {isUlid} from '../kit/ids.js'
import {cleanLine, shorten} from '../kit/text.js'
import {foldName} from '../workspace/names.js'
import {BadCall} from './bad-call.js'
import type {Draft} from './draft.js'
import type {ToolContext, ToolOutcome} from './tool.js'
import {refuseSecrets} from './tools/secrets.js'

/** What a person is asked about, as the guard sees it. */
export type AskedFor = Pick<Ask, 'verb' | 'target' | 'args' | 'why'> & Partial<Pick<Ask, 'after'>>

/** A call that the guard lets nobody but a person allow: it becomes a request in the turn's own commit, and the turn goes on. */
export function askForCall(
  call: ToolCall,
  {action, verdict}: {readonly action: Action; readonly verdict: Verdict},
  context: ToolContext,
): ToolOutcome {
  const {verb, target} = action
  const why = verdict.rule === null ? verdict.reason : `${verdict.reason} (${verdict.rule})`
  const args = {tool: call.tool, input: call.input}
  return askPerson({verb: verbForPeople(call, action, {verdict, context}), target: target || verb, args, why}, context)
}

/** The same for whatever else waits for a person, such as a guardrail that an agent proposes. */
export function askPerson(asked: AskedFor, context: ToolContext): ToolOutcome {
  const {fleet, agent, contract, turn, draft, facts} = context
  refuseSecrets(textsIn(asked.args).join('\n'), fleet)
  const version = contractVersion(contract)
  const known = readApprovals(approvalsInDraft(draft)).found.filter(({request}) => request.agent === agent.name)
  const authority = {
    now: fleet.clock.now(),
    people: fleet.home.config.people,
    keys: answerKeysOf(fleet.mcos),
    contractOf: () => version,
  }
  const planned = planRequest(
    {...asked, agent: agent.name, turn, contract: version, taint: facts.taint},
    {known, clock: fleet.clock, state: (approval) => stateOf(approval, authority)},
  )
  if (planned.kind === 'refused') throw new BadCall(`a person would have to say yes, and ${planned.reason}`)
  const {id} = planned
  const nothing = {changes: [], line: null, messages: [], asks: true}
  if (planned.kind === 'new') {
    const what = shorten(cleanLine(`${asked.verb} ${asked.target}`), 200)
    return {...nothing, text: waitsFor(id), changes: [planned.change], line: `asks a person, approval ${id}: ${what}`}
  }
  if (planned.status === 'refused')
    throw new BadCall(`${planned.reason ?? 'a person said no'}, approval ${id}; don't ask again`)
  const isYes = planned.status === 'approved'
  return {
    ...nothing,
    text: isYes ? `a person said yes, approval ${id}: it is done once this turn is over` : waitsFor(id),
  }
}

function waitsFor(id: string): string {
  return `waits for a person: approval ${id}`
}

/** What people have domains for: memory and wiki are theirs to review, by whatever tool something would get there. */
function verbForPeople(
  {tool}: ToolCall,
  {verb, target}: Action,
  {verdict, context: {agent}}: {readonly verdict: Verdict; readonly context: ToolContext},
): string {
  if (tool === 'remember') return 'memory.add'
  if (verdict.rule !== null || verb !== 'write') return verb
  if (/^wiki\//.test(foldName(target))) return 'wiki.write'
  return /^memory(?:\.md$|\/)/.test(foldName(partInFolder(target, agent) ?? '')) ? 'memory.write' : verb
}

/** Also what this very turn has asked for already. */
function approvalsInDraft(draft: Draft): ApprovalSource {
  return {
    names: () =>
      draft
        .list(APPROVALS_FOLDER)
        .flatMap((name) => (name.endsWith('/') && isUlid(name.slice(0, -1)) ? name.slice(0, -1) : [])),
    readText: (path) => draft.readText(path),
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)])
}
