import type {Argument} from '../arguments.js'
import type {Call} from '../call.js'
import {readOptions} from '../options.js'
import type {Judge} from './judge.js'

/** It is a program that the contract has to name; what it does to files and branches is judged besides. */
export const GIT: Readonly<Record<string, Judge>> = {git: judgeGit}

function judgeGit(call: Call): void {
  call.run()
  const place = call.args.findIndex(({text}) => !text.startsWith('-'))
  const subcommand = call.args[place]?.text ?? ''
  const judge = SUBCOMMANDS[subcommand]
  if (!judge) return
  if (call.args.slice(0, place).some(({text}) => !/^(?:-p|-P|--no-pager|--paginate)$/.test(text)))
    call.unclear(`where git ${subcommand} does its work isn\u2019t plain`)
  judge(call.withWords(call.args.slice(place + 1), `git ${subcommand}`))
}

const SUBCOMMANDS: Readonly<Record<string, Judge>> = {
  push: judgePush,
  rm: judgeRm,
  mv: judgeMv,
  checkout: judgeCheckout,
  restore: judgeRestore,
  clean: (call) => {
    if (!call.args.some(({text}) => /^-[a-zA-Z]*n|^--dry/.test(text))) call.removeTracked('.')
  },
  switch: (call) => {
    if (
      !call.args.some(({text}) => /^-[cC]$|^--create|^--orphan/.test(text)) ||
      call.args.some(({text}) => /^-f$|^--(?:force|discard)/.test(text)) ||
      wordsOf(call).length > 1
    )
      call.writeTracked('.')
  },
  reset: (call) => {
    if (call.args.some(({text}) => /^--(?:h|me|k)/.test(text))) call.writeTracked('.')
  },
  stash: (call) => {
    if (!/^(?:list|show)$/.test(call.args[0]?.text ?? '')) call.writeTracked('.')
  },
  apply: judgeApply,
  archive: (call) => writesInto(call, {word: /^(?:-o|--output)$/, joined: /^(?:-o|--output=)(.+)$/s}),
  bundle: (call) => {
    const [verb, file] = wordsOf(call)
    if (verb?.text === 'create') call.write(file ?? call.unclear('git bundle names no file'))
  },
  'format-patch': (call) => {
    if (call.args.some(({text}) => /^--stdout$/.test(text))) return
    call.writeTracked('.')
    const form = {word: /^(?:-o|--output-directory)$/, joined: /^(?:-o|--output-directory=)(.+)$/s}
    writesInto(call, form, (target) => call.writeTree(target))
  },
  ...Object.fromEntries(
    ['merge', 'pull', 'rebase', 'cherry-pick', 'revert', 'am', 'read-tree', 'checkout-index', 'sparse-checkout'].map(
      (name): [string, Judge] => [
        name,
        (call) => {
          call.writeTracked('.')
          call.lose('.')
        },
      ],
    ),
  ),
}

const PUSH_LONG = [
  'set-upstream',
  'verbose',
  'quiet',
  'dry-run',
  'force',
  'force-with-lease',
  'force-if-includes',
  'delete',
  'no-verify',
  'verify',
  'atomic',
  'progress',
  'follow-tags',
  'no-force-with-lease',
  'porcelain',
  'thin',
  'signed',
  'ipv4',
  'ipv6',
]

