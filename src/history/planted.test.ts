import {chmodSync, existsSync, mkdirSync, rmSync, utimesSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {afterEach, expect, test} from 'vitest'
import {checkHistory} from './check-history.js'
import {commitChangeSets} from './commit-change-sets.js'
import {commitPaths} from './commit-paths.js'
import {appendTo, changeSet, clock, INBOX, LOG, makeScratch, READ, type Scratch} from './scratch.js'
import {showTurn} from './show-turn.js'
import {history} from './turns.js'
import {planUndo} from './undo.js'

let fleet: Scratch
afterEach(() => fleet.remove())

/** Every key of git's whose value is a program, or leads to a file or server that names one. */
const COMMAND_KEYS = `core.fsmonitor core.sshCommand core.gitProxy core.askPass core.editor core.pager core.hooksPath
  core.alternateRefsCommand sequence.editor pager.log pager.cat-file alias.log alias.cat-file alias.fast-import
  alias.update-index credential.helper credential.https://x.example.helper gpg.program gpg.ssh.program gpg.x509.program
  gpg.ssh.defaultKeyCommand diff.external diff.planted.textconv diff.planted.command merge.planted.driver
  filter.planted.clean filter.planted.smudge filter.planted.process difftool.planted.cmd mergetool.planted.cmd
  browser.planted.cmd man.planted.cmd interactive.diffFilter remote.origin.uploadpack remote.origin.receivepack
  remote.origin.vcs uploadpack.packObjectsHook submodule.planted.update sendemail.smtpServer sendemail.toCmd
  trailer.planted.command trailer.planted.cmd tar.tgz.command init.templateDir core.attributesFile
  hook.planted.command gc.recentObjectsHook fetch.bundleURI imap.tunnel instaweb.httpd
  web.browser guitool.planted.cmd difftool.planted.path mergetool.planted.path am.messageid sendemail.sendmailCmd
  receive.procReceiveRefs http.sslCertPasswordProtected`.split(/\s+/)

const HOOKS =
  `applypatch-msg pre-applypatch post-applypatch pre-commit prepare-commit-msg commit-msg post-commit pre-rebase
  post-checkout post-merge pre-push pre-receive update proc-receive post-receive post-update reference-transaction
  push-to-checkout pre-auto-gc post-rewrite sendemail-validate fsmonitor-watchman post-index-change`.split(/\s+/)

/** A person's own work, done before anything is planted: their git would run it. */
function stageWork(): void {
  fleet.put(LOG, '# 2026-11-21\nstaged\n')
  fleet.put('wiki/x.md', 'staged\n')
  fleet.git('add', LOG, 'wiki/x.md')
}

/** A work as large as any: new files, logs with staged lines, moves, removals. */
function work(): void {
  const sets = [
    changeSet([appendTo(LOG, '- did it\n'), {kind: 'move', from: INBOX, to: READ}]),
    changeSet([
      {kind: 'write', path: 'new.md', content: 'x\n'},
      {kind: 'remove', path: 'mcos.yaml'},
    ]),
  ]
  commitChangeSets(fleet.home, sets, {clock})
}

function plantProgram(): {program: string; proof: string} {
  const proof = path.join(fleet.root, '.git/ran')
  const program = path.join(fleet.root, '.git/program')
  writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> ${proof}\ncat\n`)
  chmodSync(program, 0o755)
  return {program, proof}
}

test('every command-valued key, hook and attribute, planted one by one: none runs', () => {
  fleet = makeScratch()
  const {program, proof} = plantProgram()
  fleet.put('.gitattributes', '* filter=planted diff=planted merge=planted\n')
  fleet.put('.git/info/attributes', '* filter=planted diff=planted merge=planted\n')
  const config = path.join(fleet.root, '.git/config')
  const plain = fleet.text('.git/config')
  const first = fleet.git('rev-parse', 'HEAD').trim()
  const refused: string[] = []
  for (const key of COMMAND_KEYS) {
    stageWork()
    fleet.git('config', '--file', config, key, program)
    try {
      work()
    } catch (error) {
      expect(error).toMatchObject({code: 'GIT_CONFIG'})
      refused.push(key)
    }
    expect(existsSync(proof) ? `${key} ran ${fleet.text('.git/ran')}` : '').toBe('')
    fleet.put('.git/config', plain)
    fleet.git('reset', '-q', '--hard', first)
  }
  // What an older or newer git might still come to is refused instead; people don't have these.
  expect(refused).toEqual(['hook.planted.command', 'gc.recentObjectsHook', 'receive.procReceiveRefs'])
})

test('no hook of the repository runs', () => {
  fleet = makeScratch()
  const {program, proof} = plantProgram()
  mkdirSync(path.join(fleet.root, '.git/hooks'), {recursive: true})
  for (const hook of HOOKS) {
    writeFileSync(path.join(fleet.root, '.git/hooks', hook), `#!/bin/sh\n${program} ${hook}\n`, {mode: 0o755})
  }
  work()
  expect(existsSync(proof) ? fleet.text('.git/ran') : '').toBe('')
})

