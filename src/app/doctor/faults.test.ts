import {chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {type DoctorScene, doctorScene} from '../../../testing/doctor-scene.js'
import {undo} from '../history.js'
import {openAnyway} from '../open-anyway.js'

const DAY_MS = 86_400_000

/** A fault, what is then told, and a part of what is said of it. */
type Fault = readonly [id: string, said: string | RegExp, plant: (scene: DoctorScene) => void]

const edit = (path: string, change: (text: string) => string) => (scene: DoctorScene) =>
  scene.write(path, change(scene.read(path)))

/** Faults that keep out of each other's way, each in one fleet with all the others. */
const TOGETHER: readonly Fault[] = [
  ['git-locks', '.git/index.lock: the git that made it is gone', ({write}) => write('.git/index.lock', '')],
  ['git-history', 'a shallow clone', ({write, git}) => write('.git/shallow', git('rev-parse', 'HEAD'))],
  [
    'worktrees',
    /worktree x: .*\.mcos\/worktrees\/x is gone/,
    (scene) => {
      scene.git('worktree', 'add', '-q', '--detach', '.mcos/worktrees/x')
      rmSync(join(scene.dir, '.mcos/worktrees/x'), {recursive: true})
    },
  ],
  ['git-remote', 'git.remote: origin', edit('mcos.yaml', (text) => `${text}git: { remote: origin }\n`)],
  ['files-lost', 'workspaces/donna/AGENTS.md is gone', ({dir}) => rmSync(join(dir, 'workspaces/donna/AGENTS.md'))],
  [
    'files-lost',
    'workspaces/donna/MEMORY.md is empty',
    ({dir}) => truncateSync(join(dir, 'workspaces/donna/MEMORY.md')),
  ],
  [
    'files-tracked',
    'workspaces/jarvis/USER.md was never committed',
    ({write}) => write('workspaces/jarvis/USER.md', 'Ada\n'),
  ],
  [
    'files-tracked',
    'workspaces/jarvis/MAIL.md is ignored by git (.gitignore:2: MAIL.md)',
    (scene) => {
      scene.write('.gitignore', '.mcos/\nMAIL.md\n')
      scene.write('workspaces/jarvis/MAIL.md', '# Mail\n')
    },
  ],
  [
    'merge-marks',
    'workspaces/jarvis/AGENTS.md:2: "<<<<<<< HEAD"',
    ({write}) => write('workspaces/jarvis/AGENTS.md', '# How\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n'),
  ],
  [
    'encoding',
    'workspaces/donna/HEARTBEAT.md: it begins with a byte order mark; its lines end with CR LF or CR',
    (scene) => edit('workspaces/donna/HEARTBEAT.md', (text) => `\ufeff${text.replaceAll('\n', '\r\n')}`)(scene),
  ],
  [
    'hidden-text',
    "workspaces/donna/USER.md:2: U+200B can't be seen",
    ({write}) => write('workspaces/donna/USER.md', 'Ada\nobey\u200b me\n'),
  ],
  [
    'instructions',
    'workspaces/jarvis/CLAUDE.md says something else',
    ({write}) => write('workspaces/jarvis/CLAUDE.md', 'Do as you like.\n'),
  ],
  [
    'links',
    'workspaces/donna/notes.md → /etc/hostname',
    ({dir}) => symlinkSync('/etc/hostname', join(dir, 'workspaces/donna/notes.md')),
  ],
  [
    'links',
    'nowhere → gone: there is nothing at its end',
    ({dir}) => symlinkSync('gone', join(dir, 'workspaces/donna/nowhere')),
  ],
  [
    'big-files',
    'workspaces/donna/video.mp4 has 11 MiB',
    (scene) => {
      scene.write('workspaces/donna/video.mp4', '')
      truncateSync(join(scene.dir, 'workspaces/donna/video.mp4'), 11 * 1024 ** 2)
    },
  ],
  [
    'nested-repositories',
    'workspaces/jarvis/app is a git repository',
    ({dir}) => mkdirSync(join(dir, 'workspaces/jarvis/app/.git'), {recursive: true}),
  ],
  [
    'permissions',
    'workspaces/donna/SOUL.md has mode 666: anybody can change it',
    ({dir}) => chmodSync(join(dir, 'workspaces/donna/SOUL.md'), 0o666),
  ],
  [
    'permissions',
    '.mcos/people/ada.json has mode 644: others can read it',
    (scene) => {
      scene.write('.mcos/people/ada.json', '{}')
      chmodSync(join(scene.dir, '.mcos/people/ada.json'), 0o644)
    },
  ],
  ['unknown-locals', '.mcos/STOP.dona stops nobody', ({write}) => write('.mcos/STOP.dona', 'who: ada\n')],
  ['unknown-locals', '.mcos/beats/ghost.json is of no agent', ({write}) => write('.mcos/beats/ghost.json', '{}')],
  [
    'workstates',
    'workspaces/donna/WORKSTATE.md',
    ({write}) => write('workspaces/donna/WORKSTATE.md', '---\nturn: null\nresumes: 0\n## Goal\nx\n'),
  ],
  [
    'parked',
    "workspaces/jarvis/PARKED.md parks jarvis and doesn't say",
    ({write}) => write('workspaces/jarvis/PARKED.md', 'hm\n'),
  ],
  [
    'log-size',
    /memory\/.*\.md has \d+ KiB/,
    (scene) =>
      scene.write(
        `workspaces/donna/memory/${new Date(scene.clock.now()).toISOString().slice(0, 10)}.md`,
        '- again\n'.repeat(10_000),
      ),
  ],
  [
    'memory-size',
    'workspaces/jarvis/MEMORY.md is about',
    ({write}) => write('workspaces/jarvis/MEMORY.md', '- a fact of some length\n'.repeat(2_000)),
  ],
  [
    'inbox-backlog',
    'jarvis has 51 unread',
    ({write}) => {
      for (let index = 0; index < 51; index++) write(`workspaces/jarvis/inbox/new/${index}.md`, 'hello\n')
    },
  ],
  ['state-size', '1 files of receipts older than 91 days', ({write}) => write('.mcos/runs/2020-01-01.jsonl', '')],
  [
    'probe-programs',
    'workspaces/jarvis/HEARTBEAT.md:2: ./backup-check is not there',
    ({write}) => write('workspaces/jarvis/HEARTBEAT.md', '## Every heartbeat\n`run: ./backup-check`\n'),
  ],
]

/** Faults of what mcos.yaml and contracts say, in a fleet of their own. */
const WORDS: readonly Fault[] = [
  [
    'soul-keys',
    'workspaces/donna/SOUL.md:2: rolle is not a key mcos knows; did you mean role?',
    edit('workspaces/donna/SOUL.md', (text) =>
      text
        .replace('---\n', '---\nrolle: Comms\nroute: triag\n')
        .replace('[message]', '[message, mcp.serch.query]\n  ask: [http.post]'),
    ),
  ],
  ['soul-names', 'route: triag, and there is no such route (triage?)', () => undefined],
  ['soul-names', 'mcp.serch, and there is no such server (search?)', () => undefined],
  ['approvers', 'donna must ask, and no person of mcos.yaml approves anything', () => undefined],
  [
    'mcp-agents',
    'mcp.search is for dona, and there is no such agent (donna?)',
    edit(
      'mcos.yaml',
      (text) =>
        `${text}engines:\n  code: { kind: command, run: no-such-cli, turns_per_day: 0 }\nroutes: { triage: [code] }\nmcp:\n  search: { command: [no-such-server], agents: [dona] }\nagents: { donna: { path: workspaces/donna } }\n`,
    ),
  ],
  ['programs', 'mcos.yaml engines.code: no-such-cli is not found in PATH', () => undefined],
  ['programs', 'mcos.yaml mcp.search: no-such-server is not found in PATH', () => undefined],
  ['budget-room', 'engines.code of mcos.yaml is less than one turn needs', () => undefined],
  ['unlisted-agents', 'workspaces/jarvis looks like an agent', () => undefined],
]

test('a fleet in which nothing is wrong is told of nothing', async () => {
  expect(await (await doctorScene()).ills()).toEqual([])
})

test.each([
  ['of files', TOGETHER],
  ['of words', WORDS],
])('every planted fault %s is named, with its place', async (_, faults) => {
  const scene = await doctorScene()
  for (const [, , plant] of faults) plant(scene)
  const {checks} = await scene.doctor()
  const told = (id: string): string => checks.find((check) => check.id === id && check.status !== 'pass')?.detail ?? ''
  const untold = faults.filter(([id, said]) =>
    typeof said === 'string' ? !told(id).includes(said) : !said.test(told(id)),
  )
  expect(untold.map(([id, said]) => `${id}: ${said}, but: ${told(id)}`)).toEqual([])
  for (const {status, fix, means} of checks) {
    expect(fix === null).toBe(status === 'pass')
    expect(means).toMatch(/^\S.*\.$/)
  }
})

test('what --fix says it mends is green afterwards, and undo brings the committed faults back byte for byte', async () => {
  const scene = await doctorScene()
  const CRLF = '# How\r\n- One thing after the other.\r\n'
  scene.write('workspaces/donna/AGENTS.md', CRLF)
  scene.commitAll()
  for (const [, , plant] of TOGETHER.filter(([id]) => id !== 'instructions')) plant(scene)
  scene.write('workspaces/donna/AGENTS.md', CRLF)
  chmodSync(join(scene.dir, '.mcos/keys/jarvis.key'), 0o644)
  const hasBefore = scene.read('workspaces/donna/WORKSTATE.md')
  const {wanted, turn, backup, restore, local} = await scene.fix()
  expect(wanted).toEqual(
    ['git-locks', 'worktrees', 'files-lost', 'encoding', 'keys', 'permissions', 'unknown-locals', 'workstates'].sort(
      (a, b) => wanted.indexOf(a) - wanted.indexOf(b),
    ),
  )
  const ids = (await scene.ills()).map((ill) => ill.split(' ')[0])
  // A stop file with a misspelt name is a person's to judge, in the same check.
  expect(wanted.filter((id) => ids.includes(id))).toEqual(['unknown-locals'])
  expect(await scene.detailOf('unknown-locals')).toBe('.mcos/STOP.dona stops nobody: there is no agent dona')
  expect(scene.read('workspaces/donna/AGENTS.md')).toBe(CRLF.replaceAll('\r', ''))
  expect(scene.read(`${backup}/workspaces/donna/WORKSTATE.md`)).toBe(hasBefore)
  expect(restore).toBe(`cp -R ${backup}/. .`)
  expect(local).toContain('Remove the lock .git/index.lock')
  const opened = await openAnyway({
    cwd: scene.dir,
    env: {PATH: process.env['PATH'], HOME: scene.dir},
    clock: scene.clock,
  })
  undo(opened.fleet, {turns: [turn ?? ''], dryRun: false})
  expect(scene.read('workspaces/donna/AGENTS.md')).toBe(CRLF)
  expect(await scene.ills()).toContain('encoding warn')
})

test('who is parked for long, who is dead and what waits for a person are told', async () => {
  const scene = await doctorScene({
    'workspaces/donna/SOUL.md': '---\nwarm: always\ncontract:\n  may: [message]\n---\n# Donna\n',
  })
  const parked = new Date(scene.clock.now() - 40 * DAY_MS).toISOString()
  scene.write('workspaces/jarvis/PARKED.md', `who: ada\nwhen: ${parked}\nwhy: holidays\n`)
  scene.clock.advance(5 * 3_600_000)
  expect(await scene.detailOf('parked')).toMatch(/^jarvis is parked for 40 days \(by ada\)$/)
  expect(await scene.detailOf('dead')).toMatch(/^donna is dead: its last beat was at /)
  writeFileSync(join(scene.dir, '.git/index.lock'), '')
  expect((await scene.doctor()).grade).not.toBe('A')
})
