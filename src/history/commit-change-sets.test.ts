import {execFileSync} from 'node:child_process'
import {chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, unlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {afterEach, describe, expect, test} from 'vitest'
import {contentHash} from '../kit/hash.js'
import type {Change} from '../workspace/change.js'
import {COMMIT_PLACEHOLDER} from './change-set.js'
import {commitChangeSets} from './commit-change-sets.js'
import {hasJournal} from './journal.js'
import {appendTo, changeSet, clock, INBOX, LOG, makeScratch, READ, type Scratch} from './scratch.js'

const made: Scratch[] = []
afterEach(() => {
  for (const scratch of made.splice(0)) scratch.remove()
})

function scratch(options?: Parameters<typeof makeScratch>[0]): Scratch {
  const one = makeScratch(options)
  made.push(one)
  return one
}

const move: Change = {kind: 'move', from: INBOX, to: READ}
const commit = ({home}: Scratch, ...changes: Change[]) => {
  const [result] = commitChangeSets(home, [changeSet(changes)], {clock})
  if (!result) throw new Error('no result')
  return result
}

test('a turn is one commit with its files, author and trailers, and the work tree is clean', () => {
  const fleet = scratch()
  const set = changeSet([
    appendTo(LOG, '- did it\n'),
    move,
    {kind: 'write', path: 'workspaces/donna/WORKSTATE.md', content: 'goal\n'},
  ])
  const onto = fleet.git('rev-parse', 'HEAD').trim()
  const [result] = commitChangeSets(fleet.home, [set], {clock})
  expect(result).toEqual({id: set.id, commit: fleet.git('rev-parse', 'HEAD').trim(), onto, refused: null})
  expect(fleet.git('show', '--format=%an <%ae>%n%aI%n%B', '--name-status', 'HEAD')).toBe(
    `donna <donna@northwind.mcos>
2026-11-21T08:30:00+00:00
donna: worked

Mcos-Agent: donna
Mcos-Turn: ${set.id}


A	workspaces/donna/WORKSTATE.md
R100	${INBOX}	${READ}
M	${LOG}
`,
  )
  expect(fleet.git('status', '--porcelain')).toBe('')
  expect(fleet.text(LOG)).toBe('# 2026-11-21\n- did it\n')
  expect(hasJournal(fleet.home)).toBe(false)
  expect(readdirSync(path.join(fleet.home, '.mcos/locks'))).toEqual(['_commit.fence'])
})

test('a set that changes nothing makes no commit, and its local writes are made', () => {
  const fleet = scratch()
  const head = fleet.git('rev-parse', 'HEAD')
  const set = changeSet([{kind: 'write', path: 'mcos.yaml', content: 'version: 1\n'}], {
    local: [{path: 'runs/x.jsonl', appendLine: JSON.stringify({commit: COMMIT_PLACEHOLDER})}],
  })
  expect(commitChangeSets(fleet.home, [set], {clock})[0]?.commit).toBe(null)
  expect(commitChangeSets(fleet.home, [{...set, changes: []}], {clock})[0]?.commit).toBe(null)
  expect(fleet.git('rev-parse', 'HEAD')).toBe(head)
  expect(fleet.text('.mcos/runs/x.jsonl')).toBe('{"commit":null}\n{"commit":null}\n')
})

test('many sets in one call are one commit each, in order, on the same log too', () => {
  const fleet = scratch()
  const sets = Array.from({length: 30}, (_, index) =>
    changeSet([appendTo(LOG, `- turn ${index}\n`)], {
      local: [{path: 'runs/x.jsonl', appendLine: JSON.stringify({index, commit: COMMIT_PLACEHOLDER})}],
    }),
  )
  const results = commitChangeSets(fleet.home, sets, {clock})
  const listed = fleet.git('rev-list', '--reverse', 'HEAD').trim().split('\n').slice(1)
  expect(results.map(({commit}) => commit)).toEqual(listed)
  expect(fleet.committed(LOG, listed[9])).toBe(`# 2026-11-21\n${lines(10)}`)
  expect(fleet.committed(LOG)).toBe(fleet.text(LOG))
  expect(fleet.text('.mcos/runs/x.jsonl')).toBe(
    listed.map((commit, index) => `${JSON.stringify({index, commit})}\n`).join(''),
  )
  expect(fleet.git('status', '--porcelain')).toBe('')
})

describe('a person at work in the same files', () => {
  test('their staged, unstaged and untracked files are never swept in', () => {
    const fleet = scratch()
    fleet.put('wiki/a.md', 'staged\n')
    fleet.git('add', 'wiki/a.md')
    fleet.put('mcos.yaml', 'version: 1\nname: x\n')
    fleet.put('notes.txt', 'mine\n')
    const before = fleet.git('status', '--porcelain')
    expect(commit(fleet, appendTo(LOG, '- did it\n')).commit).not.toBe(null)
    expect(fleet.git('status', '--porcelain')).toBe(before)
    expect(fleet.git('show', '--name-only', '--format=', 'HEAD')).toBe(`${LOG}\n`)
  })

  test('an append leaves their uncommitted lines uncommitted and in place', () => {
    const fleet = scratch()
    fleet.put(LOG, '# 2026-11-21\nada was here\n')
    commit(fleet, appendTo(LOG, '- did it\n'))
    expect(fleet.committed(LOG)).toBe('# 2026-11-21\n- did it\n')
    expect(fleet.text(LOG)).toBe('# 2026-11-21\nada was here\n- did it\n')
    expect(fleet.git('diff', LOG)).toContain('+ada was here')
    expect(fleet.git('status', '--porcelain')).toBe(` M ${LOG}\n`)
  })

  test('their staged version of a log keeps their lines and gains ours', () => {
    const fleet = scratch()
    fleet.put(LOG, '# 2026-11-21\nstaged by ada\n')
    fleet.git('add', LOG)
    fleet.put(LOG, '# 2026-11-21\nstaged by ada\nnot staged')
    commit(fleet, appendTo(LOG, '- did it\n'))
    expect(fleet.git('show', `:./${LOG}`)).toBe('# 2026-11-21\nstaged by ada\n- did it\n')
    expect(fleet.text(LOG)).toBe('# 2026-11-21\nstaged by ada\nnot staged\n- did it\n')
    fleet.git('commit', '-qm', 'Ada')
    expect(fleet.committed(LOG)).toBe('# 2026-11-21\nstaged by ada\n- did it\n')
  })

  test.each<[string, (fleet: Scratch) => void, Change]>([
    [
      'an edited file',
      (fleet) => fleet.put('mcos.yaml', 'version: 2\n'),
      {kind: 'write', path: 'mcos.yaml', content: ''},
    ],
    ['a staged file', (fleet) => stage(fleet, 'mcos.yaml', 'version: 2\n'), {kind: 'remove', path: 'mcos.yaml'}],
    ['a version that is only staged', (fleet) => stageOnly(fleet), {kind: 'write', path: 'mcos.yaml', content: ''}],
    ['an untracked file', (fleet) => fleet.put('new.md', 'x'), {kind: 'write', path: 'new.md', content: 'y'}],
    ['a message they corrected', (fleet) => fleet.put(INBOX, 'hello, Donna\n'), move],
  ])('%s is not overwritten, removed or moved: the set is refused and names it', (_, prepare, change) => {
    const fleet = scratch()
    prepare(fleet)
    const before = [fleet.git('status', '--porcelain'), fleet.git('rev-parse', 'HEAD')]
    const refused = commit(fleet, appendTo(LOG, '- lost\n'), change).refused
    expect(refused).toMatchObject({code: 'UNCOMMITTED', path: change.kind === 'move' ? change.from : change.path})
    expect([fleet.git('status', '--porcelain'), fleet.git('rev-parse', 'HEAD')]).toEqual(before)
    expect(hasJournal(fleet.home)).toBe(false)
  })

  test('one refused set does not stop its neighbours', () => {
    const fleet = scratch()
    fleet.put('mcos.yaml', 'version: 2\n')
    const sets = [
      changeSet([{kind: 'write', path: 'mcos.yaml', content: ''}]),
      changeSet([appendTo(LOG, '- did it\n')]),
      changeSet([{kind: 'write', path: '../outside.md', content: ''}]),
      changeSet([{kind: 'write', path: '.mcos/keys/a', content: ''}]),
    ]
    expect(commitChangeSets(fleet.home, sets, {clock}).map(({refused}) => refused?.code ?? 'done')).toEqual([
      'UNCOMMITTED',
      'done',
      'PATH_ESCAPE',
      'PATH_ESCAPE',
    ])
  })

  test('a file they deleted in their index stays deleted there', () => {
    const fleet = scratch()
    fleet.git('rm', '-q', '--cached', LOG)
    commit(fleet, appendTo(LOG, '- did it\n'))
    expect(fleet.git('diff', '--cached', '--name-status')).toBe(`D\t${LOG}\n`)
  })

  test('a message that was delivered but never committed is moved and committed', () => {
    const fleet = scratch()
    fleet.put('workspaces/donna/inbox/new/m2.md', 'bulk\n')
    const result = commit(fleet, {
      kind: 'move',
      from: 'workspaces/donna/inbox/new/m2.md',
      to: 'workspaces/donna/inbox/cur/m2.md',
    })
    expect(result.refused).toBe(null)
    expect(fleet.committed('workspaces/donna/inbox/cur/m2.md')).toBe('bulk\n')
    expect(fleet.git('status', '--porcelain')).toBe('')
  })

  test('an unresolved conflict is left to them', () => {
    const fleet = scratch()
    conflictFromStash(fleet)
    expect(commit(fleet, appendTo(LOG, '- did it\n')).refused).toMatchObject({code: 'GIT_BUSY', path: LOG})
  })

  test('their index lock is waited for a moment, then the next run follows up', () => {
    const fleet = scratch()
    const lock = path.join(fleet.root, '.git/index.lock')
    writeFileSync(lock, '')
    expect(commit(fleet, appendTo(LOG, '- one\n')).commit).not.toBe(null)
    expect(hasJournal(fleet.home)).toBe(true)
    unlinkSync(lock)
    commit(fleet, appendTo(LOG, '- two\n'))
    expect(hasJournal(fleet.home)).toBe(false)
    expect(fleet.git('status', '--porcelain')).toBe('')
    expect(fleet.text(LOG)).toBe('# 2026-11-21\n- one\n- two\n')
    expect(fleet.git('rev-list', '--count', 'HEAD')).toBe('3\n')
  })
})

describe('what stands in the way', () => {
  test('a plan that no longer fits the disk is refused', () => {
    const fleet = scratch()
    const stale = contentHash('version: 0\n')
    expect(commit(fleet, {kind: 'write', path: 'mcos.yaml', content: '', expect: stale}).refused?.code).toBe('CONFLICT')
    expect(commit(fleet, {kind: 'write', path: 'mcos.yaml', content: '', expect: null}).refused?.code).toBe('CONFLICT')
    expect(commit(fleet, {kind: 'move', from: 'gone.md', to: 'x.md'}).refused).toMatchObject({
      code: 'CONFLICT',
      path: 'gone.md',
    })
    expect(commit(fleet, {kind: 'move', from: INBOX, to: 'mcos.yaml'}).refused?.code).toBe('CONFLICT')
  })

  test('links are not followed', () => {
    const fleet = scratch()
    symlinkSync('/etc', path.join(fleet.home, 'out'))
    expect(commit(fleet, {kind: 'write', path: 'out/x', content: ''}).refused?.code).toBe('PATH_LINK')
  })

  test.each([
    ['MERGE_HEAD', 'GIT_BUSY'],
    ['CHERRY_PICK_HEAD', 'GIT_BUSY'],
    ['REVERT_HEAD', 'GIT_BUSY'],
    ['BISECT_LOG', 'GIT_BUSY'],
  ])('%s means %s and changes nothing', (file, code) => {
    const fleet = scratch()
    writeFileSync(path.join(fleet.root, '.git', file), '')
    expect(() => commit(fleet, appendTo(LOG, '- x\n'))).toThrow(expect.objectContaining({code, exit: 1}))
    expect(fleet.text(LOG)).toBe('# 2026-11-21\n')
  })

  test('a rebase and a detached HEAD are told apart', () => {
    const fleet = scratch()
    fleet.git('checkout', '-q', '--detach')
    expect(() => commit(fleet, appendTo(LOG, '- x\n'))).toThrow(
      expect.objectContaining({code: 'GIT_DETACHED', exit: 1}),
    )
    mkdirSync(path.join(fleet.root, '.git/rebase-merge'))
    expect(() => commit(fleet, appendTo(LOG, '- x\n'))).toThrow(expect.objectContaining({code: 'GIT_BUSY'}))
  })
})

describe('repositories of every shape', () => {
  test('a fleet below the root of a larger repository', () => {
    const fleet = scratch({prefix: 'ops/my fleet'})
    writeFileSync(path.join(fleet.root, 'main.c'), 'int main;\n')
    expect(commit(fleet, appendTo(LOG, '- did it\n'), move).commit).not.toBe(null)
    expect(fleet.committed(LOG)).toBe('# 2026-11-21\n- did it\n')
    expect(fleet.git('status', '--porcelain')).toBe('?? main.c\n')
  })

  test('a repository without a commit, and one without an index', () => {
    const fleet = scratch({commit: false})
    expect(commit(fleet, {kind: 'write', path: 'a.md', content: 'a\n'}).commit).not.toBe(null)
    expect(fleet.git('ls-tree', '-r', '--name-only', 'HEAD')).toBe('a.md\n')
    commit(fleet, {kind: 'append', path: 'new/log.md', text: '- x\n', header: '# Log\n'})
    expect(fleet.committed('new/log.md')).toBe('# Log\n- x\n')
    expect(fleet.git('ls-files')).toBe('a.md\nnew/log.md\n')
  })

  test('SHA-256', () => {
    const fleet = scratch({init: ['-b', 'main', '--object-format=sha256']})
    fleet.put(LOG, '# 2026-11-21\nstaged\n')
    fleet.git('add', LOG)
    expect(commit(fleet, appendTo(LOG, '- did it\n'), move).commit).toHaveLength(64)
    expect(fleet.git('show', `:./${LOG}`)).toBe('# 2026-11-21\nstaged\n- did it\n')
    expect(fleet.git('fsck', '--strict', '--no-dangling')).toBe('')
  })

  test('a linked work tree and packed refs', () => {
    const fleet = scratch()
    fleet.git('pack-refs', '--all')
    fleet.git('worktree', 'add', '-q', '-b', 'side', 'side')
    const side = path.join(fleet.home, 'side')
    const [result] = commitChangeSets(side, [changeSet([appendTo(LOG, '- side\n')])], {clock})
    expect(fleet.git('rev-parse', 'side').trim()).toBe(result?.commit)
    expect(execFileSync('git', ['status', '--porcelain'], {cwd: side, encoding: 'utf8'})).toBe('')
    expect(commit(fleet, appendTo(LOG, '- main\n')).commit).not.toBe(null)
    expect(fleet.committed(LOG)).toBe('# 2026-11-21\n- main\n')
  })

  test('names with spaces, quotes, backslashes and every alphabet', () => {
    const fleet = scratch()
    const names = [
      'a b.md',
      'q"uote.md',
      'back\\slash.md',
      'zażółć 日本 🙂.md',
      "it's.md",
      '-dash.md',
      'x~1.md',
      'y^{tree}.md',
      'HEAD',
      ':0:x',
      '@{1}',
      'n-g1234567',
    ]
    const changes = names.map((name): Change => ({kind: 'write', path: `wiki/${name}`, content: name}))
    expect(commit(fleet, ...changes).commit).not.toBe(null)
    expect(fleet.git('ls-tree', '-z', '--name-only', 'HEAD:wiki').split('\0').filter(Boolean).sort()).toEqual(
      [...names].sort(),
    )
    expect(commit(fleet, ...names.map((name) => appendTo(`wiki/${name}`, '\nmore\n'))).commit).not.toBe(null)
    for (const name of names) expect(fleet.text(`wiki/${name}`)).toBe(`${name}\n\nmore\n`)
    expect(fleet.git('status', '--porcelain')).toBe('')
  })

  test('modes survive writes, appends and moves', () => {
    const fleet = scratch()
    fleet.put('run.sh', '#!/bin/sh\n', 0o755)
    fleet.git('add', 'run.sh')
    fleet.git('commit', '-qm', 'Script')
    commit(fleet, appendTo('run.sh', 'true\n'))
    commit(fleet, {kind: 'write', path: 'run.sh', content: '#!/bin/sh\nfalse\n'})
    commit(
      fleet,
      {kind: 'move', from: 'run.sh', to: 'bin/run.sh'},
      {kind: 'write', path: 'bin/two.sh', content: '', mode: 0o755},
    )
    expect(fleet.git('ls-tree', '-r', 'HEAD', 'bin').replace(/ blob \w+/g, '')).toBe(
      '100755\tbin/run.sh\n100755\tbin/two.sh\n',
    )
    expect(statSync(path.join(fleet.home, 'bin/run.sh')).mode & 0o111).not.toBe(0)
    expect(fleet.git('status', '--porcelain')).toBe('')
  })

  test("the person's line ends, signing and filters neither break nor slow it", () => {
    const fleet = scratch()
    fleet.git('config', 'core.autocrlf', 'true')
    fleet.git('config', 'commit.gpgsign', 'true')
    fleet.git('config', 'gpg.program', 'false')
    fleet.put('.gitattributes', '*.md filter=broken\n')
    fleet.git('config', 'filter.broken.clean', 'false')
    fleet.git('config', 'filter.broken.required', 'true')
    fleet.put('mcos.yaml', 'version: 1\r\n')
    expect(
      commit(fleet, appendTo(LOG, '- did it\n'), {kind: 'write', path: 'mcos.yaml', content: 'version: 1\nname: n\n'})
        .commit,
    ).not.toBe(null)
    expect(fleet.committed('mcos.yaml')).toBe('version: 1\nname: n\n')
  })

  test('no repository at all is said so', () => {
    const fleet = scratch()
    execFileSync('rm', ['-rf', path.join(fleet.root, '.git')])
    expect(() => commit(fleet, appendTo(LOG, '- x\n'))).toThrow(expect.objectContaining({code: 'NOT_A_REPOSITORY'}))
  })
})

test('a set without commit needs no repository and refuses what it does not fit', () => {
  const fleet = scratch()
  execFileSync('rm', ['-rf', path.join(fleet.root, '.git')])
  const put = (expect: string | null) =>
    commitChangeSets(fleet.home, [changeSet([{kind: 'write', path: 'a/b.md', content: 'x', expect}], {commit: null})], {
      clock,
    })
  expect(put(null)[0]?.refused).toBe(null)
  expect(put(null)[0]?.refused?.code).toBe('CONFLICT')
  expect(fleet.text('a/b.md')).toBe('x')
})

test('when git cannot commit, the files are as they were and no journal stays', () => {
  const fleet = scratch()
  writeFileSync(path.join(fleet.root, '.git/refs/heads/main.lock'), '')
  const set = changeSet([
    appendTo(LOG, '- x\n'),
    move,
    {kind: 'write', path: 'mcos.yaml', content: 'y\n'},
    {kind: 'remove', path: '.gitignore'},
    {kind: 'write', path: 'new.md', content: 'y\n'},
  ])
  expect(() => commitChangeSets(fleet.home, [set], {clock})).toThrow(expect.objectContaining({code: 'GIT_LOCKED'}))
  unlinkSync(path.join(fleet.root, '.git/refs/heads/main.lock'))
  expect(fleet.git('status', '--porcelain')).toBe('')
  expect(hasJournal(fleet.home)).toBe(false)
  expect(readdirSync(path.join(fleet.root, '.git')).filter((name) => name.startsWith('fast_import'))).toEqual([])
})

test('a person who commits everything at the very moment neither loses nor doubles a line', () => {
  const fleet = scratch()
  const set = changeSet([appendTo(LOG, '- did it\n'), move])
  const onStage = (stage: string) => {
    if (stage === 'commit') {
      fleet.git('add', '-A')
      fleet.git('commit', '-qm', 'Ada')
    }
  }
  commitChangeSets(fleet.home, [set], {clock, onStage})
  expect(fleet.committed(LOG)).toBe('# 2026-11-21\n- did it\n')
  expect(fleet.committed(READ)).toBe('hello\n')
  expect(fleet.git('status', '--porcelain')).toBe('')
})

test('a file without access is named and nothing is changed', () => {
  const fleet = scratch()
  if (process.getuid?.() === 0) return
  chmodSync(path.join(fleet.home, LOG), 0)
  expect(commit(fleet, appendTo(LOG, '- x\n'), move).refused?.path).toBe(LOG)
})

function stage(fleet: Scratch, rel: string, content: string): void {
  fleet.put(rel, content)
  fleet.git('add', rel)
}

function stageOnly(fleet: Scratch): void {
  stage(fleet, 'mcos.yaml', 'version: 2\n')
  fleet.put('mcos.yaml', 'version: 1\n')
}

function conflictFromStash(fleet: Scratch): void {
  fleet.put(LOG, '# 2026-11-21\nmine\n')
  fleet.git('stash', '-q')
  fleet.put(LOG, '# 2026-11-21\nyours\n')
  fleet.git('commit', '-qam', 'Yours')
  expect(() => fleet.git('stash', 'pop')).toThrow()
}

function lines(count: number): string {
  return Array.from({length: count}, (_, index) => `- turn ${index}\n`).join('')
}
