import {setMaxListeners} from 'node:events'
import {heartbeat} from '../app/heartbeat.js'
import {type HeartbeatLine, parseHeartbeatLine} from './heartbeat-arguments.js'
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
  const {signal} = new AbortController()
  setMaxListeners(0, signal)
  const {report, tellable, exit} = await heartbeat(request, {cwd: process.cwd(), env: process.env, signal})
  process.exitCode = exit
  if (json) {
    const {formatJson} = await import('./output.js')
    quickOut(`${formatJson(report)}\n`)
    return
  }
  const {presentHeartbeat, presentNewsOnly, presentPlan} = await import('../present/heartbeat.js')
  const isForEyes = await isWatched()
  quickPrint(
    request.dryRun ? presentPlan(report) : isForEyes ? presentHeartbeat(report) : presentNewsOnly(report, tellable),
  )
}