test('a partial clone with a planted remote helper fetches nothing', () => {
  fleet = makeScratch()
  const {program, proof} = plantProgram()
  fleet.git('config', 'core.repositoryformatversion', '1')
  fleet.git('config', 'extensions.partialClone', 'origin')
  fleet.git('config', 'remote.origin.promisor', 'true')
  fleet.git('config', 'remote.origin.url', `ext::${program}`)
  fleet.git('config', 'protocol.ext.allow', 'always')
  fleet.git('config', 'protocol.allow', 'always')
  const oid = fleet.git('rev-parse', `HEAD:${LOG}`).trim()
  rmSync(path.join(fleet.root, '.git/objects', oid.slice(0, 2), oid.slice(2)))
  expect(() => commitChangeSets(fleet.home, [changeSet([appendTo(LOG, '- x\n')])], {clock})).toThrow()
  expect(existsSync(proof)).toBe(false)
})

test.each([
  ['[include]\n\tpath = elsewhere\n', 'include.path'],
  ['[includeIf "gitdir:/"]\n\tpath = elsewhere\n', 'includeif.gitdir:/.path'],
  ['[core]\n\tworktree = /tmp\n', 'core.worktree'],
  ['[core]\n\tnewfangledcommand = x\n', 'core.newfangledcommand'],
  ['[hook "x"]\n\tcommand = x\n', 'hook.x.command'],
])('%j is refused with its place', (text, key) => {
  fleet = makeScratch()
  const lines = fleet.text('.git/config').split('\n').length
  writeFileSync(path.join(fleet.root, '.git/config'), text, {flag: 'a'})
  expect(work).toThrow(
    expect.objectContaining({
      code: 'GIT_CONFIG',
      message: expect.stringMatching(new RegExp(`config:${lines + 1}: .*${key.replace(/[.]/g, '\\.')}`)),
    }),
  )
})

test('a git in the current folder is not the one that is run', () => {
  fleet = makeScratch()
  const {program, proof} = plantProgram()
  writeFileSync(path.join(fleet.root, 'git'), `#!/bin/sh\n${program}\n`, {mode: 0o755})
  const before = process.env['PATH']
  process.env['PATH'] = `.::${before}`
  try {
    commitChangeSets(fleet.home, [changeSet([appendTo(LOG, '- x\n')])], {clock})
  } finally {
    process.env['PATH'] = before
  }
  expect(existsSync(proof)).toBe(false)
})

/** A repository as an archive brings it: by times and sizes git can't tell, so it asks the filter about every file. */
function makeUnsure(config: string, perWorkTree = ''): void {
  fleet.git('config', 'core.checkStat', 'minimal')
  fleet.git('config', 'core.trustctime', 'false')
  const [then, files] = [new Date('2026-01-01T00:00:00Z'), fleet.git('ls-files').trim().split('\n')]
  for (const file of files) utimesSync(path.join(fleet.root, file), then, then)
  fleet.git('update-index', '-q', '--refresh')
  utimesSync(path.join(fleet.root, '.git/index'), then, then)
  writeFileSync(path.join(fleet.root, '.git/config'), config, {flag: 'a'})
  if (perWorkTree !== '') fleet.put('.git/config.worktree', perWorkTree)
}

