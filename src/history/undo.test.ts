import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {afterEach, describe, expect, test} from 'vitest'
import {expectSoon} from '../../testing/expect-soon.js'
import {newTurnId} from '../kit/ids.js'
import type {Change} from '../workspace/change.js'
import {commitChangeSets} from './commit-change-sets.js'
import {appendTo, changeSet, clock, INBOX, LOG, makeScratch, READ, type Scratch} from './scratch.js'
import {history} from './turns.js'
import {planUndo, type UndoTarget} from './undo.js'

let fleet: Scratch
afterEach(() => fleet.remove())

const ADA = {name: 'Ada', email: 'ada@northwind.example'}
const MEMORY = 'workspaces/donna/MEMORY.md'

function turn(...changes: Change[]): string {
  clock.advance(60_000)
  const set = changeSet(changes)
  const [result] = commitChangeSets(fleet.home, [set], {clock})
  expect(result?.refused).toBe(null)
  return set.id
}

function undo(target: UndoTarget): {id: string; notUndone: readonly {turn: string; what: string; why: string}[]} {
  clock.advance(60_000)
  const plan = planUndo(fleet.home, target, {clock, author: ADA})
  const [result] = commitChangeSets(fleet.home, [plan.changeSet], {clock})
  expect(result).toMatchObject({refused: null, commit: expect.any(String)})
  expect(fleet.git('status', '--porcelain')).toBe('')
  return {id: plan.changeSet.id, notUndone: plan.notUndone}
}

const write = (rel: string, content: string): Change => ({kind: 'write', path: rel, content})

/** Thirty turns that all write the same log, each a file of its own, and one file that grows. */
function thirty(): string[] {
  let memory = ''
  return Array.from({length: 30}, (_, index) => {
    memory += `- fact ${index}\n`
    return turn(appendTo(LOG, `- turn ${index}\n`), write(`wiki/page-${index}.md`, `${index}\n`), write(MEMORY, memory))
  })
}

