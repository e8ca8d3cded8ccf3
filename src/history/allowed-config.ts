import {UserError} from '../kit/errors.js'
import type {ConfigEntry} from './git-config.js'

/**
 * Sections whose keys only ever name, colour or tune something: git runs nothing because of them.
 * Those of well-known tools are data that git itself never reads.
 */
const PLAIN_SECTIONS = new Set(
  `user author committer branch init push pull rebase color column advice status commit tag log format notes apply
  blame i18n pack index feature rerere help stash versionsort checkout clone fetch fsck lfs gui hub github gitlab gitflow
  github-pr-owner-number vscode svn svn-remote annex delta ghq magit tig lazygit mcos`.split(/\s+/),
)

const PLAIN_KEYS = new Set(
  `core.repositoryformatversion core.filemode core.bare core.logallrefupdates core.ignorecase core.precomposeunicode
  core.autocrlf core.eol core.safecrlf core.symlinks core.quotepath core.untrackedcache core.splitindex core.preloadindex
  core.checkstat core.trustctime core.abbrev core.compression core.loosecompression core.bigfilethreshold core.commentchar
  core.commentstring core.whitespace core.excludesfile core.fsync core.fsyncmethod core.fsyncobjectfiles core.hidedotfiles
  core.protecthfs core.protectntfs core.longpaths core.fscache core.multipackindex core.commitgraph core.sharedrepository
  core.sparsecheckout core.sparsecheckoutcone core.packedgitlimit core.packedgitwindowsize core.deltabasecachelimit
  core.warnambiguousrefs core.createobject core.notesref core.maxtreedepth core.checkroundtripencoding
  core.packedrefstimeout core.filesreflocktimeout core.restrictinheritedhandles core.unsetenvvars core.usereplacerefs
  extensions.objectformat extensions.compatobjectformat extensions.worktreeconfig extensions.noop extensions.noop-v1
  extensions.preciousobjects extensions.refstorage extensions.relativeworktrees
  merge.conflictstyle merge.ff merge.renames merge.renamelimit merge.stat merge.log merge.tool merge.directoryrenames
  merge.autostash merge.verifysignatures merge.defaulttoupstream
  diff.algorithm diff.renames diff.renamelimit diff.colormoved diff.colormovedws diff.context diff.mnemonicprefix
  diff.noprefix diff.submodule diff.statgraphwidth diff.wserrorhighlight diff.indentheuristic diff.ignoresubmodules diff.tool
  gc.auto gc.autopacklimit gc.autodetach gc.pruneexpire gc.reflogexpire gc.reflogexpireunreachable gc.worktreepruneexpire
  gc.aggressivedepth gc.aggressivewindow gc.cruftpacks gc.bigpackthreshold gc.packrefs gc.rerereresolved
  gc.rerereunresolved gc.logexpiry gc.writecommitgraph gc.maxcruftsize
  maintenance.auto maintenance.strategy maintenance.autodetach repack.usedeltabaseoffset repack.writebitmaps
  fastimport.unpacklimit receive.denycurrentbranch receive.denynonfastforwards transfer.fsckobjects`.split(/\s+/),
)

const PLAIN_PATTERNS = [
  /^remote\..*\.(url|pushurl|fetch|push|mirror|prune|tagopt|skipfetchall|skipdefaultupdate)$/s,
  /^maintenance\..*\.(enabled|schedule)$/,
  /^remote\..*\.(gh-resolved|glab-resolved|partialclonefilter)$/s,
  /^remote\.pushdefault$/,
  /^submodule\..*\.(url|active|branch|ignore|fetchrecursesubmodules)$/s,
  /^submodule\.(active|recurse|fetchjobs)$/,
]

/**
 * Keys that name a program, a file or a server, and why none of our calls comes to it: they read objects, import
 * commits and set index entries, without hooks, work tree, transport, pager, editor, signature or text conversion.
 * What does touch the work tree or shows a diff (a person's commands) passes HARMLESS and its own switches as well.
 */
const NEUTRAL_PATTERNS = [
  /^core\.(hookspath|fsmonitor|fsmonitorhookversion|sshcommand|gitproxy|askpass|editor|pager|attributesfile|alternaterefscommand|worktree)$/,
  /^(alias|pager|sequence|credential|gpg|browser|man|mailmap|sendemail|imap|interactive|instaweb|web|guitool|difftool|mergetool|trailer|tar|url|http|https|protocol|ssh|uploadpack|uploadarchive|submodule|am|add|grep|show|worktree|trace2)\./s,
  /^(filter\..*\.(clean|smudge|process|required)|diff\..*\.(textconv|command|cachetextconv|xfuncname|wordregex|binary|funcname|trustexitcode)|diff\.external|diff\.guitool|merge\..*\.(driver|name|recursive)|merge\.guitool)$/s,
  /^remote\..*\.(uploadpack|receivepack|vcs|proxy|proxyauthmethod|promisor|serveroption)$/s,
  /^extensions\.partialclone$/,
]

/** The first key that is neither known to be plain nor known to be out of reach; null when there is none. */
function firstForeignKey(entries: readonly ConfigEntry[]): ConfigEntry | null {
  return entries.find(({key}) => !isKnown(key)) ?? null
}

/** Refuses a repository whose config says something we can't vouch for. */
export function insistOnKnownConfig(entries: readonly ConfigEntry[]): void {
  const foreign = firstForeignKey(entries)
  if (!foreign) return
  const {key, file, line} = foreign
  throw new UserError(`${file}:${line}: the git setting ${key} is not one that mcos knows to be safe.`, {
    code: 'GIT_CONFIG',
    fix: `If you need it, move it to your own settings: git config --global ${key} …; then git config --file ${file} --unset-all ${key}`,
  })
}

/** Settings that every call of ours is given on the command line, where they win over any file. */
export const HARMLESS = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.sshCommand=false',
  'core.gitProxy=',
  'core.askPass=',
  'core.pager=cat',
  'core.editor=false',
  'core.attributesFile=/dev/null',
  'core.alternateRefsCommand=',
  'gc.auto=0',
  'maintenance.auto=false',
  'credential.helper=',
  'commit.gpgSign=false',
  'tag.gpgSign=false',
  'gpg.program=false',
  'log.showSignature=false',
  'diff.external=',
  'protocol.allow=never',
  'submodule.recurse=false',
] as const

/** Turns off each filter driver a config defines: they would run as soon as git compares a file with the disk. */
export function withoutFilters(entries: readonly ConfigEntry[], allowed: readonly string[]): string[] {
  const names = entries.flatMap(({key}) => /^filter\.(.*)\.[^.]+$/s.exec(key)?.[1] ?? [])
  return [...new Set(names)]
    .filter((name) => !allowed.includes(name))
    .flatMap((name) => [
      `filter.${name}.clean=`,
      `filter.${name}.smudge=`,
      `filter.${name}.process=`,
      `filter.${name}.required=false`,
    ])
}

function isKnown(key: string): boolean {
  const section = key.slice(0, key.indexOf('.'))
  // `-c name=value` ends the name at its first "=": a driver that is called so could not be switched off.
  if (section === 'filter' && key.includes('=')) return false
  return (
    PLAIN_SECTIONS.has(section) ||
    PLAIN_KEYS.has(key.toLowerCase()) ||
    PLAIN_PATTERNS.some((pattern) => pattern.test(key)) ||
    NEUTRAL_PATTERNS.some((pattern) => pattern.test(key))
  )
}
