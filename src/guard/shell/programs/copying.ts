import type {Argument} from '../arguments.js'
import type {Call} from '../call.js'
import {type Options, readOptions} from '../options.js'
import type {Judge} from './judge.js'

const LONG = [
  'force',
  'verbose',
  'no-clobber',
  'update',
  'no-target-directory',
  'interactive',
  'strip-trailing-slashes',
  'recursive',
  'archive',
  'dereference',
  'no-dereference',
  'preserve',
  'parents',
  'remove-destination',
  'sparse',
  'reflink',
  'symbolic',
  'relative',
  'attributes-only',
  'debug',
  'link',
]
const NAMED = {
  longValued: ['target-directory', 'mode', 'owner', 'group'],
  longRefused: ['suffix', 'backup', 'strip-program'],
  refused: 'bS',
} as const

/** Programs whose last word is where the others go to. */
export const COPYING: Readonly<Record<string, Judge>> = {
  cp: judgeCp,
  mv: judgeMv,
  ln: judgeLn,
  install: judgeInstall,
  rsync: judgeRsync,
}

function judgeCp(call: Call): void {
  const options = readOptions(call, {...NAMED, known: 'afinpruvxHLPRdTslZ', valued: 't', longKnown: LONG})
  const {sources, target} = splitTarget(call, options)
  if (options.has('parents')) call.unclear('cp --parents makes folders whose names it takes from elsewhere')
  const isTree = options.has('r', 'R', 'a', 'recursive', 'archive')
  for (const source of sources)
    if (isTree) call.readTree(source)
    else call.read(source)
  // Links are copied as links, or made: whoever makes one can write where it leads to.
  const isLinking = options.has('s', 'l', 'symbolic', 'link')
  if (isLinking) for (const source of sources) call.write(source)
  arrive(call, {sources, target, isTree})
  if (isTree || isLinking || options.has('P', 'd', 'no-dereference', 'preserve')) loseAll(call, sources, target)
}

function judgeMv(call: Call): void {
  const options = readOptions(call, {...NAMED, known: 'finuvTZ', valued: 't', longKnown: LONG})
  const {sources, target} = splitTarget(call, options)
  for (const source of sources) call.remove(withoutSlash(source))
  arrive(call, {sources, target, isTree: false})
  loseAll(call, sources, target)
}

function judgeLn(call: Call): void {
  const options = readOptions(call, {...NAMED, known: 'sfnvirTLP', valued: 't', longKnown: LONG})
  if (options.rest.length === 1 && !options.has('t', 'target-directory')) {
    const [only] = options.rest
    if (only)
      linkTo(call, only, {
        isSymbolic: options.has('s', 'symbolic'),
        target: '.',
        isRelative: options.has('r', 'relative'),
      })
    return
  }
  const {sources, target} = splitTarget(call, options)
  for (const source of sources)
    linkTo(call, source, {isSymbolic: options.has('s', 'symbolic'), target, isRelative: options.has('r', 'relative')})
}

interface LinkWish {
  readonly isSymbolic: boolean
  readonly isRelative: boolean
  readonly target: string
}

/** A link to a place is as good as a hand on it. */
function linkTo(call: Call, source: Argument, {isSymbolic, isRelative, target}: LinkWish): void {
  const name = nameOf(source.text)
  if (isSymbolic && !isRelative && !source.text.startsWith('/')) {
    const folder = target.includes('/') ? target.slice(0, target.lastIndexOf('/') + 1) : ''
    call.write(`${folder}${source.text}`)
    call.write(`${target}/${source.text}`)
  } else call.write(source)
  call.write(target === '.' ? name : target)
  if (target !== '.' && name !== '') call.write(`${target}/${name}`)
  call.lose(target === '.' ? name : target)
}

function judgeInstall(call: Call): void {
  const options = readOptions(call, {...NAMED, known: 'cCpvTs', valued: 'tmgo', refused: 'bSdD', longKnown: LONG})
  const {sources, target} = splitTarget(call, options)
  for (const source of sources) call.read(source)
  arrive(call, {sources, target, isTree: false})
}

function judgeRsync(call: Call): void {
  const long = [
    'archive',
    'verbose',
    'recursive',
    'delete',
    'dry-run',
    'checksum',
    'update',
    'stats',
    'progress',
    'times',
    'perms',
    'links',
    'ignore-existing',
    'existing',
    'delete-after',
    'delete-excluded',
    'human-readable',
    'compress',
    'quiet',
    'itemize-changes',
  ]
  const {rest, has} = readOptions(call, {
    known: 'avrnuztplhcqPiogDmxHS',
    longKnown: long,
    longValued: ['exclude', 'include', 'filter'],
  })
  if (rest.some(({text}) => text.includes(':'))) {
    call.run()
    return
  }
  const target = rest.at(-1)
  if (!target || rest.length < 2) call.unclear('rsync names no place to go to')
  for (const source of rest.slice(0, -1)) call.readTree(source)
  if (has('n', 'dry-run')) return
  if (has('delete', 'delete-after', 'delete-excluded')) call.removeTree(target)
  call.write(withoutSlash(target))
  call.writeTree(target)
  call.lose(target)
}

function splitTarget(call: Call, {rest, value}: Options): {sources: readonly Argument[]; target: string} {
  const named = value('t', 'target-directory')
  const last = named ?? rest.at(-1)
  if (!last || (named === undefined && rest.length < 2)) call.unclear(`${call.program} is not told where to`)
  if (last.glob !== null) call.unclear(`${call.program} goes to what a wildcard finds`)
  const sources = named ? rest : rest.slice(0, -1)
  const wild = sources.find(({glob}) => glob !== null)
  // Under which names they arrive can't be seen, and one of them could be a file that nobody may write.
  if (wild) call.unclear(`${call.program} takes what ${JSON.stringify(wild.text)} finds: name the files`)
  return {sources, target: last.text}
}

/** The target may be a folder, and then each source arrives in it under its own name. */
function arrive(
  call: Call,
  {sources, target, isTree}: {sources: readonly Argument[]; target: string; isTree: boolean},
): void {
  if (sources.length === 1 && !isFolder(target)) call.write(target)
  for (const {text} of sources) {
    const name = nameOf(text)
    if (name !== '' && name !== '.' && name !== '..') call.write(`${target}/${name}`)
  }
  if (isTree) call.writeTree(target)
}

function loseAll(call: Call, sources: readonly Argument[], target: string): void {
  if (sources.length === 1 && !isFolder(target)) call.lose(target)
  for (const {text} of sources) call.lose(`${target}/${nameOf(text)}`)
}

function nameOf(path: string): string {
  return path.replace(/\/+$/, '').split('/').at(-1) ?? ''
}

function withoutSlash(arg: Argument): Argument {
  return {...arg, text: arg.text.replace(/(.)\/+$/, '$1')}
}

/** Whether it can be nothing else. */
function isFolder(path: string): boolean {
  return /(?:^|\/)(?:\.\.?)?$/.test(path)
}
