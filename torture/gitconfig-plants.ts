import {execFileSync} from 'node:child_process'
import {appendFileSync, chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'

/** One thing planted in a repository by which some git would start a program of the planter's. */
export interface Plant {
  readonly name: string
  /** Whether mcos can't vouch for it, so that every command that needs the repository says no instead of going on. */
  readonly isRefused: boolean
  lay(repository: string, marker: Marker): void
}

/** A program that writes down that it was run, and by which plant: its path. */
export type Marker = (plant: string) => string

/** Makes the programs, and tells which of them have been run. */
export function openMarkers(dir: string): {readonly marker: Marker; ran(): string[]} {
  const log = join(dir, 'ran.log')
  writeFileSync(log, '')
  let count = 0
  return {
    marker(plant) {
      const file = join(dir, `evil-${++count}`)
      writeFileSync(file, `#!/bin/sh\necho '${plant.replaceAll("'", '')}' >> '${log}'\nexit 0\n`)
      chmodSync(file, 0o755)
      return file
    },
    ran: () => [
      ...new Set(
        readFileSync(log, 'utf8')
          .split('\n')
          .filter((line) => line !== ''),
      ),
    ],
  }
}

/** Keys whose value is a program as it stands. */
const PROGRAMS = `core.fsmonitor core.hooksPath core.sshCommand core.gitProxy core.askPass core.editor core.pager
  core.alternateRefsCommand sequence.editor diff.external diff.evil.command diff.evil.textconv merge.evil.driver
  filter.evil.clean filter.evil.smudge filter.evil.process interactive.diffFilter gpg.program gpg.openpgp.program
  gpg.x509.program gpg.ssh.program gpg.ssh.defaultKeyCommand pager.log pager.diff pager.status pager.show pager.branch
  man.evil.cmd man.evil.path browser.evil.cmd browser.evil.path web.browser help.browser instaweb.httpd
  difftool.evil.cmd difftool.evil.path mergetool.evil.cmd mergetool.evil.path guitool.evil.cmd diff.guitool merge.guitool
  sendemail.smtpServer sendemail.toCmd sendemail.ccCmd sendemail.headerCmd sendemail.sendmailCmd imap.tunnel
  remote.origin.uploadpack remote.origin.receivepack remote.origin.proxy uploadpack.packObjectsHook
  trailer.mcos-turn.command trailer.mcos-agent.cmd tar.evil.command credential.helper credential.https://x.helper`
  .split(/\s+/)
  .filter((key) => key !== '')

/** Keys that need a form of their own, or a second key that makes git look at the first. */
const FORMS: readonly (readonly [key: string, value: (program: string) => string])[] = [
  ...['log', 'commit', 'cat-file', 'diff-index', 'status', 'st'].map((name): [string, (program: string) => string] => [
    `alias.${name}`,
    (program) => `!${program}`,
  ]),
  ['submodule.evil.update', (program) => `!${program}`],
  ['remote.origin.url', (program) => `ext::${program} %S`],
  ['url.ext::evil.insteadOf', () => 'https://'],
  ['remote.origin.vcs', () => 'evil'],
  ['protocol.ext.allow', () => 'always'],
  ['protocol.allow', () => 'always'],
  ['commit.gpgSign', () => 'true'],
  ['tag.gpgSign', () => 'true'],
  ['log.showSignature', () => 'true'],
  ['filter.evil.required', () => 'true'],
  ['diff.evil.cachetextconv', () => 'true'],
  ['submodule.recurse', () => 'true'],
  ['submodule.evil.active', () => 'true'],
  ['submodule.evil.url', () => './nested'],
  ['gc.auto', () => '1'],
  ['maintenance.auto', () => 'true'],
  ['merge.tool', () => 'evil'],
  ['diff.tool', () => 'evil'],
  ['core.untrackedCache', () => 'true'],
]

const ATTRIBUTES = '* filter=evil diff=evil merge=evil ident working-tree-encoding=UTF-8 export-subst\n'
const HOOKS = `applypatch-msg pre-applypatch post-applypatch pre-commit pre-merge-commit prepare-commit-msg commit-msg
  post-commit pre-rebase post-checkout post-merge pre-push pre-receive update post-update reference-transaction
  push-to-checkout pre-auto-gc post-rewrite sendemail-validate fsmonitor-watchman post-index-change proc-receive`
  .split(/\s+/)
  .filter((name) => name !== '')

/** All that mcos lets lie in a repository, as none of its calls comes to it. */
export const QUIET_PLANTS: readonly Plant[] = [
  ...PROGRAMS.map((key) => quiet(key, (repository, marker) => set(repository, key, marker(key)))),
  ...FORMS.map(([key, value]) => quiet(key, (repository, marker) => set(repository, key, value(marker(key))))),
  quiet('.gitattributes', (repository) => write(repository, '.gitattributes', ATTRIBUTES)),
  quiet('.gitattributes below', (repository) => write(repository, 'workspaces/donna/.gitattributes', ATTRIBUTES)),
  quiet('info/attributes', (repository) => write(repository, '.git/info/attributes', ATTRIBUTES)),
  quiet('core.attributesFile', (repository) => {
    write(repository, '.git/evil-attributes', ATTRIBUTES)
    set(repository, 'core.attributesFile', join(repository, '.git/evil-attributes'))
  }),
  quiet('.gitmodules', (repository, marker) =>
    write(
      repository,
      '.gitmodules',
      `[submodule "evil"]\n\tpath = nested\n\turl = ext::${marker('.gitmodules')}\n\tupdate = !${marker('.gitmodules')}\n`,
    ),
  ),
  quiet('config.worktree', (repository, marker) => {
    set(repository, 'extensions.worktreeConfig', 'true')
    const program = marker('config.worktree')
    write(
      repository,
      '.git/config.worktree',
      `[core]\n\tfsmonitor = ${program}\n[filter "evil"]\n\tclean = ${program}\n[diff]\n\texternal = ${program}\n`,
    )
  }),
  quiet('alternates', (repository) => {
    execFileSync('git', ['init', '-q', '--bare', join(repository, '.git/other.git')])
    write(repository, '.git/objects/info/alternates', `${join(repository, '.git/other.git/objects')}\n`)
  }),
  ...HOOKS.map((hook) =>
    quiet(`hooks/${hook}`, (repository, marker) => {
      const file = join(repository, '.git/hooks', hook)
      writeFileSync(file, `#!/bin/sh\nexec ${marker(`hooks/${hook}`)}\n`)
      chmodSync(file, 0o755)
    }),
  ),
]

const INCLUDED = (program: string) =>
  `[core]\n\tfsmonitor = ${program}\n\thooksPath = ${dirname(program)}\n\tpager = ${program}\n[diff]\n\texternal = ${program}\n[filter "evil"]\n\tclean = ${program}\n`

/** What nobody can vouch for: other files' settings, keys that nobody knows, names that can't be switched off. */
export const REFUSED_PLANTS: readonly Plant[] = [
  refused('include.path', (repository, marker) => {
    write(repository, '.git/evil.inc', INCLUDED(marker('include.path')))
    set(repository, 'include.path', 'evil.inc')
  }),
  refused('includeIf.gitdir', (repository, marker) => {
    write(repository, '.git/evil.inc', INCLUDED(marker('includeIf.gitdir')))
    set(repository, `includeIf.gitdir:${repository}/.path`, join(repository, '.git/evil.inc'))
  }),
  refused('includeIf.onbranch', (repository, marker) => {
    write(repository, '.git/evil.inc', INCLUDED(marker('includeIf.onbranch')))
    set(repository, 'includeIf.onbranch:main.path', 'evil.inc')
  }),
  refused('include in config.worktree', (repository, marker) => {
    set(repository, 'extensions.worktreeConfig', 'true')
    write(repository, '.git/evil.inc', INCLUDED(marker('include in config.worktree')))
    write(repository, '.git/config.worktree', '[include]\n\tpath = evil.inc\n')
  }),
  refused('a config hook', (repository, marker) => {
    set(repository, 'hook.evil.command', marker('a config hook'))
    set(repository, 'hook.evil.event', 'reference-transaction')
  }),
  refused('a filter with = in its name', (repository, marker) => {
    write(repository, '.gitattributes', '* filter=a=b\n')
    set(repository, 'filter.a=b.clean', marker('a filter with = in its name'))
  }),
  refused('a key that nobody knows', (repository, marker) => set(repository, 'evil.command', marker('unknown'))),
  refused('a value over two lines', (repository, marker) =>
    appendFileSync(
      join(repository, '.git/config'),
      `[user]\n\tnote = a \\\n[core] ; \\\n\tfsmonitor = ${marker('two lines')}\n[include]\n\tpath = evil.inc\n`,
    ),
  ),
]

/** An object that git would fetch when it is asked for it, by a program. */
export const LAZY_PLANT: Plant = quiet('a partial clone', (repository, marker) => {
  set(repository, 'extensions.partialClone', 'evil')
  set(repository, 'remote.evil.promisor', 'true')
  set(repository, 'remote.evil.url', `ext::${marker('a partial clone')}`)
  set(repository, 'protocol.ext.allow', 'always')
  const blob = execFileSync('git', ['rev-parse', 'HEAD:wiki/page.md'], {cwd: repository, encoding: 'utf8'}).trim()
  rmSync(join(repository, '.git/objects', blob.slice(0, 2), blob.slice(2)), {force: true})
})

function quiet(name: string, lay: Plant['lay']): Plant {
  return {name, isRefused: false, lay}
}

function refused(name: string, lay: Plant['lay']): Plant {
  return {name, isRefused: true, lay}
}

function set(repository: string, key: string, value: string): void {
  execFileSync('git', ['config', '--file', join(repository, '.git/config'), '--add', key, value])
}

function write(repository: string, path: string, text: string): void {
  mkdirSync(dirname(join(repository, path)), {recursive: true})
  writeFileSync(join(repository, path), text)
}

/** Whether git has kept its own house meanwhile: a lock that stays tells of a call that was cut short. */
export function locksIn(repository: string): string[] {
  return readdirSync(join(repository, '.git')).filter((name) => name.endsWith('.lock'))
}
