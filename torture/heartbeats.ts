import {spawn} from 'node:child_process'
import {mkdtempSync, realpathSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {layOut, prepareFleet} from './kill/fleets.js'
import {mcosCommand, runMcos} from './kill/run-mcos.js'
import {differences, snapshotOf} from './kill/snapshot.js'
import {ageLeftovers, countCommits, unswept, wrongTraces} from './kill/traces.js'
import {type Torture, Wrongs} from './torture.js'

const BEATS = 32

/** Many heartbeats of one agent at the same moment: one of them takes the turn, and the others see that. */
export const torture: Torture = {
  what: `${BEATS} simultaneous heartbeats of one agent with news`,
  shortRounds: 2,
  longRounds: 30,
  run: async ({rounds}) => {
    const base = realpathSync(mkdtempSync(join(tmpdir(), 'mcos-heartbeats-')))
    try {
      return await beatTogether(base, rounds)
    } finally {
      rmSync(base, {recursive: true, force: true})
    }
  },
}

async function beatTogether(base: string, rounds: number) {
  const [pristine, round] = [join(base, 'news'), join(base, 'round')]
  prepareFleet(round, 'news')
  layOut(round, pristine)
  runMcos(['heartbeat', 'donna'], {cwd: join(round, 'home')})
  const expected = snapshotOf(round)
  const commits = countCommits(round)
  const wrongs = new Wrongs()
  const counts = {beats: 0, worked: 0, busy: 0, idle: 0}
  for (let count = 0; count < rounds; count++) {
    layOut(pristine, round)
    const ends = await Promise.all(Array.from({length: BEATS}, () => beatOnce(join(round, 'home'))))
    counts.beats += ends.length
    for (const end of ends) {
      if (end === 'worked' || end === 'busy' || end === 'idle') counts[end]++
      else wrongs.add(end)
    }
    const worked = ends.filter((end) => end === 'worked').length
    wrongs.insist(worked === 1, `${worked} of ${BEATS} beats took the turn`)
    wrongs.insist(countCommits(round) === commits, `${countCommits(round)} commits instead of ${commits}`)
    for (const line of differences(snapshotOf(round), expected)) wrongs.add(`not as by one beat: ${line}`)
    for (const what of wrongTraces(round)) wrongs.add(what)
    judgeLater(round, wrongs)
  }
  return {counts, wrong: wrongs.count, examples: wrongs.examples}
}

function judgeLater(round: string, wrongs: Wrongs): void {
  ageLeftovers(round)
  runMcos(['heartbeat'], {cwd: join(round, 'home')})
  for (const what of unswept(round)) wrongs.add(what)
  const {code, stdout, stderr} = runMcos(['fsck'], {cwd: join(round, 'home')})
  wrongs.insist(code === 0, `mcos fsck: ${code} ${stdout}${stderr}`.slice(0, 300))
}

/** What one beat said of donna: "worked", "busy", "idle", or else what went wrong. */
function beatOnce(home: string): Promise<string> {
  const {program, args, env} = mcosCommand(['heartbeat', 'donna', '--json'], {cwd: home})
  const child = spawn(program, args, {cwd: home, env, stdio: ['ignore', 'pipe', 'pipe']})
  let [said, errors] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code === 0 ? stateIn(said) : `exit ${code}: ${said}${errors}`.slice(0, 300)))
  })
}

function stateIn(text: string): string {
  const {agents} = JSON.parse(text) as {agents: {state: string; reason: string}[]}
  const [donna] = agents
  if (donna?.state === 'skipped' && donna.reason === 'busy') return 'busy'
  return donna?.state === 'worked' || donna?.state === 'idle' ? donna.state : `it ended as ${JSON.stringify(donna)}`
}
