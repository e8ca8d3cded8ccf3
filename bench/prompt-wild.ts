import {fileURLToPath} from 'node:url'
import {says} from '../testing/model-server/behaviour.js'
import {MCOS} from './built.js'
import {type ModelBench, openModelBench} from './model-bench.js'
import type {Stopwatch} from './stopwatch.js'

/** Workspaces as people have them: one that is mostly the shipped text, one of tables and rules, one that isn't English. */
export const WILD = ['clawd', 'ledger', 'hausgeist'] as const

/** One of them in a fleet of its own, taken over by `mcos adopt` just as it is. */
export async function adoptWild(name: (typeof WILD)[number], stopwatch: Stopwatch): Promise<ModelBench> {
  const bench = await openModelBench({
    files: {},
    at: '2026-11-23T00:00:00Z',
    script: () => says('Nothing urgent. One line noted.'),
  })
  const from = fileURLToPath(new URL(`wild/${name}`, import.meta.url))
  await stopwatch.run({argv: [...MCOS, 'adopt', from, '--name', name], cwd: bench.dir, env: {USER: 'ada'}})
  return bench
}
