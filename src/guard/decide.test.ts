import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {Contract} from '../workspace/soul.js'
import {NO_FACTS} from './action.js'
import {decide as decideBy} from './decide.js'
import {lawOfContract, mayDo, mayFetch, mayRead, mayWrite} from './may.js'

const donna = {name: 'donna', path: 'workspaces/donna'}

function decide({
  contract: held,
  agent,
  verb,
  target,
}: {
  contract: Contract | null
  agent: typeof donna
  verb: string
  target: string
}) {
  return decideBy(lawOfContract(held, agent), {verb, target}, NO_FACTS)
}

function contract(parts: Partial<Contract>): Contract {
  return {
    reads: ['workspaces/donna/**', 'wiki/**'],
    writes: ['workspaces/donna/**'],
    hosts: [],
    commands: [],
    repos: [],
    may: [],
    ask: [],
    never: [],
    unsandboxed: false,
    ...parts,
  }
}

describe('words', () => {
  const words = contract({
    may: ['message', 'mail.*', 'shell'],
    ask: ['mail.send', 'http.post'],
    never: ['shell', 'mail.delete'],
  })

  test.each([
    ['allows what it may', 'message', 'allow'],
    ['takes a star as everything below', 'mail.label', 'allow'],
    ['asks before it may', 'mail.send', 'ask'],
    ['asks for what is only asked', 'http.post', 'ask'],
    ['never, although it may', 'shell', 'deny'],
    ['never, below a word too', 'shell.run', 'deny'],
    ['never, in any case', 'MAIL.DELETE', 'deny'],
    ['takes what opens narrowly', 'message.relay', 'deny'],
    ['denies what no line names', 'task.create', 'deny'],
    ['does not take a prefix for a word', 'mailbox', 'deny'],
  ])('%s', (_, verb, effect) => {
    expect(decide({contract: words, agent: donna, verb, target: 'x'}).effect).toBe(effect)
  })

  test('the answer names the line that decided', () => {
    expect(decide({contract: words, agent: donna, verb: 'shell', target: 'x'})).toEqual({
      effect: 'deny',
      rule: 'never: shell',
      file: null,
      line: null,
      reason: 'donna never does shell',
    })
    expect(decide({contract: words, agent: donna, verb: 'task.create', target: 'x'})).toEqual({
      effect: 'deny',
      rule: null,
      file: null,
      line: null,
      reason: "task.create is not among the contract's may",
    })
  })

  test('what no line opens is told with the file and the key that would have to', () => {
    const text = '---\ncontract:\n  reads: [wiki/**]\n  commands: [ls]\n  may:\n    - message\n---\n'
    const law = {...lawOfContract(contract({hosts: ['a.example']}), donna), soul: {file: 'SOUL.md', text}}
    const told = (verb: string, target: string) => {
      const {effect, rule, file, line, reason} = decideBy(law, {verb, target}, NO_FACTS)
      expect([effect, rule]).toEqual(['deny', null])
      return [reason.replace(" is not among the contract's", ':'), file, line]
    }
    expect(told('git.push', 'x')).toEqual(['git.push: may', 'SOUL.md', 5])
    expect(told('deploy', 'x')).toEqual(['deploy: may', 'SOUL.md', 5])
    expect(told('run', 'npm test')).toEqual(['npm test: commands', 'SOUL.md', 4])
    expect(told('run', 'a.example')).toEqual(['a.example: commands', 'SOUL.md', 4])
    expect(told('read', 'other/a.md')).toEqual(['other/a.md: reads', 'SOUL.md', 3])
    expect(told('delete', 'other/a.md')).toEqual(['other/a.md: writes', 'SOUL.md', null])
    expect(told('fetch', 'b.example')).toEqual(['b.example: hosts', 'SOUL.md', null])
    expect(told('http.get', 'b.example')).toEqual(['b.example: hosts', 'SOUL.md', null])
    expect(told('http.post', 'a.example')).toEqual(['http.post: may', 'SOUL.md', 5])
    const bare = {...law, soul: {file: 'SOUL.md', text: '# Donna\n'}}
    expect(decideBy(bare, {verb: 'deploy', target: 'x'}, NO_FACTS)).toMatchObject({file: null, line: null})
  })

  test('without a contract that can be read nothing is allowed', () => {
    expect(decide({contract: null, agent: donna, verb: 'read', target: 'workspaces/donna/a.md'}).effect).toBe('deny')
    expect(mayDo(lawOfContract(null, donna), 'message')).toBe(false)
    expect(mayFetch(lawOfContract(null, donna), 'a.example')).toBe(false)
  })

  test('another never or ask closes more, never less, and never always wins', () => {
    const word = fc.constantFrom('mail', 'mail.send', 'mail.*', 'shell', 'message')
    const list = fc.array(word, {maxLength: 4})
    const rank = {deny: 0, ask: 1, allow: 2}
    const ask = (parts: Partial<Contract>, verb: string) =>
      decide({contract: contract(parts), agent: donna, verb, target: 'x'}).effect
    fc.assert(
      fc.property(list, list, list, word, word, (may, asks, never, verb, extra) => {
        const before = ask({may, ask: asks, never}, verb)
        if (never.includes(verb)) expect(before).toBe('deny')
        if (may.length + asks.length === 0) expect(before).toBe('deny')
        expect(rank[ask({may, ask: asks, never: [...never, extra]}, verb)]).toBeLessThanOrEqual(rank[before])
        if (before === 'allow') expect(ask({may, ask: [...asks, verb], never}, verb)).toBe('ask')
      }),
    )
  })
})

