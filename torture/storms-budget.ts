import {type Behaviour, says} from '../testing/model-server/behaviour.js'
import {inputTokens, readRequest} from '../testing/model-server/read-request.js'
import {startModelServer} from '../testing/model-server/server.js'
import {countTokens} from '../testing/model-server/shape.js'
import {agentNames, beatApart, makeStormFleet, troublesAfter} from './storms-fleet.js'
import type {StormPlace} from './storms-play.js'

/** What an engine says that a call used. `half` is a lie that nobody can see through: it is told, and not judged. */
export type UsageTold = 'honest' | 'absent' | 'one' | 'none' | 'negative' | 'words' | 'half'

/** So little that only some of the agents can be answered, whatever the others do meanwhile. */
const TOKENS_AN_AGENT = 700
const LEAST_TOKENS = 10_000
const BEATS = 2

/** All agents at once on a budget that is too small for them; the server counts what it was really made to read and say. */
export async function playBudget({
  agents: count,
  chance,
  wrongs,
  usage,
}: StormPlace & {usage: UsageTold}): Promise<string> {
  let counted = 0
  let answers = 0
  const server = await startModelServer({
    script: (request) => {
      const read = inputTokens(readRequest(request, 'POST', {}))
      const text = `Nothing promised. ${'It was a quiet day for everybody here. '.repeat(chance.below(60))}`
      counted += read + countTokens(text)
      answers++
      return lie(usage, {text, read, output: countTokens(text)}, chance.below(400))
    },
  })
  const ceiling = Math.max(LEAST_TOKENS, count * TOKENS_AN_AGENT)
  const fleet = makeStormFleet(count, {url: server.url, yaml: `budgets: { fleet: { tokens_per_day: ${ceiling} } }\n`})
  try {
    const told = {spent: 0}
    for (let beat = 0; beat < BEATS; beat++) {
      for (const {code, stdout, stderr} of await beatApart(fleet, agentNames(count))) {
        wrongs.insist(
          code === 0 || code === 1,
          `${usage}: a beat ended with ${code}: ${stderr || stdout}`.slice(0, 300),
        )
        if (stdout.includes('"reason": "budget"') || stdout.includes('"reason":"budget"')) told.spent++
      }
    }
    if (usage !== 'half') wrongs.insist(counted <= ceiling, `${usage}: ${counted} tokens were used of ${ceiling}`)
    wrongs.insist(answers > 0, `${usage}: nobody was answered at all`)
    wrongs.insist(answers >= count || told.spent > 0, `${usage}: nobody was told that the budget is spent`)
    for (const trouble of await troublesAfter(fleet)) wrongs.add(`${usage}: ${trouble}`)
    return `${counted} of ${ceiling} tokens by the server's count, ${answers} answers for ${count} agents, ${told.spent} told that it is spent`
  } finally {
    await server.close()
    fleet.remove()
  }
}

interface Truth {
  readonly text: string
  readonly read: number
  readonly output: number
}

function lie(usage: UsageTold, {text, read, output}: Truth, delayMs: number): Behaviour {
  const said = {
    honest: {},
    absent: 'absent',
    one: {input_tokens: 1, output_tokens: 1, cache_creation_input_tokens: 0, cache_read_input_tokens: 0},
    none: {input_tokens: 0, output_tokens: 0, cache_creation_input_tokens: 0, cache_read_input_tokens: 0},
    negative: {input_tokens: -read, output_tokens: -output},
    words: {input_tokens: 'few', output_tokens: null},
    half: {
      input_tokens: Math.ceil(read / 2),
      output_tokens: Math.ceil(output / 2),
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
    },
  } as const satisfies Record<UsageTold, unknown>
  return says(text, {usage: said[usage], delayMs})
}
