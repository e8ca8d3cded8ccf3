import type {Law} from '../guard/action.js'
import {isUserError, UserError} from '../kit/errors.js'
import {type AgentEntry, agentPaths, listAgents} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import type {GuardrailRule} from '../workspace/guardrail-file.js'
import type {Contract} from '../workspace/soul.js'
import {type CommittedLaw, isRulePath} from './committed-law.js'
import {readContract} from './read-contract.js'

const MAX_RULE_BYTES = 256 * 1024

/** The fleet's guardrails as they hold now, or why none can be told. */
export interface RulesInForce {
  readonly rules: readonly GuardrailRule[]
  readonly trouble: string | null
  /** The file that the trouble is about. */
  readonly file: string | null
}

/** All that decides for an agent whose contract is known; what is wrong with the guardrails is its trouble. */
export async function readLaw(
  fleet: Fleet,
  agent: AgentEntry,
  {contract, text, committed}: {contract: Contract; text: string | null; committed: CommittedLaw},
): Promise<Law> {
  const {rules, trouble} = await readRules(fleet, committed)
  const others = listAgents(fleet.home).filter(({name}) => name !== agent.name)
  const soul = text === null ? null : {file: agentPaths(agent).soul, text}
  return {agent, others, contract, soul, rules, trouble}
}

/** The same from the files alone, for those who answer with a verdict whatever they find. */
export async function readLawAnyhow(fleet: Fleet, agent: AgentEntry, committed: CommittedLaw): Promise<Law> {
  const others = listAgents(fleet.home).filter(({name}) => name !== agent.name)
  try {
    const {contract, text} = await readContract(fleet, agent, committed)
    return await readLaw(fleet, agent, {contract, text, committed})
  } catch (error) {
    if (!isUserError(error)) throw error
    return {agent, others, contract: null, soul: null, rules: [], trouble: error.message}
  }
}

/**
 * What stands on the disk and what was committed both hold: a rule can be made stricter at once, and laxer only by a
 * commit. One that was committed and is gone, emptied or broken means no for everybody.
 */
export async function readRules(fleet: Fleet, committed: CommittedLaw): Promise<RulesInForce> {
  const {files} = fleet.home
  const paths = files.list('guardrails').map(({name}) => `guardrails/${name}`)
  const onDisk = paths.filter(isRulePath)
  const known = committed.rules()
  const lost = [...known.keys()].find((path) => !onDisk.includes(path))
  if (lost !== undefined) return lostRule(lost, 'it was committed and is gone')
  const rules: GuardrailRule[] = []
  for (const path of onDisk) {
    try {
      rules.push(...(await readRule(fleet, path, committed)))
    } catch (error) {
      if (!isUserError(error)) throw error
      return lostRule(path, error.message)
    }
  }
  return {rules, trouble: null, file: null}
}

/** One file's rule, and the committed one where that says something else. */
async function readRule(fleet: Fleet, path: string, committed: CommittedLaw): Promise<GuardrailRule[]> {
  const text = fleet.home.files.readText(path, {maxBytes: MAX_RULE_BYTES}) ?? ''
  const hash = committed.rules().get(path)
  const now = await parseRule(fleet, text, path)
  if (hash === undefined || hash === fleet.cache.hashOf(text)) return now === null ? [] : [now]
  const before = committed.ruleText(path)
  const kept = before === null ? null : await parseRule(fleet, before, path)
  if (kept !== null && now === null)
    throw new UserError('its committed rule is gone from the file', {
      code: 'GUARDRAIL_LOST',
      fix: `git restore ${path}`,
    })
  return [kept, now].filter((rule) => rule !== null)
}

function lostRule(file: string, why: string): RulesInForce {
  return {rules: [], trouble: why.startsWith(file) ? why : `${file}: ${why}`, file}
}

/** Loaded only for a text that is new: it brings the YAML parser along. */
function parseRule(fleet: Fleet, text: string, path: string): Promise<GuardrailRule | null> {
  return fleet.cache.get(
    `guardrail ${path}`,
    text,
    async () => (await import('../workspace/guardrail-file.js')).parseGuardrail(text, path).rule,
  )
}