describe('hosts', () => {
  const hosts = lawOfContract(
    contract({
      hosts: [
        'app.example.com',
        '*.status.example',
        '127.0.0.1:8080',
        '[::1]:9',
        'B\u00fccher.example',
        'tls.example:443',
        '*',
        'https://x.example',
        'u@y.example',
      ],
    }),
    donna,
  )

  test.each([
    ['app.example.com', true],
    ['APP.example.com.:8443', true],
    ['evil-app.example.com', false],
    ['app.example.com.evil.example', false],
    ['a.b.status.example:443', true],
    ['status.example', false],
    ['evilstatus.example', false],
    ['127.0.0.1:8080', true],
    ['127.1:8080', true],
    ['127.0.0.1:8081', false],
    ['127.0.0.1', false],
    ['[::1]:9', true],
    ['[0:0:0:0:0:0:0:1]:9', true],
    ['[::1]:10', false],
    ['xn--bcher-kva.example', true],
    ['tls.example:443', true],
    ['tls.example:80', false],
    ['x.example', false],
    ['y.example', false],
    ['u@app.example.com', false],
    ['', false],
    ['app.example.com/..', false],
  ])('%s: %s', (host, expected) => {
    expect(mayFetch(hosts, host)).toBe(expected)
  })
})

describe('paths', () => {
  const reach = lawOfContract(contract({}), donna)

  test.each([
    ['workspaces/donna/notes/a.md', true, true],
    ['workspaces/donna/MEMORY.md', true, true],
    ['workspaces/donna/SOUL.md', true, false],
    ['workspaces/donna/soul.MD', true, false],
    ['workspaces/donna/\u017foul.md', true, false],
    ['workspaces/donna/SOUL\u200d.md', true, false],
    ['workspaces/donna/HEARTBEAT.md. ', true, false],
    ['workspaces/donna/PARKED.md', true, false],
    ['workspaces/donna/Parked.md', true, false],
    ['workspaces/donna/.git/config', false, false],
    ['workspaces/donna/.GIT\u200c/config', false, false],
    ['workspaces/donna/.mcos/keys/donna.key', false, false],
    ['workspaces/donna/.gitattributes', true, false],
    ['workspaces/donna/a\nb.md', true, false],
    ['workspaces/donna/a\u0085b.md', true, false],
    ['workspaces/donna/.claude/settings.json', true, false],
    ['workspaces/donna/.Claude/settings.json', true, false],
    ['workspaces/donna/.mcp.json', true, false],
    ['workspaces/donna/CLAUDE.md', true, false],
    ['workspaces/donna/notes/gemini.MD', true, false],
    ['workspaces/donna/AGENTS.override.md', true, false],
    ['workspaces/donna/.codex/config.toml', true, false],
    ['workspaces/donna/.vscode/tasks.json', true, false],
    ['workspaces/donna/.envrc', true, false],
    ['workspaces/donna/claude.txt', true, true],
    ['wiki/a.md', true, false],
    ['workspaces/mike/MEMORY.md', false, false],
    ['workspaces/donna/../mike/MEMORY.md', false, false],
    ['workspaces/donna//a.md', false, false],
    ['/workspaces/donna/a.md', false, false],
    ['workspaces/donna/a\\..\\b', false, false],
    ['', false, false],
  ])('%s: read %s, write %s', (path, read, write) => {
    expect([mayRead(reach, path), mayWrite(reach, path)]).toEqual([read, write])
  })

  test('the widest contract opens neither private nor operated places', () => {
    const wide = lawOfContract(contract({reads: ['**'], writes: ['**'], ask: []}), donna)
    for (const path of ['.mcos/keys/donna.key', '.git/config', 'a/.git/HEAD']) expect(mayRead(wide, path)).toBe(false)
    for (const path of [
      'mcos.yaml',
      'keys/donna.pub',
      'Keys/donna.pub',
      'guardrails/x.md',
      'approvals/1/answer.md',
      '.github/workflows/x.yml',
      '.lfsconfig',
    ]) {
      expect(mayWrite(wide, path)).toBe(false)
    }
    expect(mayWrite(wide, 'wiki/a.md')).toBe(true)
  })

  test('the answer names the file that is closed', () => {
    const wide = lawOfContract(contract({reads: ['**'], writes: ['**']}), donna)
    const told = (verb: string, target: string) => decideBy(wide, {verb, target}, NO_FACTS).reason
    expect(told('write', 'workspaces/donna/SOUL.md')).toBe(
      'workspaces/donna/SOUL.md: the operator writes this file, agents never do',
    )
    expect(told('read', '.mcos/keys/donna.key')).toMatch(/^\.mcos\/keys\/donna\.key: what lies in \.mcos/)
  })

  test('not even asking opens a private place', () => {
    const asks = lawOfContract(contract({ask: ['read', 'write']}), donna)
    expect(decide({...asks, verb: 'write', target: 'workspaces/donna/SOUL.md'}).effect).toBe('deny')
    expect(decide({...asks, verb: 'write', target: 'elsewhere/a.md'}).effect).toBe('ask')
  })

  test("what became of an agent's mail is written by code alone, in whosever folder and however it is spelled", () => {
    const wide = {
      ...lawOfContract(contract({reads: ['**'], writes: ['**'], ask: ['write', 'delete']}), donna),
      others: [{name: 'mike', path: 'workspaces/mike'}],
    }
    const told = (verb: string, target: string) => decideBy(wide, {verb, target}, NO_FACTS)
    for (const path of [
      'workspaces/donna/mail/2026-11-21.jsonl',
      'workspaces/donna/mail/2026-11-21.md',
      'workspaces/mike/mail/2026-11-21.jsonl',
      'Workspaces/Donna/MAIL/x',
      'workspaces/donna/ma\u200bil/x',
      'workspaces/donna/mail',
      'workspaces/donna/mail/',
      'workspaces/donna/MAIL.md',
    ]) {
      for (const verb of ['write', 'delete']) expect([path, told(verb, path).effect]).toEqual([path, 'deny'])
      expect(told('read', path).effect).toBe('allow')
    }
    expect(told('write', 'workspaces/donna/mail/a.md').reason).toBe(
      'workspaces/donna/mail/a.md: what became of mail is written down by mcos email alone',
    )
    for (const path of [
      'workspaces/donna/notes/mail/a.md',
      'workspaces/donna/mails.md',
      'wiki/mail/a.md',
      'wiki/mail.md',
    ])
      expect(told('write', path).effect).toBe('ask')
    const flat = lawOfContract(contract({writes: ['**']}), {name: 'donna', path: '.'})
    expect(decideBy(flat, {verb: 'write', target: 'mail/a.jsonl'}, NO_FACTS).effect).toBe('deny')
  })

  test('workspaces/<itself>/ is the own folder wherever it lies', () => {
    const flat = lawOfContract(contract({}), {name: 'donna', path: '.'})
    expect(mayRead(flat, 'notes/a.md')).toBe(true)
    expect(mayWrite(flat, 'mcos.yaml')).toBe(false)
    const moved = lawOfContract(contract({}), {name: 'donna', path: 'people/donna'})
    expect(mayRead(moved, 'people/donna/a.md')).toBe(true)
    expect(mayRead(moved, 'people/mike/a.md')).toBe(false)
  })
})

