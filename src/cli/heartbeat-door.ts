import {heartbeat} from '../app/heartbeat.js'
import {clean} from '../kit/text.js'
import {presentBeat} from '../present/heartbeat.js'
import {type HeartbeatLine, parseHeartbeatLine} from './heartbeat-arguments.js'
import {listenForInterruption} from './interruption.js'
import type {LiveBeat} from './live/live-beat.js'
import {isTerminal, quickOut, quickPrint, STDERR, STDOUT} from './quick-output.js'

/**
 * `mcos heartbeat` without oclif: what cron starts all day. Prints and exits as the command does; false when the line
 * holds something only oclif can explain, and then nothing has happened yet.
 */
export async function enter(argv: readonly string[]): Promise<boolean> {
  const line = parseHeartbeatLine(argv)
  if (line === null) return false
  try {
    await beat(line)
  } catch (error) {
    const {tellFailure} = await import('./tell-failure.js')
    tellFailure(error, {json: line.json, help: 'mcos heartbeat --help'})
  }
  return true
}

async function beat({request, json}: HeartbeatLine): Promise<void> {
  const isWatched = isTerminal(STDOUT)
  const live = json || request.dryRun || !(isWatched || isTerminal(STDERR)) ? null : await openLive()
  const interruption = listenForInterruption()
  const {signal} = interruption
  const site = {cwd: process.cwd(), env: process.env, signal, ...(live === null ? {} : {listen: live.listen})}
  const answer = await heartbeat(request, site).finally(live?.abandon)
  interruption.stop()
  process.exitCode = interruption.exitCode() ?? answer.exit
  for (const line of answer.news) process.stderr.write(`${clean(line)}\n`)
  if (json) {
    const {formatJson} = await import('./output.js')
    quickOut(`${formatJson(answer.report)}\n`)
    return
  }
  live?.close(answer)
  if (live === null || !isWatched) quickPrint(presentBeat(answer, {isPlan: request.dryRun, isWatched}))
}

/** Where a person watches, and nowhere else, Node's streams and what tells them the beat are loaded. */
async function openLive(): Promise<LiveBeat> {
  const [{openLiveBeat}, {lettersIn}] = await Promise.all([
    import('./live/live-beat.js'),
    import('../kit/plain-letters.js'),
  ])
  const {env, stdout: out, stderr: err} = process
  return openLiveBeat({out, err, term: env['TERM'], letters: lettersIn(env)})
}