test.each([
  ['a name that ends the setting on a command line', 'a=b', (filter: string) => [filter]],
  ['a line behind a note that ends in a backslash', 'zz', (filter: string) => [`[user]\n\tx = 1 # \\\n${filter}`]],
  [
    "a work tree's own config, switched on in other words",
    'zz',
    (filter: string) => ['[core]\n\trepositoryformatversion = 1\n[extensions]\n\tworktreeConfig = 0x1\n', filter],
  ],
])('a filter hidden by %s does not run', (_, name, hide) => {
  fleet = makeScratch()
  const {program, proof} = plantProgram()
  const [config = '', perWorkTree] = hide(`[filter "${name}"]\n\tclean = ${program}\n`)
  makeUnsure(config, perWorkTree)
  fleet.put('.git/info/attributes', `* filter=${name}\n`)
  try {
    commitPaths(fleet.home, [], 'Mine', {clock, author: {name: 'a', email: 'a@x'}})
    work()
  } catch (error) {
    expect(error).toMatchObject({code: 'GIT_CONFIG'})
  }
  expect(existsSync(proof) ? fleet.text('.git/ran') : '').toBe('')
})

test('what people ordinarily have in their config is no obstacle', () => {
  fleet = makeScratch()
  const ordinary =
    `user.name user.email user.signingkey remote.origin.url remote.origin.fetch branch.main.remote branch.main.merge
    branch.main.vscode-merge-base push.default push.autoSetupRemote pull.rebase commit.gpgsign init.defaultBranch gc.auto
    core.filemode core.ignorecase core.precomposeunicode core.autocrlf core.eol core.symlinks lfs.repositoryformatversion
    filter.lfs.clean filter.lfs.smudge filter.lfs.process filter.lfs.required gui.wmstate color.ui advice.detachedHead
    core.sshCommand credential.helper alias.st core.editor rerere.enabled fetch.prune submodule.lib.url submodule.active
    diff.algorithm merge.conflictStyle core.excludesFile http.proxy url.git@x:.insteadOf`.split(/\s+/)
  stageWork()
  const values: Record<string, string> = {
    'core.autocrlf': 'input',
    'core.ignorecase': 'false',
    'gc.auto': '100',
    'core.eol': 'lf',
    'push.default': 'simple',
  }
  for (const key of ordinary) fleet.git('config', key, values[key] ?? 'true')
  work()
})

test("a person's own commands run nothing of the repository's either", async () => {
  fleet = makeScratch()
  const {program, proof} = plantProgram()
  work()
  const turn = history(fleet.home)[0]?.turn ?? ''
  mkdirSync(path.join(fleet.root, '.git/hooks'), {recursive: true})
  for (const hook of HOOKS) {
    writeFileSync(path.join(fleet.root, '.git/hooks', hook), `#!/bin/sh\n${program} ${hook}\n`, {mode: 0o755})
  }
  fleet.put('.git/info/attributes', '* filter=planted diff=planted merge=planted\n')
  const refused = ['hook.planted.command', 'gc.recentObjectsHook', 'receive.procReceiveRefs', 'init.templateDir']
  for (const key of COMMAND_KEYS.filter((one) => !refused.includes(one))) {
    fleet.git('config', '--file', path.join(fleet.root, '.git/config'), key, program)
  }
  fleet.git('config', '--file', path.join(fleet.root, '.git/config'), 'log.showSignature', 'true')
  expect((await showTurn(fleet.home, turn)).diff).toContain('new.md')
  planUndo(fleet.home, {turns: [turn]}, {clock, author: {name: 'a', email: 'a@x'}})
  fleet.put('mine.md', 'x\n')
  expect(() => commitPaths(fleet.home, [], 'Mine', {clock, author: {name: 'a', email: 'a@x'}})).toThrow(
    expect.objectContaining({code: 'GIT_FILTER'}),
  )
  rmSync(path.join(fleet.root, '.git/info/attributes'))
  expect(commitPaths(fleet.home, [], 'Mine', {clock, author: {name: 'a', email: 'a@x'}}).commit).not.toBe(null)
  expect(checkHistory(fleet.home)).toEqual([])
  expect(existsSync(proof) ? fleet.text('.git/ran') : '').toBe('')
})
