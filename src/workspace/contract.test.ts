import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {DEFAULT_CONTRACT, effectiveContract, narrow, resolveContractPaths} from './contract.js'
import {parseSoul} from './parse-soul.js'
import type {Contract, Soul} from './soul.js'

const agent = {name: 'donna', path: 'workspaces/donna'}
const NOTHING: Contract = {
  reads: [],
  writes: [],
  hosts: [],
  commands: [],
  repos: [],
  may: [],
  ask: [],
  never: [],
  unsandboxed: false,
}

function soul(contract: Partial<Contract> | null): Soul {
  return {...parseSoul('# Donna\n', 'SOUL.md'), contract: contract && {...NOTHING, ...contract}}
}

function effective(disk: Parameters<typeof effectiveContract>[0]['disk'], committed: typeof disk) {
  return effectiveContract({agent, disk, committed})
}

describe('whose word counts', () => {
  test('a contract that was committed and is lost, emptied or broken means no', () => {
    const committed = soul({may: ['message']})
    expect(effective(null, committed)).toEqual({kind: 'deny', reason: 'the file that held its contract is gone'})
    expect(effective(soul(null), committed)).toEqual({
      kind: 'deny',
      reason: 'its committed contract is gone from the file',
    })
    expect(effective('broken', committed)).toEqual({kind: 'deny', reason: "its contract can't be read"})
    expect(effective(soul({}), 'broken').kind).toBe('deny')
    expect(effective('broken', null).kind).toBe('deny')
  })

  test('without any contract the default one holds', () => {
    const expected = {kind: 'contract', contract: DEFAULT_CONTRACT(agent), waiting: []}
    expect(effective(null, null)).toEqual(expected)
    expect(effective(soul(null), soul(null))).toEqual(expected)
    expect(effective(soul(null), null)).toEqual(expected)
  })

  test('what the disk takes away is gone at once, what it adds waits for a commit', () => {
    const committed = soul({reads: ['wiki/**'], may: ['message', 'mail.*'], hosts: ['*.example'], never: ['shell']})
    const disk = soul({
      reads: ['wiki/flow/**', 'keys/**'],
      may: ['mail.label', 'task.create'],
      hosts: ['a.example', 'evil.test'],
      ask: ['http.post'],
      unsandboxed: true,
    })
    expect(effective(disk, committed)).toEqual({
      kind: 'contract',
      contract: {
        ...NOTHING,
        reads: ['wiki/flow/**'],
        may: ['mail.label'],
        hosts: ['a.example'],
        ask: ['http.post'],
        never: ['shell'],
      },
      waiting: ['reads: keys/**', 'hosts: evil.test', 'may: task.create', 'unsandboxed: true'],
    })
  })

  test('a first contract that nobody has committed can only narrow the default one', () => {
    const disk = soul({reads: ['**'], writes: ['workspaces/donna/notes/**'], may: ['message', 'shell']})
    expect(effective(disk, null)).toMatchObject({
      contract: {reads: ['workspaces/donna/**'], writes: ['workspaces/donna/notes/**'], may: ['message']},
      waiting: ['reads: **', 'may: shell'],
    })
  })
})

describe('what covers what', () => {
  const both = (base: Partial<Contract>, wanted: Partial<Contract>) =>
    narrow({...NOTHING, ...base}, {...NOTHING, ...wanted})

  test.each([
    ['wiki/**', 'wiki/../keys/**', []],
    ['wiki/**', 'wikis/**', []],
    ['wiki/**', '**', ['wiki/**']],
    ['wiki/*.md', 'wiki/a.md', []],
    ['wiki/**', 'wiki/{a,../../b}/**', []],
    ['**', 'wiki/a.md', ['wiki/a.md']],
  ])('reads %j and %j', (base, wanted, reads) => {
    expect(both({reads: [base]}, {reads: [wanted]}).reads).toEqual(reads)
  })

  test.each([
    ['git', 'git status', ['git status']],
    ['git', 'gitk', []],
    ['git status', 'git', ['git status']],
    ['npm', 'npm "run x"', []],
  ])('commands %j and %j', (base, wanted, commands) => {
    expect(both({commands: [base]}, {commands: [wanted]}).commands).toEqual(commands)
  })

  test('a star for hosts covers names below it, never the bare end of another', () => {
    expect(both({hosts: ['*.example']}, {hosts: ['a.example', 'aexample', 'example', 'x/.example']}).hosts).toEqual([
      'a.example',
    ])
  })
})

test("in a flat home an agent's own workspace is the home itself", () => {
  const contract = {
    ...NOTHING,
    reads: ['workspaces/donna/**', 'workspaces/flow/**'],
    writes: ['workspaces/donna/memory/**'],
  }
  expect(resolveContractPaths(contract, {name: 'donna', path: '.'})).toMatchObject({
    reads: ['**', 'workspaces/flow/**'],
    writes: ['memory/**'],
  })
  expect(resolveContractPaths(contract, agent)).toBe(contract)
})

test('narrowing never adds a word that either side does not have, and doing it twice changes nothing', () => {
  const words = fc.uniqueArray(
    fc.constantFrom('mail.*', 'mail.label', 'mail.move', 'message', 'alert.P3', 'mcp.*', 'mcp.a.b'),
  )
  const contracts = fc.record({may: words, ask: words, never: words, unsandboxed: fc.boolean()})
  fc.assert(
    fc.property(contracts, contracts, (base, wanted) => {
      const once = narrow({...NOTHING, ...base}, {...NOTHING, ...wanted})
      for (const word of once.may) expect([...base.may, ...wanted.may]).toContain(word)
      expect(new Set(once.never)).toEqual(new Set([...base.never, ...wanted.never]))
      expect(once.unsandboxed).toBe(base.unsandboxed && wanted.unsandboxed)
      const twice = narrow(once, {...NOTHING, ...wanted})
      expect(new Set(twice.may)).toEqual(new Set(once.may))
    }),
  )
})
