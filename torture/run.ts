import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'
import {countFailed} from '../testing/at-once.js'
import {TORTURES} from './registry.js'
import type {Torture, TortureReport} from './torture.js'

const USAGE = `npm run torture -- NAME [--rounds N] [--seed S] [--short] [--at-once N]\nNAME: ${Object.keys(TORTURES).join(', ')}, all`

process.exitCode = await main(process.argv.slice(2))

async function main(argv: readonly string[]): Promise<number> {
  const {values, positionals} = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      rounds: {type: 'string'},
      seed: {type: 'string'},
      short: {type: 'boolean'},
      command: {type: 'string'},
      at: {type: 'string'},
      'at-once': {type: 'string', default: '1'},
    },
  })
  const names = positionals.includes('all') ? Object.keys(TORTURES) : positionals
  if (names.length === 0 || names.some((name) => !TORTURES[name])) {
    console.error(USAGE)
    return 2
  }
  const {'at-once': atOnce, ...given} = values
  if (names.length > 1 && Number(atOnce) > 1) {
    const lines = names.map((name) => [name, ...wordsOf(given)])
    return (await countFailed(fileURLToPath(import.meta.url), lines, Number(atOnce))) === 0 ? 0 : 1
  }
  let failed = 0
  for (const name of names) failed += (await runOne(name, given)) ? 0 : 1
  return failed === 0 ? 0 : 1
}

interface Given {
  readonly rounds?: string | undefined
  readonly seed?: string | undefined
  readonly short?: boolean | undefined
  readonly command?: string | undefined
  readonly at?: string | undefined
}

/** The same flags for a process of its own. */
function wordsOf({short, ...others}: Given): string[] {
  const words = Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]))
  return short ? ['--short', ...words] : words
}

async function runOne(name: string, given: Given): Promise<boolean> {
  const torture = await load(name)
  const rounds = Number(given.rounds ?? (given.short ? torture.shortRounds : torture.longRounds))
  const seed = Number(given.seed ?? Date.now() % 1_000_000)
  console.log(`${name}: ${torture.what}, ${rounds} rounds, seed ${seed}`)
  const started = performance.now()
  const report = await torture.run({rounds, seed, command: given.command, at: given.at})
  const seconds = Math.round((performance.now() - started) / 100) / 10
  present(report)
  console.log(JSON.stringify({torture: name, rounds, seed, seconds, ...report}))
  if (isGood(report)) return true
  console.log(
    `failed: torture ${name}, seed ${seed}: ${report.skipped ?? report.examples[0] ?? `${report.wrong} wrong`}`,
  )
  return false
}

async function load(name: string): Promise<Torture> {
  const entry = TORTURES[name]
  if (!entry) throw new TypeError(`no torture ${name}`)
  return (await entry()).torture
}

/** What can't be tried is told; where everything has to be there (CI), it is a failure. */
function isGood({wrong, skipped}: TortureReport): boolean {
  return wrong === 0 && !(skipped && process.env['CI'])
}

function present({counts, wrong, examples, skipped}: TortureReport): void {
  if (skipped) console.log(`  skipped: ${skipped}`)
  for (const [what, count] of Object.entries(counts)) console.log(`  ${what.padEnd(32)} ${count}`)
  console.log(`  ${'WRONG'.padEnd(32)} ${wrong}`)
  for (const example of examples) console.log(`  ! ${example}`)
}
