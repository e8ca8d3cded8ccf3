import {dice} from './dice.js'
import {playBudget} from './storms-budget.js'
import {playStorm} from './storms-play.js'
import {type Torture, type TortureReport, Wrongs} from './torture.js'

/** Providers that turn nearly everybody away, and twenty processes that all want an answer. */
export const torture: Torture = {
  what: 'one process an agent, 50 % 429 and 20 % 529 and cuts; then a budget that is too small (rounds: agents)',
  shortRounds: 4,
  longRounds: 20,
  run: async ({rounds, seed, command}) => {
    const wrongs = new Wrongs()
    const counts: Record<string, number | string> = {}
    const place = {agents: rounds, chance: dice(seed), wrongs}
    if (command === undefined || command === 'storm') Object.assign(counts, await playStorm(place))
    for (const usage of USAGES) {
      if (command !== undefined && command !== `budget ${usage}`) continue
      if (command === undefined && rounds < 20 && !SHORT.includes(usage)) continue
      counts[`budget, ${usage} usage`] = await playBudget({...place, usage})
    }
    return {counts, wrong: wrongs.count, examples: wrongs.examples} satisfies TortureReport
  },
}

const USAGES = ['honest', 'absent', 'one', 'none', 'negative', 'words', 'half'] as const
const SHORT: readonly string[] = ['honest', 'one']
