import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {mcos} from '../../testing/built-mcos.js'
import {tempFolder} from '../../testing/temp-folder.js'

function fleet(): string {
  const dir = tempFolder()
  for (const name of ['donna', 'jarvis']) mkdirSync(join(dir, 'workspaces', name), {recursive: true})
  writeFileSync(join(dir, 'mcos.yaml'), 'version: 1\nname: northwind\n')
  return dir
}

test.each([
  ['heartbeat --forse', 'There is no flag --forse. Did you mean --force?'],
  ['heartbeat --dryrun donna', 'Did you mean --dry-run?'],
  ['init fleet x --template solp', 'Did you mean solo?'],
  ['init agent x --template orchestrater', 'Did you mean orchestrator?'],
  ['init --template misson-control --yes x', 'mcos init --template mission-control'],
  ['completion bsh', 'Did you mean bash?'],
  ['heartbeet', 'mcos heartbeat --help'],
  ['stauts', 'mcos status --help'],
  ['message snd donna', 'mcos message send --help'],
  ['messge send donna', 'mcos message send --help'],
  ['log dona', 'Did you mean donna?'],
  ['dona', 'Did you mean the agent donna?\n  mcos run donna "…"'],
  ['donna', 'donna is an agent.\n  mcos run donna "…"'],
])('mcos %s names what is near', async (line, expected) => {
  const {code, stdout, stderr} = await mcos(line.split(' '), {cwd: fleet()})
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(expected)
})

test('mcos alone names the way to begin where there is no fleet, and who is here where there is one', async () => {
  const nowhere = await mcos([], {cwd: tempFolder()})
  expect([nowhere.code, nowhere.stdout]).toEqual([0, expect.stringContaining('  mcos init  ')])
  const dir = fleet()
  const here = await mcos([], {cwd: dir})
  expect(here.stdout).toContain('TOPICS')
  expect(here.stdout).toContain(`Here: the fleet northwind in ${dir}, with donna, jarvis.`)
})
