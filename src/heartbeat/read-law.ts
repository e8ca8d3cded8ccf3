import type {Law} from '../guard/action.js'
import {steadyMs} from '../kit/clock.js'
import {isUserError, UserError} from '../kit/errors.js'
import {type AgentEntry, agentPaths, listAgents} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import type {GuardrailRule} from '../workspace/guardrail-file.js'
import {editCommand, restoreCommand} from '../workspace/health.js'
import type {Contract} from '../workspace/soul.js'
import {type CommittedLaw, isRulePath} from './committed-law.js'
import {readContract} from './read-contract.js'

const MAX_RULE_BYTES = 256 * 1024

/** The fleet's guardrails as they hold now, or why none can be told. */
export interface RulesInForce {
  readonly rules: readonly GuardrailRule[]
  readonly trouble: string | null
  /** The same with the command that helps, for those who answer a person. */
  readonly advice: string | null
}

/** A guardrail that can't be told, and so means no for everybody. */
export interface LostRule {
  readonly file: string
  /** With its place. */
  readonly why: string
  /** A command as it is typed. */
  readonly fix: string
}

/** What holds for every agent alike. */
interface FleetLaw extends RulesInForce {
  readonly agents: readonly AgentEntry[]
}

/** All that decides for an agent whose contract is known; what is wrong with the guardrails is its trouble. */
export async function readLaw(
  fleet: Fleet,
  agent: AgentEntry,
  {contract, text, committed}: {contract: Contract; text: string | null; committed: CommittedLaw},
): Promise<Law> {
  return lawOf(agent, {contract, text, ...(await readFleetLaw(fleet, committed))})
}

/** The same from the files alone, for those who answer with a verdict whatever they find. */
export async function readLawAnyhow(fleet: Fleet, agent: AgentEntry, committed: CommittedLaw): Promise<Law> {
  try {
    const {contract, text} = await readContract(fleet, agent, committed)
    const {rules, advice} = await readRules(fleet, committed)
    return lawOf(agent, {contract, text, rules, trouble: advice, agents: listAgents(fleet.home)})
  } catch (error) {
    if (!isUserError(error)) throw error
    const trouble = advise(error.message, error.suggestions[0])
    return lawOf(agent, {contract: null, text: null, rules: [], trouble, agents: listAgents(fleet.home)})
  }
}

/** Agents that begin their turns this soon after each other are held by one reading: each keeps its own for minutes. */
const SAME_MOMENT_MS = 250

const lastRead = new WeakMap<CommittedLaw, {readonly at: number; readonly law: Promise<FleetLaw>}>()

/** Two hundred agents of one beat would read the same files two hundred times, and list each other. */
function readFleetLaw(fleet: Fleet, committed: CommittedLaw): Promise<FleetLaw> {
  const last = lastRead.get(committed)
  if (last && steadyMs() - last.at < SAME_MOMENT_MS) return last.law
  const read = async (): Promise<FleetLaw> => ({...(await readRules(fleet, committed)), agents: listAgents(fleet.home)})
  const law = read()
  lastRead.set(committed, {at: steadyMs(), law})
  return law
}

function lawOf(
  agent: AgentEntry,
  {
    contract,
    text,
    rules,
    trouble,
    agents,
  }: Pick<Law, 'contract' | 'rules' | 'trouble'> & Pick<FleetLaw, 'agents'> & {readonly text: string | null},
): Law {
  const others = agents.filter(({name}) => name !== agent.name)
  return {agent, others, contract, soul: text === null ? null : {file: agentPaths(agent).soul, text}, rules, trouble}
}

/**
 * What stands on the disk and what was committed both hold: a rule can be made stricter at once, and laxer only by a
 * commit. One that was committed and is gone, emptied or broken means no for everybody.
 */
export async function readRules(fleet: Fleet, committed: CommittedLaw): Promise<RulesInForce> {
  const {rules, lost} = await examineRules(fleet, committed)
  const [first] = lost
  if (first === undefined) return {rules, trouble: null, advice: null}
  return {rules: [], trouble: first.why, advice: advise(first.why, first.fix)}
}

/** Every guardrail that can be told, and every one that can't. */
export async function examineRules(
  fleet: Fleet,
  committed: CommittedLaw,
): Promise<{readonly rules: readonly GuardrailRule[]; readonly lost: readonly LostRule[]}> {
  const paths = fleet.home.files.list('guardrails').map(({name}) => `guardrails/${name}`)
  const onDisk = paths.filter(isRulePath)
  const hashes = committed.rules()
  const gone = [...hashes.keys()].filter((path) => !onDisk.includes(path))
  const lost = gone.map((file) => ({file, why: `${file}: it was committed and is gone`, fix: restoreCommand(file)}))
  const rules: GuardrailRule[] = []
  for (const path of onDisk) {
    try {
      rules.push(...(await readRule(fleet, path, {hash: hashes.get(path), committed})))
    } catch (error) {
      if (!isUserError(error)) throw error
      lost.push(await lostRule(fleet, path, {error, committed}))
    }
  }
  return {rules, lost}
}

/** One file's rule, and the committed one where that says something else. */
async function readRule(
  fleet: Fleet,
  path: string,
  {hash, committed}: {readonly hash: string | undefined; readonly committed: CommittedLaw},
): Promise<GuardrailRule[]> {
  const text = fleet.home.files.readText(path, {maxBytes: MAX_RULE_BYTES}) ?? ''
  const now = await parseRule(fleet, text, path)
  if (hash === undefined || hash === fleet.cache.hashOf(text)) return now === null ? [] : [now]
  const before = committed.ruleText(path)
  const kept = before === null ? null : await parseRule(fleet, before, path)
  if (kept !== null && now === null)
    throw new UserError('its committed rule is gone from the file', {
      code: 'GUARDRAIL_LOST',
      fix: restoreCommand(path),
    })
  return [kept, now].filter((rule) => rule !== null)
}

/** What was committed brings a broken file back, unless it is as broken. */
async function lostRule(
  fleet: Fleet,
  file: string,
  {error, committed}: {readonly error: UserError; readonly committed: CommittedLaw},
): Promise<LostRule> {
  const {message} = error
  const before = committed.rules().has(file) ? committed.ruleText(file) : null
  const isSound =
    before !== null &&
    (await parseRule(fleet, before, file).then(
      () => true,
      // Only whether it can be read: the person hears of the file on the disk.
      () => false,
    ))
  const why = message.startsWith(file) ? message : `${file}: ${message}`
  return {file, why, fix: isSound ? restoreCommand(file) : editCommand(file)}
}

function advise(why: string, fix: string | undefined): string {
  return fix?.startsWith('git restore ') ? `${why} (to bring it back: ${fix})` : why
}

/** Loaded only for a text that is new: it brings the YAML parser along. */
function parseRule(fleet: Fleet, text: string, path: string): Promise<GuardrailRule | null> {
  return fleet.cache.get(
    `guardrail ${path}`,
    text,
    async () => (await import('../workspace/guardrail-file.js')).parseGuardrail(text, path).rule,
  )
}