/** Every branch that it could change, by its full name. */
function judgePush(call: Call): void {
  const {rest, has} = readOptions(call, {
    known: 'uvqnfd46',
    valued: 'o',
    longKnown: PUSH_LONG,
    longValued: ['push-option', 'recurse-submodules', 'repo'],
  })
  const [remote, ...refs] = rest
  if (!remote || refs.length === 0)
    call.unclear('which branch git pushes isn\u2019t on the line: git push REMOTE BRANCH')
  if (has('follow-tags') || has('repo')) call.unclear('which refs git pushes isn\u2019t on the line')
  for (const {text} of refs) {
    const [source = '', target = source] = text.replace(/^\+/, '').split(':')
    const name = has('d', 'delete') ? source : target
    if (name === '' || /^(?:HEAD|@)$/.test(name) || /[*~^]|@\{/.test(name) || text.split(':').length > 2)
      call.unclear('which branch git pushes isn\u2019t on the line: git push REMOTE BRANCH')
    call.act({verb: 'git.push', target: name.startsWith('refs/') ? name : `refs/heads/${name}`})
  }
}

function judgeRm(call: Call): void {
  const {rest, has} = readOptions(call, {
    known: 'frnq',
    longKnown: ['cached', 'force', 'dry-run', 'quiet', 'ignore-unmatch'],
  })
  if (has('n', 'dry-run')) return
  for (const file of rest) {
    insistOnPlain(call, file)
    if (has('r')) call.removeTree(file)
    else call.remove(file)
  }
}

function judgeMv(call: Call): void {
  const {rest} = readOptions(call, {known: 'fknv', longKnown: ['force', 'verbose', 'dry-run']})
  for (const file of rest) insistOnPlain(call, file)
  call.around.readCall('mv', rest)
}

/** Without "--" a word can be a branch or a file: it is taken for both. */
function judgeCheckout(call: Call): void {
  const words = call.args.map((arg) => call.known(arg))
  const dashes = words.findIndex(({text}) => text === '--')
  const isNew = words.some(({text}) => /^-[bB]$|^--(?:orphan|track)/.test(text))
  if (dashes >= 0) for (const file of words.slice(dashes + 1)) overwrite(call, file)
  if (words.some(({text}) => /^-(?:p|f)$|^--(?:patch|force|pathspec|ours|theirs|merge)/.test(text)))
    call.writeTracked('.')
  if (dashes >= 0 || (isNew && wordsOf(call).length <= 1)) return
  call.writeTracked('.')
  call.lose('.')
}

function judgeRestore(call: Call): void {
  const {rest, has} = readOptions(call, {
    known: 'SWqp',
    valued: 's',
    longKnown: ['staged', 'worktree', 'quiet', 'ours', 'theirs'],
    longValued: ['source'],
  })
  const isIndexOnly = has('S', 'staged') && !has('W', 'worktree')
  if (isIndexOnly) return
  for (const file of rest) overwrite(call, file)
}

/** A pathspec may be a folder, and then everything in it. */
function overwrite(call: Call, file: Argument): void {
  insistOnPlain(call, file)
  call.write(file)
  call.writeTree(file)
  call.lose(file)
}

function judgeApply(call: Call): void {
  if (
    call.args.some(({text}) => /^--(?:stat|numstat|summary|check|cached)$/.test(text)) &&
    !call.args.some(({text}) => text === '--apply')
  )
    return
  call.unclear('which files the patch changes isn\u2019t on the line')
}

/** Files or folders that an option names, in the next word or its own. */
function writesInto(
  call: Call,
  {word, joined}: {readonly word: RegExp; readonly joined: RegExp},
  write: (target: Argument) => void = (target) => call.write(target),
): void {
  for (const [at, arg] of call.args.map((given) => call.known(given)).entries()) {
    const inside = joined.exec(arg.text)?.[1]
    if (word.test(arg.text)) write(call.args[at + 1] ?? call.unclear(`${arg.text} names no file`))
    else if (inside !== undefined) write({...arg, text: inside, glob: null})
    else if (/^--out/.test(arg.text)) call.unclear(`what git does with ${arg.text} isn\u2019t known here`)
  }
}

/** git's own wildcards and signs work inside of quotes, too. */
function insistOnPlain(call: Call, {text}: Argument): void {
  if (/^:|[*?[]/.test(text)) call.unclear(`which files ${JSON.stringify(text)} means isn\u2019t plain`)
}

function wordsOf(call: Call): Argument[] {
  return call.args.filter(({text}) => !text.startsWith('-'))
}
