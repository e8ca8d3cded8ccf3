import {readFileSync} from 'node:fs'
import {afterAll, beforeAll, expect, inject, test} from 'vitest'
import {type How, openScene, type Scene} from './scene.js'

interface Manifest {
  readonly commands: Readonly<
    Record<string, {readonly hidden?: boolean; readonly examples?: readonly (string | {readonly command: string})[]}>
  >
}

const ASKS = 'asks for a passphrase, and nobody sits there'

/** What ends with another code than 0 here, and why that is right. */
const OTHERWISE: Readonly<Record<string, readonly [code: number, why: string]>> = {
  'mcos alert confirm 01KAJ --why "the app answers 503 here, too"': [3, 'what is only P3 is confirmed already'],
  'mcos approve no 01KAJ': [3, ASKS],
  'mcos approve no 01KAJ --why "as agreed"': [3, ASKS],
  'mcos approve yes 01KAJ': [3, ASKS],
  'mcos approve yes 01KAJ --why "as agreed"': [3, ASKS],
  'mcos people setup': [3, ASKS],
  'mcos people setup ben': [3, ASKS],
  'mcos secrets set DONNA_KEY': [2, 'asks for the secret, and nobody sits there'],
  'mcos init': [2, 'asks its questions, and nobody sits there'],
  'mcos guard canary': [1, 'no coding agent is installed here'],
  'mcos guard check donna run "npm test" --json': [3, 'the answer is no'],
  [`echo '{"agent":"donna","tool":"Bash","input":{"command":"rm -rf .."}}' | mcos guard check --json`]: [
    3,
    'the answer is no',
  ],
  'mcos service install --cron --every 15m': [1, 'a fleet in a temporary folder is warned of'],
  'mcos service install donna --systemd --every 5m': [1, 'a fleet in a temporary folder is warned of'],
}

/** What no test can run, and why. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'MCOS_AGENT=donna MCOS_TOKEN=… mcos mcp --home /srv/my-fleet   # what the client then does': 'the token is a secret',
}

/** A copy of a fleet is another place, where nothing is trusted yet. */
const TRUST = 'mcos trust gene --yes > /dev/null'

/** Its engine would be the real one, with a key that is none. */
const NO_KEY = 'unset ANTHROPIC_API_KEY'

/** What an example needs before it that is more than the fleet. */
const HOW: Readonly<Record<string, How>> = {
  'mcos adopt . --in-place   # the folder itself becomes a one-agent home': {first: 'cd ~/.openclaw/workspace'},
  'mcos adopt clawd --approve': {first: 'mcos adopt ~/.openclaw/workspace --name clawd > /dev/null'},
  'mcos channel listen': {interrupted: true},
  'git diff | mcos run flow - --kind reason': {first: 'echo "Be brief." >> workspaces/flow/AGENTS.md'},
  'mcos heartbeat': {first: TRUST},
  '*/30 * * * *  mcos heartbeat --home /srv/my-fleet': {first: TRUST},
  'mcos up --once': {first: TRUST},
  'mcos init': {first: 'cd ~/code'},
  'mcos init my-fleet --yes': {first: NO_KEY},
  'mcos init my-fleet --template engineer --agent flow --engine claude --watch ~/code/app --schedule none': {
    first: NO_KEY,
  },
  'mcos init agent donna --template comms': {first: 'mkdir ~/code/new && cd ~/code/new'},
  'mcos resume': {first: 'mcos stop > /dev/null'},
  'mcos secrets remove DONNA_KEY': {first: 'pass show donna | mcos secrets set DONNA_KEY --in age > /dev/null'},
  'mcos up': {interrupted: true},
  'mcos up --every 5m --agents donna,flow': {interrupted: true},
}

const {commands} = JSON.parse(readFileSync(new URL('../../oclif.manifest.json', import.meta.url), 'utf8')) as Manifest

const examples = Object.entries(commands).flatMap(([id, command]) =>
  (command.examples ?? []).map((example) => {
    const text = typeof example === 'string' ? example : example.command
    return text.replaceAll('<%= config.bin %>', 'mcos').replaceAll('<%= command.id %>', id.replaceAll(':', ' '))
  }),
)

let scene: Scene

beforeAll(async () => {
  if (inject('buildFailure') !== null) throw new Error(`mcos could not be built:\n${inject('buildFailure')}`)
  scene = await openScene()
})

afterAll(async () => {
  await scene?.close()
})

test('every command has an example', () => {
  const without = Object.entries(commands).filter(([, {examples: own}]) => (own ?? []).length === 0)
  expect(without.map(([id]) => id)).toEqual([])
})

test('what is told of examples is told of those that are there', () => {
  const told = [OTHERWISE, NOT_RUN, HOW].flatMap((list) => Object.keys(list))
  expect(told.filter((text) => !examples.includes(text))).toEqual([])
})

test.concurrent.each(examples.filter((text) => !(text in NOT_RUN)))('%s works', async (text) => {
  const how = HOW[text] ?? {}
  // Of a line for crontab what cron would start.
  const line = text.replace(/^\*\/\d+ (?:\S+ +){4}(?=mcos )/, '')
  let {code, output} = await scene.run(line, how)
  // One bot, and examples side by side: who polls beside another is refused, and may try again.
  for (let more = 3; more > 0 && output.includes('answered 409'); more--) ({code, output} = await scene.run(line, how))
  const expected = OTHERWISE[text]?.[0] ?? 0
  // However it was written, Ctrl-C ended it.
  const isRight = code === expected || (how.interrupted === true && code === 130)
  expect(isRight ? '' : `ended with ${code}, not with ${expected}:\n${output}`).toBe('')
})
