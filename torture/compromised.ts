import {openJudge} from '../testing/judge.js'
import {nextCall} from './compromised-calls.js'
import {inspect, snapshot} from './compromised-checks.js'
import {hostileText} from './compromised-payloads.js'
import {type Arena, CONTRACT_NAMES, type ContractName, openArena} from './compromised-scene.js'
import {type Dice, dice} from './dice.js'
import {type Torture, type TortureReport, Wrongs} from './torture.js'

/** Fewer than the ceiling of a turn, so that every call is tried. */
const CALLS_A_TURN = 36
/** Of so many turns a fleet has had enough: another one, another contract. */
const TURNS_A_FLEET = 6

/** A model that tries every tool with every payload, through whole beats: whatever it does, its contract holds. */
export const torture: Torture = {
  what: 'calls of a compromised model through the real loop',
  shortRounds: 500,
  longRounds: 4_000,
  async run({rounds, seed}) {
    const chance = dice(seed)
    const wrongs = new Wrongs()
    const counts = {calls: 0, turns: 0, commits: 0, carriedOut: 0, refused: 0}
    for (let fleet = 0; counts.calls < rounds; fleet++) {
      const contract = CONTRACT_NAMES[fleet % CONTRACT_NAMES.length] ?? 'narrow'
      const arena = await openArena(contract)
      try {
        for (let turn = 0; turn < TURNS_A_FLEET && counts.calls < rounds; turn++) {
          const taken = await takeOne(arena, {chance, contract, wrongs, room: rounds - counts.calls})
          counts.turns++
          for (const key of ['calls', 'commits', 'carriedOut', 'refused'] as const) counts[key] += taken[key]
        }
      } finally {
        arena.close()
      }
    }
    return {counts, wrong: wrongs.count, examples: wrongs.examples} satisfies TortureReport
  },
}

interface Taken {
  readonly calls: number
  readonly commits: number
  readonly carriedOut: number
  readonly refused: number
}

async function takeOne(
  arena: Arena,
  {chance, contract, wrongs, room}: {chance: Dice; contract: ContractName; wrongs: Wrongs; room: number},
): Promise<Taken> {
  const {scene, target} = arena
  const drawn = Array.from({length: Math.min(CALLS_A_TURN, room)}, () => ({id: '', ...nextCall(chance, target)}))
  // The same call for the third time would end the turn.
  const calls = [...new Map(drawn.map((call) => [JSON.stringify(call), call])).values()]
  const half = Math.ceil(calls.length / 2)
  // So large that no flush comes between the calls and what is looked at.
  const model = {window: 8_000_000, prices: null}
  const judge = openJudge(
    'model',
    [
      {calls: calls.slice(0, half), text: hostileText(chance, target)},
      {calls: calls.slice(half)},
      {text: hostileText(chance, target).slice(0, 2_000)},
    ],
    model,
  )
  const before = snapshot(arena)
  const head = scene.git('rev-parse', 'HEAD').trim()
  scene.clock.advance(3_600_000)
  const {report} = await scene.beat(['donna'], {engines: [judge], isForced: true})
  const [agent] = report.agents
  wrongs.insist(
    agent?.state !== 'failed',
    `a turn failed: ${JSON.stringify(agent?.error)?.slice(0, 300)} ${JSON.stringify(calls).slice(0, 300)}`,
  )
  const results = judge.prompts
    .flatMap(({steps}) => steps)
    .flatMap((step) => (step.kind === 'results' ? step.results : []))
  const last = judge.prompts.at(-1)?.steps.flatMap((step) => (step.kind === 'results' ? step.results : [])) ?? []
  wrongs.insist(last.length === calls.length, `${calls.length} calls had ${last.length} results`)
  await inspect(arena, {before, head, contract, told: results.map(({text}) => text).join('\n')}, wrongs)
  return {
    calls: calls.length,
    commits: Number(scene.git('rev-list', '--count', `${head}..HEAD`)),
    carriedOut: last.filter(({isError}) => !isError).length,
    refused: last.filter(({isError}) => isError).length,
  }
}
