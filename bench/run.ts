import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'
import {countFailed} from '../testing/at-once.js'
import {type Bench, type BenchReport, isReached} from './bench.js'
import {insistOnBuild} from './built.js'
import {presentBench} from './present.js'
import {BENCHES, COUNTED} from './registry.js'
import {Stopwatch} from './stopwatch.js'

const USAGE = `npm run bench -- NAME [--short] [--at-once N]\nNAME: ${Object.keys(BENCHES).join(', ')}, all`

process.exitCode = await main(process.argv.slice(2))

async function main(argv: readonly string[]): Promise<number> {
  const {values, positionals} = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {short: {type: 'boolean', default: false}, 'at-once': {type: 'string', default: '1'}},
  })
  const names = positionals.includes('all') ? Object.keys(BENCHES) : positionals
  if (names.length === 0 || names.some((name) => !BENCHES[name])) {
    console.error(USAGE)
    return 2
  }
  insistOnBuild()
  const atOnce = Number(values['at-once'])
  // What is timed has the machine to itself.
  const together = atOnce > 1 ? names.filter((name) => COUNTED.has(name)) : []
  const lines = together.map((name) => [name, ...(values.short ? ['--short'] : [])])
  let failed = await countFailed(fileURLToPath(import.meta.url), lines, atOnce)
  for (const name of names.filter((name) => !together.includes(name))) {
    failed += (await runOne(name, values.short)) ? 0 : 1
  }
  return failed === 0 ? 0 : 1
}

/** False when a count is wrong; a ratio that misses is told and left to whoever reads it, as machines differ. */
async function runOne(name: string, isShort: boolean): Promise<boolean> {
  const bench = await load(name)
  console.log(`${name}: ${bench.what}${isShort ? ' (short)' : ''}`)
  const started = performance.now()
  const stopwatch = new Stopwatch()
  try {
    const report = await bench.run({isShort, stopwatch, say: (text) => console.error(`  … ${text}`)})
    console.log(presentBench(report))
    console.log(JSON.stringify({bench: name, short: isShort, seconds: secondsSince(started), ...plain(report)}))
    const wrong = report.figures.filter((figure) => figure.isExact && !isReached(figure))
    for (const {what, value, unit, atMost} of wrong)
      console.log(`failed: bench ${name}: ${what}: ${round(value)} ${unit}, not ${atMost}`)
    return wrong.length === 0
  } finally {
    stopwatch.close()
  }
}

async function load(name: string): Promise<Bench> {
  const entry = BENCHES[name]
  if (!entry) throw new TypeError(`no bench ${name}`)
  return (await entry()).bench
}

function plain({figures, raw, missing}: BenchReport): object {
  return {
    figures: figures.map((figure) => ({...figure, value: round(figure.value), reached: isReached(figure)})),
    missing,
    raw: JSON.parse(JSON.stringify(raw, (_, value: unknown) => (typeof value === 'number' ? round(value) : value))),
  }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

function secondsSince(started: number): number {
  return Math.round((performance.now() - started) / 100) / 10
}