describe('commands', () => {
  const commands = contract({commands: ['npm test', 'git', 'git push']})

  test.each([
    ['npm test', true],
    ['npm test -- --run', true],
    ['npm tester', false],
    ['npm', false],
    ['npm test; rm -rf .', false],
    ['git status', true],
    ['git -c core.pager=x status', false],
    ['git push --force-with-lease', false],
    ['git push -uf origin', false],
    ['git push origin +main', false],
    ['git push origin main', true],
    ['git push -u origin main', true],
    ['git log --oneline -3 --text', true],
    ['git diff --stat HEAD~1', true],
    ['git grep -n boiler', true],
    ['git push --forc', false],
    ['git push --rec=touch', false],
    ['git grep -Otouch x', false],
    ['git grep --open=touch x', false],
    ['git diff --ext-diff', false],
    ['git diff --no-index /etc/passwd a', false],
    ['git log --outpu=/tmp/x', false],
    ['git config alias.x !touch', false],
    ['git -p config core.pager touch', false],
    ['git difftool -x touch', false],
    ['git rebase -x touch main', false],
    ['git fetch ext::touch', false],
    ['git ls-remote --upload-pa=touch .', false],
    ['git submodule foreach touch', false],
    ['git bisect run touch', false],
    ['git --exec-path=/tmp status', false],
  ])('%s: %s', (target, expected) => {
    expect(decide({contract: commands, agent: donna, verb: 'run', target}).effect).toBe(expected ? 'allow' : 'deny')
  })
})