describe('a bad night', () => {
  test('one turn of thirty is taken back although all wrote the same log', () => {
    fleet = makeScratch()
    const turns = Array.from({length: 30}, (_, index) =>
      turn(appendTo(LOG, `- turn ${index}\n`), write(`wiki/page-${index}.md`, `${index}\n`)),
    )
    const log = fleet.text(LOG)
    const {id, notUndone} = undo({turns: [turns[0] ?? '']})
    expect(notUndone).toEqual([])
    expect(fleet.has('wiki/page-0.md')).toBe(false)
    expect(fleet.has('wiki/page-1.md')).toBe(true)
    expect(fleet.text(LOG)).toBe(`${log}- undone by ${id}: ${turns[0]}\n`)
    expect(fleet.git('show', '-s', '--format=%s%n%(trailers)', 'HEAD')).toContain(
      `Undo ${turns[0]} of donna: worked\nMcos-Agent: donna\nMcos-Turn: ${id}\nMcos-Trigger: undo\nMcos-Undoes: ${turns[0]}\n`,
    )
  })

  test('all thirty at once are one commit, quickly', () => {
    fleet = makeScratch()
    const since = clock.now() + 1
    const turns = thirty()
    const log = fleet.text(LOG)
    const commits = Number(fleet.git('rev-list', '--count', 'HEAD'))
    const started = performance.now()
    const {id} = undo({agent: 'donna', since})
    expectSoon(performance.now() - started, 10_000)
    expect(Number(fleet.git('rev-list', '--count', 'HEAD'))).toBe(commits + 1)
    expect(fleet.text(LOG)).toBe(`${log}- undone by ${id}: ${turns.join(', ')}\n`)
    expect(fleet.git('diff', '--stat', `HEAD~31`, 'HEAD', '--', '.', `:!${LOG}`)).toBe('')
    expect(history(fleet.home, {limit: 1})[0]?.undoes).toEqual([...turns].reverse())
  })

  test('an undo can be undone, and so on', () => {
    fleet = makeScratch()
    const one = turn(write(MEMORY, 'a\n'), appendTo(LOG, '- one\n'))
    const two = undo({turns: [one]})
    expect(fleet.has(MEMORY)).toBe(false)
    expect(() => undo({turns: [one]})).toThrow(
      expect.objectContaining({
        code: 'NOTHING_TO_UNDO',
        message: expect.stringMatching(/^t_\w+ was taken back already, by t_\w+\.$/),
        suggestions: [expect.stringMatching(/^mcos undo t_\w+ {3}# to have it back$/), 'mcos history'],
      }),
    )
    const three = undo({turns: [two.id]})
    expect(fleet.text(MEMORY)).toBe('a\n')
    expect(fleet.text(LOG)).toBe(
      `# 2026-11-21\n- one\n- undone by ${two.id}: ${one}\n- undone by ${three.id}: ${two.id}\n`,
    )
    undo({turns: [one]})
    expect(fleet.has(MEMORY)).toBe(false)
  })

  test('what has been taken back already is told, the rest is done', () => {
    fleet = makeScratch()
    const [one, two] = [turn(write('a.md', 'a\n')), turn(write('b.md', 'b\n'))]
    const first = undo({turns: [one]})
    expect(undo({turns: [one, two]}).notUndone).toEqual([
      {turn: one, what: 'the whole turn', why: `${first.id} has taken it back already`},
    ])
    expect(fleet.has('b.md')).toBe(false)
  })
})

describe('files that others have gone on with', () => {
  test('lines of later turns elsewhere in the file stay', () => {
    fleet = makeScratch()
    const body = (first: string, last: string) => `${first}\n\n\nmiddle\n\n\n${last}\n`
    turn(write(MEMORY, body('first', 'last')))
    const wrong = turn(write(MEMORY, body('wrong', 'last')))
    turn(write(MEMORY, body('wrong', 'newer')))
    undo({turns: [wrong]})
    expect(fleet.text(MEMORY)).toBe(body('first', 'newer'))
  })

  test('the same lines are a conflict that names file and later turn', () => {
    fleet = makeScratch()
    turn(write(MEMORY, 'a\n'))
    const wrong = turn(write(MEMORY, 'b\n'))
    const later = turn(write(MEMORY, 'c\n'))
    const attempt = () => planUndo(fleet.home, {turns: [wrong]}, {clock, author: ADA})
    expect(attempt).toThrow(
      expect.objectContaining({code: 'UNDO_CONFLICT', message: expect.stringContaining(`${MEMORY}: ${later}`)}),
    )
    undo({turns: [wrong, later]})
    expect(fleet.text(MEMORY)).toBe('a\n')
  })

  test('a file it made that was changed since is a conflict, and so is one it removed that is back', () => {
    fleet = makeScratch()
    const made = turn(write(MEMORY, 'a\n'))
    turn(write(MEMORY, 'b\n'))
    expect(() => undo({turns: [made]})).toThrow(expect.objectContaining({code: 'UNDO_CONFLICT'}))
    const removed = turn({kind: 'remove', path: MEMORY})
    turn(write(MEMORY, 'c\n'))
    expect(() => undo({turns: [removed]})).toThrow(expect.objectContaining({code: 'UNDO_CONFLICT'}))
  })

  test("a person's uncommitted edit is never overwritten", () => {
    fleet = makeScratch()
    const one = turn(write(MEMORY, 'a\n'))
    fleet.put(MEMORY, 'a\nada\n')
    expect(() => undo({turns: [one]})).toThrow(
      expect.objectContaining({code: 'UNCOMMITTED', message: expect.stringContaining(MEMORY)}),
    )
  })

  test('removed files and their modes come back', () => {
    fleet = makeScratch()
    fleet.put('run.sh', '#!/bin/sh\n', 0o755)
    fleet.git('add', 'run.sh')
    fleet.git('commit', '-qm', 'Script')
    undo({turns: [turn({kind: 'remove', path: 'run.sh'})]})
    expect(fleet.git('ls-tree', 'HEAD', 'run.sh')).toContain('100755')
  })
})

describe('messages', () => {
  test('a message that was read goes back to new', () => {
    fleet = makeScratch()
    const {notUndone} = undo({turns: [turn({kind: 'move', from: INBOX, to: READ})]})
    expect(notUndone).toEqual([])
    expect([fleet.has(INBOX), fleet.has(READ)]).toEqual([true, false])
    expect(fleet.git('show', '--name-status', '--format=', 'HEAD')).toBe(`R100\t${READ}\t${INBOX}\n`)
  })

  test('one that was sent and not yet taken disappears', () => {
    fleet = makeScratch()
    undo({turns: [turn(write('workspaces/jarvis/inbox/new/x.md', 'hi\n'))]})
    expect(fleet.has('workspaces/jarvis/inbox/new/x.md')).toBe(false)
  })

  test('one that its receiver has taken is listed and stays', () => {
    fleet = makeScratch()
    const sent = 'workspaces/jarvis/inbox/new/x.md'
    const one = turn(write(sent, 'hi\n'), write(MEMORY, 'told jarvis\n'))
    turn({kind: 'move', from: sent, to: 'workspaces/jarvis/inbox/cur/x.md'})
    expect(undo({turns: [one]}).notUndone).toEqual([{turn: one, what: sent, why: 'its receiver has taken it already'}])
    expect(fleet.has(MEMORY)).toBe(false)
    expect(fleet.has('workspaces/jarvis/inbox/cur/x.md')).toBe(true)
  })

  test('one that was moved on twice does not come back a second time', () => {
    fleet = makeScratch()
    const done = 'workspaces/donna/inbox/done/2026-11/m1.md'
    const one = turn({kind: 'move', from: INBOX, to: READ}, write(MEMORY, 'x\n'))
    const two = turn({kind: 'move', from: READ, to: done})
    expect(undo({turns: [one]}).notUndone).toEqual([{turn: one, what: READ, why: 'it has been moved on since'}])
    expect([fleet.has(INBOX), fleet.has(READ), fleet.has(done)]).toEqual([false, false, true])
    undo({turns: [two]})
    expect([fleet.has(INBOX), fleet.has(READ), fleet.has(done)]).toEqual([false, true, false])
  })

  test('both turns at once bring it back to new', () => {
    fleet = makeScratch()
    const turns = [
      turn({kind: 'move', from: INBOX, to: READ}),
      turn({kind: 'move', from: READ, to: 'workspaces/donna/inbox/done/2026-11/m1.md'}),
    ]
    undo({turns})
    expect(fleet.git('ls-files', 'workspaces/donna/inbox')).toBe(`${INBOX}\n`)
  })
})

test('what tells of effects outside stays and is listed', () => {
  fleet = makeScratch()
  const one = turn(
    write('approvals/01X/used.md', 'x\n'),
    write('usage/mini/2026-11.jsonl', '{}\n'),
    write('workspaces/donna/mail/2026-11-21.jsonl', '{}\n'),
    write('a.md', 'a\n'),
  )
  expect(
    undo({turns: [one]})
      .notUndone.map(({what}) => what)
      .sort(),
  ).toEqual(['approvals/01X/used.md', 'usage/mini/2026-11.jsonl', 'workspaces/donna/mail/2026-11-21.jsonl'])
  expect(fleet.has('usage/mini/2026-11.jsonl')).toBe(true)
})

test('what a triage has told stays with its records', () => {
  fleet = makeScratch()
  const told = 'workspaces/jarvis/inbox/new/20261121T083000Z-01X.md'
  const ledger = 'workspaces/donna/mail/2026-11-21.jsonl'
  const one = turn(write(ledger, '{}\n'), write(told, 'Urgent mail\n'), write('a.md', 'a\n'))
  expect(
    undo({turns: [one]})
      .notUndone.map(({what}) => what)
      .sort(),
  ).toEqual([ledger, told])
  expect([fleet.has(told), fleet.has('a.md')]).toEqual([true, false])
})

test('a turn is found by any unique beginning of its id, and the home may lie below the root', () => {
  fleet = makeScratch({prefix: 'ops/fleet'})
  writeFileSync(path.join(fleet.root, 'elsewhere.txt'), 'x')
  const one = turn(write('a.md', 'a\n'))
  clock.advance(86_400_000)
  turn(write('b.md', 'b\n'))
  fleet.git('add', path.join(fleet.root, 'elsewhere.txt'))
  fleet.git('commit', '-qm', 'Elsewhere')
  const plan = planUndo(fleet.home, {turns: [one.slice(2, 12).toLowerCase()]}, {clock, author: ADA})
  expect(plan.turns.map(({turn: id}) => id)).toEqual([one])
  expect(plan.changeSet.changes).toMatchObject([{kind: 'remove', path: 'a.md'}])
  expect(() => planUndo(fleet.home, {turns: [newTurnId(clock)]}, {clock, author: ADA})).toThrow(
    expect.objectContaining({code: 'NOT_FOUND'}),
  )
})
