/** Options of git that run programs, change its settings, leave the repository or overwrite others' work. */
const SHORT = /^(-c|-C|-O.*|-[a-zA-Z]*f[a-zA-Z]*)(=|$)|^\+/
const LONG = [
  'config',
  'config-env',
  'exec',
  'exec-path',
  'ext-diff',
  'extcmd',
  'force',
  'force-if-includes',
  'force-with-lease',
  'git-dir',
  'mirror',
  'no-index',
  'open-files-in-pager',
  'output',
  'output-directory',
  'receive-pack',
  'separate-git-dir',
  'super-prefix',
  'template',
  'textconv',
  'tool',
  'upload-pack',
  'work-tree',
]
/** Whole words of git that are also the beginning of one above. */
const HARMLESS = ['text']
/** Subcommands that run what they are told to, or change what later ones run. */
const SUBCOMMANDS =
  /^(?:config|alias|difftool|mergetool|filter-branch|submodule|bisect|daemon|instaweb|gui|citool|gitk|web--browse|credential(?:-.*)?|remote-.*|upload-pack|upload-archive|receive-pack|fetch-pack|send-pack|shell|hook|maintenance|for-each-repo|send-email|imap-send|p4|svn|cvs.*|archimport|quiltimport|help|init|clone|worktree|update-index|fast-import|replace|update-ref|symbolic-ref|sh-setup|http-backend|merge-index|merge-file|mergetool--lib|rebase--interactive|run-command|lfs|annex|var)$/
/** Of these a short option runs a program. */
const RUNS_BY_X = /^(?:rebase|difftool|clone|ls-remote|fetch|pull)$/

/** Whether words behind a contract's own are such that no prefix opens; `own` are the contract's, without `git`. */
export function refusesGit(words: readonly string[], own: readonly string[]): boolean {
  const named = own.find((word) => !word.startsWith('-'))
  const subcommand = named ?? words.find((word) => !word.startsWith('-')) ?? ''
  if (named === undefined && SUBCOMMANDS.test(subcommand)) return true
  return words.some(
    (word) =>
      SHORT.test(word) ||
      isRefusedLong(word) ||
      /^[\w+.-]+::/.test(word) ||
      (RUNS_BY_X.test(subcommand) && /^-[a-zA-Z]*[xu]/.test(word)),
  )
}

/** git takes any beginning of an option that no other begins with. */
function isRefusedLong(word: string): boolean {
  const [, name = ''] = /^--([a-z][a-z-]+)(?:=|$)/.exec(word) ?? []
  return name !== '' && !HARMLESS.includes(name) && LONG.some((known) => known.startsWith(name))
}
