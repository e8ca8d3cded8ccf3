import {spawnSync} from 'node:child_process'
import {mkdirSync} from 'node:fs'
import {join} from 'node:path'
import {openScene, type Scene} from '../testing/heartbeat-scene.js'
import {type Dice, dice} from './dice.js'
import {LINES, type Line, play} from './gitconfig-commands.js'
import {LAZY_PLANT, locksIn, openMarkers, type Plant, QUIET_PLANTS, REFUSED_PLANTS} from './gitconfig-plants.js'
import {withScene} from './scene.js'
import {type Torture, type TortureReport, Wrongs} from './torture.js'

/** Plants every setting and attribute by which git starts programs, and runs every command that touches git. */
export const torture: Torture = {
  what: 'programs that a repository would have git run, through every command of mcos',
  shortRounds: 6,
  longRounds: 200,
  run: attack,
}

/** Commands that a single plant is tried with: one that reads, one that commits, one that compares with the disk. */
const FEW = ['heartbeat', 'commit', 'doctor', 'hook git-pre-commit']

interface Tally {
  commands: number
  done: number
  readonly refused: Set<string>
  readonly wrongs: Wrongs
}

async function attack({rounds, seed}: {rounds: number; seed: number}): Promise<TortureReport> {
  const tally: Tally = {commands: 0, done: 0, refused: new Set(), wrongs: new Wrongs()}
  const chance = dice(seed)
  await siege(QUIET_PLANTS, LINES, tally)
  await siege([LAZY_PLANT], LINES, tally)
  const few = LINES.filter(({words}) => FEW.includes(words))
  const alone = [...REFUSED_PLANTS, ...inAnyOrder(QUIET_PLANTS, chance)].slice(0, REFUSED_PLANTS.length + rounds)
  for (const plant of alone) await siege([plant], few, tally)
  const control = await plainGit()
  tally.wrongs.insist(control > CONTROLS.length / 2, `plain git ran only ${control} of them: this attack is none`)
  return {
    counts: {
      'settings, attributes and hooks planted': QUIET_PLANTS.length + REFUSED_PLANTS.length + 1,
      'of them tried alone': alone.length,
      'commands run': tally.commands,
      'of them that did their work': tally.done,
      'plants refused by name': tally.refused.size,
      'programs run': tally.wrongs.count,
      'programs that plain git ran': `${control} of ${CONTROLS.length}`,
    },
    wrong: tally.wrongs.count,
    examples: tally.wrongs.examples,
  }
}

function inAnyOrder<T>(items: readonly T[], chance: Dice): T[] {
  const drawn = items.map((item) => ({item, at: chance.below(1_000_000)}))
  return drawn.sort((a, b) => a.at - b.at).map(({item}) => item)
}

/** These plants in one fleet, in a repository that a probe looks at and in a workspace that is adopted; then the lines. */
function siege(plants: readonly Plant[], lines: readonly Line[], tally: Tally): Promise<void> {
  return withScene(['home', 'marks', 'beside'], async (dir) => {
    const {marker, ran} = openMarkers(join(dir, 'marks'))
    const scene = openFleet(join(dir, 'home'))
    openRepository(join(dir, 'beside'))
    for (const plant of plants) for (const repository of ['home', 'beside']) plant.lay(join(dir, repository), marker)
    scene.write('workspaces/donna/notes.md', 'edited by hand\n')
    const known = new Set<string>()
    for (const line of lines) {
      const played = await quietly(() => play(line, scene, join(dir, 'beside')))
      if (played === null) continue
      tally.commands++
      if (played.code === 0) tally.done++
      if (played.said.includes('This is a bug')) tally.wrongs.add(`${line.words}: ${played.said.slice(0, 200)}`)
      for (const plant of plants) {
        if (plant.isRefused && /GIT_CONFIG|git setting|expected a \[section\]/.test(played.said))
          tally.refused.add(plant.name)
      }
      for (const name of ran().filter((one) => !known.has(one))) {
        known.add(name)
        tally.wrongs.add(`${line.words} ran ${name}`)
      }
      for (const lock of locksIn(scene.dir)) tally.wrongs.add(`${line.words} left ${lock}`)
    }
  })
}

