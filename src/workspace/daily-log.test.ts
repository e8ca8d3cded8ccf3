import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import {afterEach, expect, test} from 'vitest'
import {openFolder} from '../kit/folder.js'
import {dateInName, formatLogEntry, listDailyLogs, parseLog} from './daily-log.js'

const TURN = 't_01JD6F3Q8Z0000000000000000'
const dirs: string[] = []

afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, {recursive: true})
})

test('an entry is a heading and bullets', () => {
  expect(formatLogEntry({time: '08:30', trigger: 'heartbeat', turn: TURN, lines: ['two mails', 'one\nof them']})).toBe(
    `## 08:30 heartbeat ${TURN}\n- two mails\n- one\n  of them\n`,
  )
  expect(formatLogEntry({time: '08:30', trigger: 'note', turn: null, lines: ['by hand']})).toBe(
    '## 08:30 note\n- by hand\n',
  )
})

test('logs of other tools are read as they are', () => {
  const text = '# 2026-11-21\nprose\n\n## Morning\n- coffee\n## 08:30 heartbeat\n- ok\nplain\n'
  expect(parseLog(text).map(({raw: _, ...entry}) => entry)).toEqual([
    {time: null, trigger: null, turn: null, lines: [], other: ['# 2026-11-21', 'prose'], line: 1},
    {time: null, trigger: null, turn: null, lines: ['coffee'], other: ['## Morning'], line: 4},
    {time: '08:30', trigger: 'heartbeat', turn: null, lines: ['ok'], other: ['plain'], line: 6},
  ])
})

test('any text is read without a loss', () => {
  const lines = fc.constantFrom('## 08:30 run', '## x', '- a', '  b', '', 'prose', '\r', '# top', '-', '##')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({unit: 'binary'}),
        fc.array(lines).map((all) => all.join('\n')),
      ),
      (text) => {
        expect(
          parseLog(text)
            .map(({raw}) => raw)
            .join(''),
        ).toBe(text)
      },
    ),
    {numRuns: 300},
  )
})

test('what is written is read back, also below what was there', () => {
  const texts = fc.string({unit: 'binary', minLength: 1}).map((text) => text.replaceAll('\n ', '\n'))
  const notes = fc.record({
    time: fc.constantFrom('00:00', '08:30', '23:59'),
    trigger: fc.constantFrom('heartbeat', 'run', 'note'),
    turn: fc.constantFrom(null, TURN),
    lines: fc.array(texts, {maxLength: 4}),
  })
  fc.assert(
    fc.property(fc.array(notes, {minLength: 1, maxLength: 4}), (all) => {
      const read = parseLog(`# old\n${all.map(formatLogEntry).join('')}`).slice(1)
      expect(read.map(({time, trigger, turn, lines}) => ({time, trigger, turn, lines}))).toEqual(all)
    }),
    {numRuns: 200},
  )
})

test.each([
  ['2026-11-21.md', '2026-11-21'],
  ['2026-11-21-heating.md', '2026-11-21'],
  ['heating-2026-11-21.md', '2026-11-21'],
  ['2026-11-21-0830.md', '2026-11-21'],
  ['20261121.md', '2026-11-21'],
  ['2026-W47.md', null],
  ['2026-13-01.md', null],
  ['2026-02-30.md', null],
  ['topic.md', null],
  ['120261121.md', null],
])('%s tells of %s', (name, date) => {
  expect(dateInName(name)).toBe(date)
})

test('lists every log of an agent, in folders too, oldest first, and follows no link', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'mcos-logs-'))
  dirs.push(dir)
  const memory = path.join(dir, 'workspaces/donna/memory')
  mkdirSync(path.join(memory, 'archive/2025'), {recursive: true})
  for (const name of [
    '2026-11-21.md',
    '20261120.md',
    'archive/2025/2025-01-01-new.md',
    'topic.md',
    '2026-11-21.json',
  ]) {
    writeFileSync(path.join(memory, name), '')
  }
  symlinkSync('/etc', path.join(memory, 'linked'))
  expect(listDailyLogs(openFolder(dir), {name: 'donna', path: 'workspaces/donna'})).toEqual([
    {path: 'workspaces/donna/memory/archive/2025/2025-01-01-new.md', date: '2025-01-01'},
    {path: 'workspaces/donna/memory/20261120.md', date: '2026-11-20'},
    {path: 'workspaces/donna/memory/2026-11-21.md', date: '2026-11-21'},
  ])
})
