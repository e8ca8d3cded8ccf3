import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'
import type {Check, HeartbeatFile} from './check.js'
import {formatCadence} from './format.js'
import {readHeartbeat} from './read-heartbeat.js'

/** Files in the style of real ones (.txt, so that no formatter tidies them), each with what is read of it (.read). */
const samples = fileURLToPath(new URL('samples', import.meta.url))
const names = readdirSync(samples).filter((name) => name.endsWith('.txt'))

test.each(names)('%s is read as its neighbour says', async (name) => {
  const read = readHeartbeat(readFileSync(join(samples, name)), name)
  await expect(present(read)).toMatchFileSnapshot(join(samples, name.replace(/txt$/, 'read')))
})

test('the samples are many and of many kinds', () => {
  expect(names.length).toBeGreaterThan(25)
})

function present({checks, quiet, warnings, isEmpty, preamble}: HeartbeatFile): string {
  const lines = [
    isEmpty ? 'empty' : `${checks.length} sections`,
    ...(quiet ? [`quiet ${quiet.from}-${quiet.to}${quiet.zone ? ` ${quiet.zone}` : ''} (line ${quiet.line})`] : []),
    ...(preamble ? [`preamble ${JSON.stringify(preamble)}`] : []),
    ...checks.flatMap(presentCheck),
    ...warnings.map(({line, message}) => `! ${line}: ${message}`),
  ]
  return `${lines.join('\n')}\n`
}

function presentCheck(check: Check): string[] {
  const {id, title, line, kind, cadence, cadenceLine, off, guess, zone, missed, timeoutMs, probes, recover, prose} =
    check
  const cadenceText =
    kind === 'check' ? `${formatCadence(cadence)}${cadenceLine === null ? '' : ` (line ${cadenceLine})`}` : ''
  const extras = [
    off ? 'off' : '',
    zone ?? '',
    missed === 'run-once' ? '' : `missed ${JSON.stringify(missed)}`,
    timeoutMs ? `timeout ${timeoutMs}` : '',
  ]
  return [
    [line, kind, `“${title}”`, `[${id}]`, cadenceText, ...extras].filter((part) => part !== '').join(' '),
    ...(guess ? [`   guess: ${guess}`] : []),
    ...probes.map((probe) => `   probe ${probe.key} (line ${probe.line})`),
    ...(recover ? [`   recover ${recover.text} (line ${recover.line})`] : []),
    `   ${JSON.stringify(prose.length > 90 ? `${prose.slice(0, 60)}… ${prose.length}` : prose)}`,
  ]
}