function openFleet(dir: string): Scene {
  return openScene({
    dir,
    files: {
      'workspaces/donna/SOUL.md':
        '---\nreports_to: jarvis\ncontract:\n  reads: [workspaces/donna/**]\n  repos: [../beside]\n  may: [message]\n---\n# Donna\n',
      'workspaces/donna/HEARTBEAT.md':
        '## Every heartbeat\n- Messages `inbox`\n- `git ../../../beside`\n- `files *.md`\n',
      'workspaces/donna/notes.md': 'as committed\n',
      'wiki/page.md': 'a page\n',
    },
  })
}

/** A workspace and repository of somebody else's. */
function openRepository(dir: string): void {
  const git = (...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', ...args], {cwd: dir})
  git('init', '-q', '-b', 'main')
  mkdirSync(join(dir, 'wiki'))
  mkdirSync(join(dir, 'workspaces/donna'), {recursive: true})
  spawnSync('sh', ['-c', 'echo "# Clawd" > SOUL.md; echo page > wiki/page.md; echo "## Daily" > HEARTBEAT.md'], {
    cwd: dir,
  })
  git('add', '-A')
  git('commit', '-qm', 'One')
}

/** Nothing of a command's own failing is wrong here; what it has started is. */
async function quietly<T>(run: () => Promise<T>): Promise<T> {
  const env = {...process.env}
  Object.assign(process.env, {GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1'})
  try {
    return await run()
  } finally {
    for (const name of ['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_NOSYSTEM']) {
      if (env[name] === undefined) delete process.env[name]
      else process.env[name] = env[name]
    }
  }
}

/** What plain git does with a few of them: shows that they are what they are meant to be. */
const CONTROLS: readonly (readonly [plants: readonly string[], words: string])[] = [
  [['core.fsmonitor'], 'status'],
  [['config.worktree'], 'status'],
  [['include.path'], 'status'],
  [['diff.external'], 'diff'],
  [['diff.evil.textconv', '.gitattributes'], 'diff'],
  [['filter.evil.clean', '.gitattributes'], 'add -A'],
  [['filter.evil.process', 'info/attributes'], 'add -A'],
  [['a filter with = in its name'], 'add -A'],
  [['hooks/pre-commit'], 'commit --allow-empty -qm x'],
  [['hooks/reference-transaction'], 'branch y'],
  [['hooks/post-checkout'], 'checkout -q -b y'],
  [['gpg.program', 'commit.gpgSign'], 'commit --allow-empty -qm x'],
  [['alias.st'], 'st'],
  [['remote.origin.url', 'protocol.ext.allow'], 'fetch origin'],
  [['core.sshCommand'], 'fetch ssh://x.invalid/y'],
  [['tar.evil.command'], 'archive --format=evil HEAD'],
  [['trailer.mcos-turn.command'], 'interpret-trailers --trailer mcos-turn=x'],
  [['a partial clone'], 'cat-file -p HEAD:wiki/page.md'],
]

async function plainGit(): Promise<number> {
  const all = [...QUIET_PLANTS, ...REFUSED_PLANTS, LAZY_PLANT]
  let count = 0
  for (const [names, words] of CONTROLS) {
    await withScene(['home', 'marks'], async (dir) => {
      const {marker, ran} = openMarkers(join(dir, 'marks'))
      const {dir: home, write} = openFleet(join(dir, 'home'))
      write('workspaces/donna/notes.md', 'edited by hand\n')
      for (const plant of all.filter(({name}) => names.includes(name))) plant.lay(home, marker)
      const env = {...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0'}
      spawnSync('git', words.split(' '), {cwd: home, env, input: '', timeout: 10_000})
      count += ran().length > 0 ? 1 : 0
    })
  }
  return count
}
