import type {HeartbeatReport} from '../heartbeat/report.js'
import {isUserError} from '../kit/errors.js'
import {runProgram} from '../kit/run.js'
import {dollars} from '../present/money.js'
import {skipWords} from '../present/skip-words.js'
import type {Fleet} from '../workspace/fleet.js'

/** What came of something, in a line. */
interface Outcome {
  readonly text: string
  readonly isBad: boolean
}

/** Longer than any beat is, with all its engines' time-outs. */
const LONGEST_BEAT_MS = 2 * 3_600_000

/** A beat as a process of its own, as cron would start it; the screen goes on, and a beat that is killed is only told. */
export async function beatAsChild(
  fleet: Fleet,
  {agent, program, signal}: {readonly agent: string; readonly program: string; readonly signal: AbortSignal},
): Promise<Outcome> {
  const argv = [process.execPath, program, 'heartbeat', agent, '--json', '--home', fleet.home.dir]
  const options = {cwd: fleet.home.dir, env: fleet.env, timeoutMs: LONGEST_BEAT_MS, maxBytes: 4 * 1024 * 1024, signal}
  const {code, signal: by, stdout, stderr, error} = await runProgram(argv, options)
  if (by !== null) return {text: `The beat of ${agent} was ended by ${by}; the next one takes it up.`, isBad: true}
  if (error !== undefined) return {text: `The beat of ${agent} could not be run: ${error}`, isBad: true}
  return outcomeOf(agent, {code, stdout, stderr})
}

function outcomeOf(
  agent: string,
  {code, stdout, stderr}: {readonly code: number | null; readonly stdout: string; readonly stderr: string},
): Outcome {
  const said = parse(stdout)
  const [report] = said?.agents ?? []
  if (!report) {
    const why = said?.error?.message ?? stderr.trim().split('\n')[0] ?? ''
    return {text: `The beat of ${agent} failed with ${code}: ${why}`, isBad: true}
  }
  const {state, reason, checks, cost_usd: cost, error} = report
  const news = checks.filter((check) => check.news).length
  const facts = [
    ...(reason ? [skipWords(agent, reason)] : []),
    ...(news === 0 ? [] : [`${news} with news`]),
    ...(cost === 0 ? [] : [dollars(cost)]),
    ...(error === null ? [] : [error.message]),
  ]
  const why = facts.length === 0 ? '' : ` (${facts.join(', ')})`
  return {text: `Beat of ${agent}: ${state}${why}.`, isBad: state === 'failed'}
}

function parse(stdout: string): (Partial<HeartbeatReport> & {error?: {message?: string}}) | null {
  try {
    return JSON.parse(stdout)
  } catch {
    // Killed before it could say anything.
    return null
  }
}

/** Asks for the passphrase on the terminal about what an agent has waited for the longest. */
export async function answerOldest(
  fleet: Fleet,
  {agent, answer}: {readonly agent: string; readonly answer: 'yes' | 'no'},
): Promise<Outcome> {
  const [{listApprovals}, {answerAtTerminal}, {presentAnswered}] = await Promise.all([
    import('../app/approvals/list.js'),
    import('./answer-at-terminal.js'),
    import('../present/approvals.js'),
  ])
  const {approvals} = await listApprovals(fleet, {agent})
  const oldest = approvals.find(({status}) => status === 'waiting')
  if (!oldest) return {text: `${agent} waits for no answer.`, isBad: false}
  const answered = await answerAtTerminal(async () => fleet, {id: oldest.id, answer})
  return {text: presentAnswered(answered).split('\n').join(' '), isBad: false}
}

/** A person's problem as a line with what helps; a bug is thrown on. */
export function tellOutcome(error: unknown): Outcome {
  if (!isUserError(error)) throw error
  const [fix] = error.suggestions
  return {text: fix === undefined ? error.message : `${error.message} ${fix}`, isBad: true}
}
