import {runDemo} from './run.js'

const shown = await runDemo((text) => process.stdout.write(text))
const {relayed, outageLines, recoveryLines, pages, workedTurns, beats} = shown
const third = beats[2]?.agents ?? []
const facts: readonly (readonly [boolean, string])[] = [
  [relayed === 1, `${relayed} urgent message relayed`],
  [outageLines === 1, `${outageLines} outage noticed, once`],
  [recoveryLines === 1, `${recoveryLines} recovery tried`],
  [pages === 1, `${pages} page sent`],
  [
    third.every(({state, commit}) => (state === 'worked') === (commit !== null)),
    'a commit for each working turn, none for an idle one',
  ],
  [
    workedTurns > 0 && (beats[0]?.agents ?? []).every(({state}) => state === 'idle'),
    'nothing done where nothing was new',
  ],
]
process.stdout.write('\n')
for (const [isSo, fact] of facts) process.stdout.write(`${isSo ? 'seen' : 'NOT SEEN'}: ${fact}\n`)
if (facts.some(([isSo]) => !isSo)) process.exitCode = 1