describe('whole trees', () => {
  const whole = {...lawOfContract(contract({writes: ['**']}), donna), others: [{name: 'mike', path: 'workspaces/mike'}]}

  test.each([
    ['delete', 'workspaces/donna/tmp/', 'allow'],
    ['write', 'workspaces/donna/tmp/', 'allow'],
    ['delete', 'workspaces/donna/', 'deny'],
    ['write', 'workspaces/donna/', 'deny'],
    ['write', 'Workspaces/Donna/', 'deny'],
    ['delete', 'workspaces/', 'deny'],
    ['delete', 'workspaces/mike/', 'deny'],
    ['delete', './', 'deny'],
    ['delete', 'wiki/', 'allow'],
    ['delete', 'guardrails/', 'deny'],
  ])('%s %s: %s, for it may hold what the operator writes', (verb, target, effect) => {
    expect(decideBy(whole, {verb, target}, NO_FACTS).effect).toBe(effect)
  })

  test('of an agent that is the whole home, only the home itself', () => {
    const flat = lawOfContract(contract({writes: ['**']}), {name: 'donna', path: '.'})
    expect(decideBy(flat, {verb: 'delete', target: 'tmp/'}, NO_FACTS).effect).toBe('allow')
    expect(decideBy(flat, {verb: 'delete', target: './'}, NO_FACTS).effect).toBe('deny')
  })
})
