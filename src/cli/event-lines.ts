import type {TurnEvent} from '../turn/events.js'
import {redactor} from '../turn/redact.js'
import {formatJson} from './output.js'
import type {Streams, TurnOutput} from './turn-output.js'

/**
 * One JSON document a line, as it happens, and the report at the end. Secrets are taken out; for that, text comes by whole
 * lines, as a secret that is cut in two looks like none.
 */
export function openEventLines(out: Streams['out'], secrets: readonly string[]): TurnOutput {
  const {value} = redactor({secrets})
  let held = ''
  const write = (line: object): void => {
    // Line breaks inside of texts are escaped, so these are only the layout.
    out.write(`${formatJson(value(line)).replace(/\n */g, '')}\n`)
  }
  const tell = (length: number): void => {
    if (length > 0) write({kind: 'text', text: held.slice(0, length)})
    held = held.slice(length)
  }
  return {
    listen(event: TurnEvent) {
      // What programs read stays as it is; the reason of a refusal is in its result.
      if (event.kind === 'verdict') return
      if (event.kind !== 'text') {
        tell(held.length)
        return write(event)
      }
      held += event.text
      // A private key goes over many lines.
      if (!held.includes('-----BEGIN ')) tell(held.lastIndexOf('\n') + 1)
    },
    notice: () => undefined,
    abandon: () => undefined,
    close(report) {
      tell(held.length)
      write({kind: 'report', ...report})
    },
  }
}
