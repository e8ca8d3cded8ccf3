import {heartbeat} from '../app/heartbeat.js'
import {clean} from '../kit/text.js'
import {presentBeat} from '../present/heartbeat.js'
import {type HeartbeatLine, parseHeartbeatLine} from './heartbeat-arguments.js'
import {listenForInterruption} from './interruption.js'
import {isWatched, quickOut, quickPrint} from './quick-output.js'

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
  const interruption = listenForInterruption()
  const {signal} = interruption
  const answer = await heartbeat(request, {cwd: process.cwd(), env: process.env, signal})
  interruption.stop()
  process.exitCode = interruption.exitCode() ?? answer.exit
  for (const line of answer.news) process.stderr.write(`${clean(line)}\n`)
  if (json) {
    const {formatJson} = await import('./output.js')
    quickOut(`${formatJson(answer.report)}\n`)
    return
  }
  quickPrint(presentBeat(answer, {isPlan: request.dryRun, isWatched: await isWatched()}))
}
