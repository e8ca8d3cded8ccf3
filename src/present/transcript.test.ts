import {expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {openTranscriptOf} from '../app/transcript.js'
import {NO_USAGE} from '../engines/engine.js'
import type {Prompt} from '../engines/prompt.js'
import {redactor} from '../turn/redact.js'
import {openTranscript} from '../turn/transcript.js'
import {CEILINGS} from '../turn/turn-input.js'
import {presentTranscript} from './transcript.js'

const TURN = 't_01K9Z3N3C2Q5W6E7R8T9Y0A1S2'
const PROMPT: Prompt = {
  tools: [{name: 'read', description: 'Read.', schema: {type: 'object'}}],
  prefix: '<!-- workspaces/donna/SOUL.md -->\n# Donna\n<!-- a note of hers -->\n\n<!-- how -->\nBriefly.\n',
  steps: [{kind: 'prompt', text: '<!-- now -->\nIt is Saturday.\n\n<!-- request -->\nWhat is cold?\n'}],
  maxOutput: 100,
  keep: {prefix: null, steps: null},
}
const CALL = {id: '1', tool: 'read', input: {path: 'notes.md'}}

async function recorded() {
  const scene = openScene()
  const fleet = await scene.open()
  const told = [{kind: 'person', name: 'ada', text: 'What is cold?', at: ''} as const]
  const given = {
    occasion: {news: [], questions: [], request: 'What is cold?', with: 'ada', isHeartbeat: false},
    ceilings: CEILINGS,
    againInMs: null,
    steps: [],
  }
  const facts = {clock: scene.clock, engines: ['claude', 'rules'], told, given, head: () => 'c0ffee'}
  const {write} = openTranscript(fleet.mcos, facts, redactor({secrets: []}))
  const usage = {...NO_USAGE, input: 20, output: 5, cacheRead: 100, costUsd: 0.0012, modelCalls: 1}
  const answer = {kind: 'answer', text: 'I look.', calls: [CALL], end: 'calls', answered: [], usage: null} as const
  const result = {id: '1', tool: 'read', text: '\u001b[2Jice '.repeat(200), isError: false}
  write({kind: 'start', turn: TURN, agent: 'donna', trigger: 'run', with: 'ada'})
  write({kind: 'request', engine: 'claude', prompt: PROMPT, tokens: 120, window: 200_000})
  write({kind: 'no-reply', engine: 'claude', reason: 'overloaded', detail: '529', usage: null})
  write({kind: 'wait', engine: 'claude', ms: 500, why: '529'})
  write({kind: 'reply', engine: 'claude', answer, usage, estimated: 120})
  write({kind: 'call', call: CALL})
  write({kind: 'result', result, effect: 'allow', ms: 3})
  const steps = [...PROMPT.steps, {kind: 'answer', text: 'I look.', calls: [CALL]} as const]
  write({kind: 'request', engine: 'claude', prompt: {...PROMPT, steps}, tokens: 400, window: 200_000})
  write({kind: 'end', turn: TURN, why: 'interrupted', detail: 'by a signal'})
  return {fleet, scene}
}

test('a transcript is a page on which requests are folded to names and sizes', async () => {
  const {fleet} = await recorded()
  expect(presentTranscript(openTranscriptOf(fleet, 'T_01k9z3'), {full: false})).toMatchInlineSnapshot(`
    "turn    t_01K9Z3N3C2Q5W6E7R8T9Y0A1S2
    agent   donna, by run with ada
    route   claude, rules
    commit  c0ffee

    person ada
        What is cold?

    08:30:00  → claude: 120 of 200000 tokens
        SENT                      SIZE
        tools                     66 B  read
        workspaces/donna/SOUL.md  67 B
        how                       22 B
        now                       30 B
        request                   31 B

    08:30:00  ← claude gave no answer (overloaded): 529

    08:30:00  waits 0.5 s for claude: 529

    08:30:00  ← claude (calls): 20 tokens in, 100 from the cache, 0 into it, 5 out, $0.0012
        I look.

    08:30:00  read {"path":"notes.md"}

    08:30:00  = read (allow, 3 ms)
        ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice ice…
        (1000 characters more)

    08:30:00  → claude: 400 of 200000 tokens
        SENT               SIZE
        the 1 step before
        its answer         32 B

    08:30:00  end: interrupted, by a signal

    Everything that was sent: mcos show t_01K9Z3N3C2Q5W6E7R8T9Y0A1S2 --transcript --full"
  `)
})

test('with --full it is every text, and no control character of anybody', async () => {
  const {fleet} = await recorded()
  const page = presentTranscript(openTranscriptOf(fleet, TURN), {full: true})
  expect(page).toContain('    # Donna')
  expect(page).toContain('ice '.repeat(199))
  expect(page).not.toContain('\u001b')
})

test('for programs it is the lines of the file, and what is known of its end', async () => {
  const {fleet} = await recorded()
  const {page} = openTranscriptOf(fleet, TURN)
  expect(page).toMatchObject({
    turn: TURN,
    agent: 'donna',
    with: 'ada',
    commit: 'c0ffee',
    ended: 'interrupted',
    torn: false,
  })
  expect(page.events).toHaveLength(9)
})

test('a turn without one is told so, and one that lost its beginning is not guessed at', async () => {
  const {fleet, scene} = await recorded()
  expect(() => openTranscriptOf(fleet, 't_01JD')).toThrow('There is no transcript of a turn "t_01JD".')
  scene.write(`.mcos/transcripts/${TURN}.jsonl`, '{"kind":"sta')
  expect(() => openTranscriptOf(fleet, TURN)).toThrow('has lost its beginning')
})
