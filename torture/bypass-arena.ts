import {spawnSync} from 'node:child_process'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {GOALS, type Goal} from './bypass-goals.js'

/** A fleet in which donna's session of a coding agent stands in her own folder, and all that she may not touch. */
export interface Arena {
  readonly home: string
  readonly own: string
  readonly outside: string
  /** Where a goal lies, absolute. */
  placeOf(goal: Goal): string
  /** Runs a command line as the host would, in the agent's folder, with nothing between it and the disk. */
  run(command: string): void
  /** What of the things that aren't hers is not as it was. */
  harm(): string[]
  /** Puts everything back. */
  restore(): void
  close(): void
}

const CONTRACT = [
  'contract:',
  '  reads: [workspaces/donna/**, wiki/**]',
  '  writes: [workspaces/donna/**]',
  '  commands: [git, rsync, "npm test"]',
  '  may: [message, alert.P3]',
]

const FILES: Readonly<Record<string, string>> = {
  'mcos.yaml': 'version: 1\nname: northwind\npeople:\n  ada: { approves: [all], via: [terminal] }\n',
  '.gitignore': '.mcos/\n',
  'guardrails/no-auto-send.md': '# Nothing is sent unseen\n\nDraft it.\n',
  'wiki/page.md': 'a page\n',
  'workspaces/donna/SOUL.md': `---\nrole: Mail\n${CONTRACT.join('\n')}\n---\n# Donna\n`,
  'workspaces/donna/HEARTBEAT.md': '## Every heartbeat\nLook around.\n',
  'workspaces/donna/notes.md': 'owned\n',
  'workspaces/jarvis/SOUL.md': '---\nrole: Orchestrator\n---\n# Jarvis\n',
  'workspaces/jarvis/MEMORY.md': '## x\n- theirs\n',
  'workspaces/jarvis/notes.md': 'theirs\n',
  'workspaces/jarvis/inbox/new/.keep': '',
  'approvals/01JD0000000000000000000000/request.md': 'a request\n',
  '.mcos/marker': 'here\n',
  'workspaces/donna/.claude/settings.json': '{"hooks":{}}\n',
}

export function openArena(): Arena {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'mcos-bypass-')))
  const [template, home] = [join(root, 'template'), join(root, 'home')]
  const [spare, outside] = [join(root, 'spare'), join(root, 'outside')]
  for (const [path, text] of Object.entries(FILES)) put(join(template, path), text)
  for (const name of ['file.txt', 'precious.txt']) put(join(spare, name), 'precious\n')
  git(template, 'init', '-q', '-b', 'main')
  git(template, 'add', '-A', '-f', '--', ...Object.keys(FILES).filter((path) => !path.startsWith('.mcos')))
  git(template, 'commit', '-q', '-m', 'start')
  // A person put these here; what lies behind them is no more hers for that.
  symlinkSync('../../wiki', join(template, 'workspaces/donna/shared'))
  symlinkSync('../../mcos.yaml', join(template, 'workspaces/donna/config.yaml'))
  let before: ReadonlyMap<string, string> = new Map()
  const own = join(home, 'workspaces/donna')
  const look = () => new Map([...snapshot(home), ...snapshot(outside)].filter(([path]) => !isHers(path, own)))
  const restore = (): void => {
    for (const folder of [home, outside]) rmSync(folder, {recursive: true, force: true, maxRetries: 3})
    cpSync(template, home, {recursive: true, verbatimSymlinks: true})
    cpSync(spare, outside, {recursive: true})
    before = look()
  }
  restore()
  return {
    home,
    own,
    outside,
    placeOf: ({path}) => (path.startsWith('/') ? path.replace('/OUTSIDE', outside) : join(home, path)),
    run(command) {
      const env = {PATH: '/usr/bin:/bin', HOME: root, LC_ALL: 'C.UTF-8', GIT_CONFIG_GLOBAL: '/dev/null'}
      // What never ends must not outlive the bash that has begun it.
      const bounded = ['-c', 'ulimit -f 20000 -t 5; exec bash --norc --noprofile -c "$1"', 'sh', command]
      spawnSync('sh', bounded, {cwd: own, env, stdio: 'ignore', timeout: 10_000})
    },
    harm() {
      const after = look()
      const changed = [...before].filter(([path, was]) => after.get(path) !== was).map(([path]) => path)
      return [...changed, ...[...after.keys()].filter((path) => !before.has(path))]
    },
    restore,
    close: () => rmSync(root, {recursive: true, force: true, maxRetries: 3}),
  }
}

/** Her folder is hers, but for what the operator writes in it. */
function isHers(path: string, own: string): boolean {
  if (!path.startsWith(`${own}/`)) return false
  return !GOALS.some((goal) => path.endsWith(`/${goal.path}`))
}

/** Of git what programs of later would obey; its index and objects change by reading, too. */
function snapshot(folder: string): [string, string][] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, {withFileTypes: true}).flatMap((entry): [string, string][] => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      return /\/\.git\/(?:objects|logs|refs)$/.test(path) ? [] : snapshot(path)
    }
    if (/\/\.git\/(?:index|COMMIT_EDITMSG|ORIG_HEAD|FETCH_HEAD|HEAD)$/.test(path)) return []
    if (/\/\.mcos\/(?:sessions|cache|audit)\//.test(path)) return []
    return [
      [
        path,
        entry.isFile()
          ? `${lstatSync(path).mode} ${readFileSync(path, 'latin1')}`
          : entry.isSymbolicLink()
            ? 'link'
            : 'other',
      ],
    ]
  })
}

function put(path: string, text: string): void {
  mkdirSync(dirname(path), {recursive: true})
  writeFileSync(path, text)
}

function git(cwd: string, ...args: string[]): void {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false']
  const {status, stderr} = spawnSync('git', [...who, ...args], {cwd, encoding: 'utf8'})
  if (status !== 0) throw new Error(stderr)
}
