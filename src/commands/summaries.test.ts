import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {isRecord} from '../kit/is-record.js'

const manifest: unknown = JSON.parse(readFileSync(new URL('../../oclif.manifest.json', import.meta.url), 'utf8'))

test('each command says in one sentence of a terminal line what it does', () => {
  const commands = isRecord(manifest) && isRecord(manifest['commands']) ? Object.values(manifest['commands']) : []
  const wrong = commands
    .filter(isRecord)
    .map(({id, summary}) => ({id, summary: String(summary)}))
    .filter(({summary}) => summary.length > 80 || !/^[A-Z].*\.$/.test(summary))
  expect(commands.length).toBeGreaterThan(80)
  expect(wrong).toEqual([])
})
