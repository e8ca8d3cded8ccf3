import {appendFileSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {tempFolder} from '../../testing/temp-folder.js'
import {type Answer, NO_USAGE} from '../engines/engine.js'
import type {Prompt} from '../engines/prompt.js'
import {fixedClock} from '../kit/clock.js'
import {openFolder} from '../kit/folder.js'
import {newTurnId} from '../kit/ids.js'
import {thisProcess} from '../kit/process-identity.js'
import type {TurnEvent} from './events.js'
import {redactor} from './redact.js'
import {type Given, listTranscripts, openTranscript, readTranscript, sweepTranscripts} from './transcript.js'
import {eventsOf} from './transcript-events.js'
import {CEILINGS} from './turn-input.js'
import {clearUnderway, findAbandoned, heardIn, markUnderway} from './underway.js'

const SECRET = 'correct-horse-battery'
const clock = fixedClock('2026-11-21T08:30:00Z')
const GIVEN: Given = {
  occasion: {news: [], questions: [], request: `use ${SECRET}`, with: 'ada', isHeartbeat: false},
  ceilings: CEILINGS,
  againInMs: null,
  steps: [],
}
const PROMPT: Prompt = {
  tools: [{name: 'read', description: 'Read.', schema: {type: 'object'}}],
  prefix: 'You are Donna.',
  steps: [{kind: 'prompt', text: 'Go.'}],
  maxOutput: 100,
  keep: {prefix: null, steps: null},
}
const CALL = {id: '1', tool: 'http_get', input: {url: `https://x.example/?key=${SECRET}`}}
const ANSWER: Answer = {kind: 'answer', text: 'I look.', calls: [CALL], end: 'calls', answered: [], usage: null}
const RESULT = {id: '1', tool: 'http_get', text: 'cold', isError: false}

function open() {
  const mcos = openFolder(tempFolder())
  const facts = {
    clock,
    engines: ['claude', 'rules'],
    told: [{kind: 'person', name: 'ada', text: `use ${SECRET}`, at: '2026-11-21T08:30:00.000Z'} as const],
    given: GIVEN,
    head: () => 'a'.repeat(40),
  }
  const transcript = openTranscript(mcos, facts, redactor({secrets: [SECRET]}))
  const turn = newTurnId(clock)
  const file = (id = turn) => join(mcos.dir, `transcripts/${id}.jsonl`)
  const start = (id: string): TurnEvent => ({kind: 'start', turn: id, agent: 'donna', trigger: 'run', with: 'ada'})
  return {mcos, turn, file, start, write: transcript.write}
}

function request(prompt: Prompt): TurnEvent {
  return {kind: 'request', engine: 'claude', prompt, tokens: 10, window: 1000}
}

const SECOND: Prompt = {
  ...PROMPT,
  steps: [
    ...PROMPT.steps,
    {kind: 'answer', text: ANSWER.text, calls: ANSWER.calls},
    {kind: 'results', results: [RESULT]},
  ],
}

function playedThrough() {
  const scene = open()
  scene.write(scene.start(scene.turn))
  scene.write(request(PROMPT))
  scene.write({kind: 'text', text: 'I '})
  scene.write({kind: 'reply', engine: 'claude', answer: ANSWER, usage: NO_USAGE, estimated: 10})
  scene.write({kind: 'call', call: CALL})
  scene.write({kind: 'result', result: RESULT, effect: 'allow', ms: 3})
  scene.write(request(SECOND))
  return scene
}

describe('a transcript', () => {
  test('holds what happened in its order, without the pieces of an answer', () => {
    const {mcos, turn} = playedThrough()
    const events = eventsOf(readTranscript(mcos, turn) ?? {lines: []})
    expect(events.map(({kind}) => kind)).toEqual(['start', 'request', 'reply', 'call', 'result', 'request'])
    expect(events[0]).toMatchObject({
      engines: ['claude', 'rules'],
      commit: 'a'.repeat(40),
      at: '2026-11-21T08:30:00.000Z',
    })
  })

  test('keeps of a later request only what is new, and gives it back whole', () => {
    const {mcos, turn, file} = playedThrough()
    const requests = eventsOf(readTranscript(mcos, turn) ?? {lines: []}).filter((event) => event.kind === 'request')
    const hidden = JSON.parse(JSON.stringify(SECOND).replaceAll(SECRET, '[redacted]')) as Prompt
    expect(requests.map(({prompt}) => prompt)).toEqual([PROMPT, hidden])
    expect(requests[1]?.added).toMatchObject({kept: 1, steps: hidden.steps.slice(1)})
    expect(readFileSync(file(), 'utf8').match(/You are Donna/g)).toHaveLength(1)
  })

  test('names no secret, and nobody else may read it', () => {
    const {file} = playedThrough()
    expect(readFileSync(file(), 'utf8')).not.toContain(SECRET)
    expect(statSync(file()).mode & 0o777).toBe(0o600)
  })

  test('of a killed process ends in a half line that costs no other, and the next one stands on its own', () => {
    const {mcos, turn, file, write} = playedThrough()
    appendFileSync(file(), '{"kind":"reply","at":"2026')
    expect(readTranscript(mcos, turn)).toMatchObject({isTorn: true, unreadable: []})
    write({kind: 'end', turn, why: 'interrupted', detail: null})
    const read = readTranscript(mcos, turn)
    expect(read).toMatchObject({isTorn: false, unreadable: [7]})
    expect(read?.lines.at(-1)).toMatchObject({kind: 'end', why: 'interrupted'})
  })

  test('that lost its first request says so of the later ones, and makes nothing up', () => {
    const {mcos, turn, file} = playedThrough()
    const lines = readFileSync(file(), 'utf8').split('\n')
    writeFileSync(file(), [lines[0], ...lines.slice(2)].join('\n'))
    const requests = eventsOf(readTranscript(mcos, turn) ?? {lines: []}).filter((event) => event.kind === 'request')
    expect(requests.map(({prompt}) => prompt)).toEqual([null])
  })

  test('passes over kinds and shapes it does not know', () => {
    const lines = [
      {kind: 'dream', at: 'x'},
      {kind: 'text', at: 'x', text: ''},
      {kind: 'reply', at: 'x'},
      {kind: 'end', at: 'x', turn: 't', why: 'done'},
    ]
    expect(eventsOf({lines}).map(({kind}) => kind)).toEqual(['end'])
  })

  test('goes on in the file of the next turn when the context was full', () => {
    const {mcos, turn, start, write} = playedThrough()
    const next = newTurnId(clock)
    write({kind: 'flush', turn, commit: null, next, tokens: 900, window: 1000})
    write(start(next))
    write(request(SECOND))
    expect(listTranscripts(mcos)).toEqual([turn, next])
    const [begin, first] = eventsOf(readTranscript(mcos, next) ?? {lines: []})
    expect(begin).toMatchObject({kind: 'start', continues: turn})
    expect(first).toMatchObject({kind: 'request', prompt: {steps: [{}, {}, {}]}})
  })

  test('is not there for a turn that asked no model', () => {
    expect(readTranscript(open().mcos, 't_01K9Z3N3C2Q5W6E7R8T9Y0A1S2')).toBeNull()
    expect(listTranscripts(open().mcos)).toEqual([])
  })

  test('goes after ninety days that had one, whatever the clock says', () => {
    const {mcos} = open()
    for (let day = 0; day < 95; day++) {
      const turn = newTurnId(fixedClock(Date.parse('2026-01-01T12:00:00Z') + day * 86_400_000))
      mcos.write(`transcripts/${turn}.jsonl`, '')
    }
    mcos.write('transcripts/notes.txt', 'mine')
    sweepTranscripts(mcos)
    expect(listTranscripts(mcos)).toHaveLength(90)
    expect(mcos.readText('transcripts/notes.txt')).toBe('mine')
  })
})

describe('a turn whose process died', () => {
  const dead = {...thisProcess(), pid: 2 ** 22 + 1, start: '1'}

  test('is found by the next one of the same work, and what it heard with it', () => {
    const {mcos, turn} = playedThrough()
    markUnderway(mcos, {agent: 'donna', with: 'ada', turn}, dead)
    expect(findAbandoned(mcos, 'donna', null)).toEqual([])
    expect(findAbandoned(mcos, 'jarvis', 'ada')).toEqual([])
    expect(findAbandoned(mcos, 'donna', 'ada')).toEqual([turn])
    expect(heardIn(mcos, turn).map(({kind, name}) => `${kind} ${name}`)).toEqual([
      'person ada',
      'agent claude',
      'call http_get',
      'result http_get',
    ])
    clearUnderway(mcos, turn)
    expect(findAbandoned(mcos, 'donna', 'ada')).toEqual([])
  })

  test('is not one that runs, here or perhaps elsewhere', () => {
    const {mcos, turn} = open()
    markUnderway(mcos, {agent: 'donna', with: null, turn})
    expect(findAbandoned(mcos, 'donna', null)).toEqual([])
    markUnderway(mcos, {agent: 'donna', with: null, turn}, {...dead, host: 'another'})
    expect(findAbandoned(mcos, 'donna', null)).toEqual([])
  })

  test('is passed over where its mark is none', () => {
    const {mcos} = open()
    for (const [name, text] of [
      ['a', '{'],
      ['b', '[]'],
      ['c', '{"agent":"donna","with":null,"turn":"t"}'],
    ] as const) {
      mcos.write(`underway/${name}.json`, text)
    }
    expect(findAbandoned(mcos, 'donna', null)).toEqual([])
    expect(heardIn(mcos, 't_none')).toEqual([])
  })
})
