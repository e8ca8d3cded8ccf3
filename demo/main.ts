import {parseArgs} from 'node:util'
import {openDemoJudge} from './judge.js'
import {runDemo, type Shown} from './run.js'

const {values} = parseArgs({options: {model: {type: 'boolean', default: false}}})
const judge = values.model ? await openDemoJudge(process.env) : null
const shown = await runDemo((text) => process.stdout.write(text), judge)
await judge?.close()
const facts = [...alwaysSeen(shown), ...(judge ? seenWithModel(shown) : seenWithout(shown))]
process.stdout.write('\n')
for (const [isSo, fact] of facts) process.stdout.write(`${isSo ? 'seen' : 'NOT SEEN'}: ${fact}\n`)
if (judge) process.stdout.write(`\n${judge.introduction}\n`)
if (facts.some(([isSo]) => !isSo)) process.exitCode = 1

type Fact = readonly [isSo: boolean, fact: string]

function alwaysSeen({relayed, escalated, outageLines, recoveryLines, pages, mailPages}: Shown): Fact[] {
  return [
    [
      escalated === 3 && mailPages === 3,
      `${escalated} urgent threads of 24 mails told to jarvis and, as a page, to a person`,
    ],
    [relayed === 1, `${relayed} urgent message relayed`],
    [outageLines === 1, `${outageLines} outage noticed, once`],
    [recoveryLines === 1, `${recoveryLines} recovery tried`],
    [pages === 1, `${pages} page sent about it`],
  ]
}

function seenWithout({beats, workedTurns}: Shown): Fact[] {
  const third = beats[3]?.agents ?? []
  return [
    [
      third.every(({state, commit}) => (state === 'worked') === (commit !== null)),
      'a commit for each working turn, none for an idle one',
    ],
    [
      workedTurns > 0 && (beats[1]?.agents ?? []).every(({agent, state}) => agent === 'jarvis' || state === 'idle'),
      'nothing done where nothing was new',
    ],
  ]
}

function seenWithModel({judged, modelCalls, costUsd, beats}: Shown): Fact[] {
  const agents = beats.flatMap((beat) => beat.agents)
  const commits = agents.flatMap(({commit}) => commit ?? [])
  return [
    [judged > 0, `${judged} questions answered in ${modelCalls} model calls, for $${costUsd.toFixed(4)}`],
    [new Set(commits).size === commits.length, `${commits.length} turns, each of them one commit`],
    [agents.some(({state, model_calls}) => state === 'idle' && model_calls === 0), 'no call where nothing was due'],
  ]
}
