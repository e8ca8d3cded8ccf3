import {contentHash} from '../kit/hash.js'
import type {RunResult} from '../kit/run.js'
import {failedReading, isTimeout, type Probe, type Reading} from './probe.js'
import {lastLine, runTrusted} from './run-trusted.js'

/** A trusted command: exit 0 is ok, anything else an alert, and what it printed is what may change. */
export const runProbe: Probe = {
  word: 'run',
  baseline: true,
  async read({text}, context) {
    const ran = await runTrusted('run', text, context)
    if (ran.kind === 'refused') return failedReading(ran.why)
    if (ran.result.timedOut || isTimeout(context.signal)) {
      return failedReading(`it did not end within ${context.timeoutMs / 1000} s`)
    }
    if (context.signal.aborted) return failedReading('the beat ended first')
    return judge(ran.result)
  },
}

function judge(result: RunResult): Reading {
  const {code, signal, stdout, stderr} = result
  const said = lastLine(result)
  const fingerprint = `exit ${code ?? signal} ${contentHash(`${stdout}\0${stderr}`)}`
  if (code === 0) return {level: 'ok', fingerprint, detail: said || 'it ended well and said nothing'}
  const end = code === null ? `it was ended by ${signal}` : `exit ${code}`
  return {level: 'alert', fingerprint, detail: said ? `${end}: ${said}` : end}
}
