import type {Argument} from '../arguments.js'
import type {Call} from '../call.js'
import {type OptionForm, readOptions} from '../options.js'
import type {Judge} from './judge.js'

interface Reader extends OptionForm {
  /** How many words in front are no files, such as a pattern. */
  readonly skips?: number
  /** With one of these there are none in front. */
  readonly unless?: readonly string[]
  /** Without a file it looks at the folder it stands in. */
  readonly here?: boolean
  /** With one of these options, or always, it goes into folders. */
  readonly trees?: readonly string[] | true
  /** There it passes over what is hidden, or shows names alone; not so with one of these options. */
  readonly seen?: readonly string[]
}

const GREP: Reader = {
  valued: 'eABCmd',
  longValued: ['regexp', 'max-count', 'context', 'after-context', 'before-context', 'directories', 'label'],
  reads: 'f',
  longReads: ['file', 'exclude-from'],
  skips: 1,
  unless: ['e', 'f', 'regexp', 'file'],
  trees: ['r', 'R', 'recursive', 'dereference-recursive'],
}
const SUMS: Reader = {
  valued: 'ab',
  longValued: ['algorithm'],
  longReads: ['files0-from'],
  refused: 'c',
  longRefused: ['check'],
}
const PLAIN: Reader = {longReads: ['files0-from']}
const LIST: Reader = {
  valued: 'wTI',
  longValued: ['width', 'tabsize', 'ignore', 'hide'],
  here: true,
  trees: ['R', 'recursive'],
  seen: [],
}
const RG: Reader = {
  valued: 'eABCmgtTjErdM',
  longValued: [
    'regexp',
    'glob',
    'iglob',
    'type',
    'type-not',
    'type-add',
    'context',
    'after-context',
    'before-context',
    'max-count',
    'max-depth',
    'threads',
    'replace',
    'sort',
    'sortr',
    'color',
    'colors',
    'encoding',
    'max-columns',
    'max-filesize',
  ],
  reads: 'f',
  longReads: ['file', 'ignore-file'],
  longRefused: ['pre', 'hostname-bin', 'search-zip'],
  refused: 'z',
  skips: 1,
  unless: ['e', 'f', 'regexp', 'file', 'files', 'type-list'],
  trees: true,
  seen: ['.', 'u', 'hidden', 'no-ignore', 'unrestricted', 'no-ignore-vcs'],
}

/** Programs that read the files they are given and print something of them. */
const FORMS: Readonly<Record<string, Reader>> = {
  cat: PLAIN,
  tac: {valued: 's', longValued: ['separator']},
  head: {valued: 'nc', longValued: ['lines', 'bytes']},
  tail: {valued: 'ncs', longValued: ['lines', 'bytes', 'sleep-interval', 'pid', 'max-unchanged-stats']},
  less: {refused: 'oOkT', longRefused: ['log-file', 'LOG-FILE', 'lesskey-file', 'tag-file'], valued: 'bhjpPtxyz'},
  more: {valued: 'n'},
  wc: PLAIN,
  nl: {valued: 'bdfhilnsvw'},
  cut: {valued: 'bcdf', longValued: ['bytes', 'characters', 'delimiter', 'fields', 'output-delimiter']},
  paste: {valued: 'd', longValued: ['delimiters']},
  fold: {valued: 'w', longValued: ['width']},
  fmt: {valued: 'wpg'},
  rev: {},
  column: {valued: 'cstoNRTWHEO', longValued: ['separator', 'table-columns', 'output-separator']},
  comm: {},
  cmp: {valued: 'in', longValued: ['ignore-initial', 'bytes']},
  join: {valued: 'aeijotv12'},
  tr: {skips: 99},
  od: {valued: 'AjNStw'},
  hexdump: {valued: 'enLs', reads: 'f'},
  strings: {valued: 'nteT'},
  base64: {valued: 'w', longValued: ['wrap']},
  base32: {valued: 'w', longValued: ['wrap']},
  md5sum: SUMS,
  sha1sum: SUMS,
  sha256sum: SUMS,
  sha512sum: SUMS,
  shasum: SUMS,
  cksum: SUMS,
  b2sum: SUMS,
  diff: {
    valued: 'ULCWIFxSD',
    longValued: ['label', 'ignore-matching-lines', 'exclude', 'width', 'tabsize'],
    longReads: ['exclude-from', 'from-file', 'to-file'],
    reads: 'X',
    longRefused: ['paginate'],
    refused: 'l',
    trees: ['r', 'recursive'],
  },
  stat: {valued: 'cft', longValued: ['format', 'printf']},
  file: {valued: 'eFPm', refused: 'CS', longRefused: ['compile'], reads: 'f', longReads: ['files-from', 'magic-file']},
  readlink: {},
  realpath: {longValued: ['relative-to', 'relative-base']},
  du: {
    valued: 'dBt',
    longValued: ['max-depth', 'block-size', 'exclude', 'threshold'],
    reads: 'X',
    longReads: ['files0-from', 'exclude-from'],
    here: true,
  },
  df: {valued: 'Bxt'},
  ls: LIST,
  dir: LIST,
  vdir: LIST,
  tree: {valued: 'LIPHT', writes: 'o', here: true, trees: true, seen: [], longValued: ['charset', 'filelimit']},
  grep: GREP,
  egrep: GREP,
  fgrep: GREP,
  zgrep: GREP,
  zcat: {},
  rg: RG,
  sort: {
    valued: 'kSt',
    longValued: ['key', 'buffer-size', 'field-separator', 'batch-size', 'parallel'],
    writes: 'o',
    longWrites: ['output'],
    longReads: ['files0-from', 'random-source'],
    reads: '',
    refused: 'T',
    longRefused: ['compress-program', 'temporary-directory'],
  },
  shuf: {
    valued: 'in',
    longValued: ['input-range', 'head-count'],
    writes: 'o',
    longWrites: ['output'],
    longReads: ['random-source'],
  },
  jq: {
    valued: 'L',
    longValued: ['indent', 'arg', 'argjson'],
    refused: 'fL',
    longRefused: ['from-file', 'slurpfile', 'rawfile', 'argfile', 'args', 'jsonargs'],
    skips: 1,
  },
}

export const READERS: Readonly<Record<string, Judge>> = {
  ...Object.fromEntries(
    Object.entries(FORMS).map(([name, form]): [string, Judge] => [name, (call) => judgeReader(call, form)]),
  ),
  uniq: (call) => judgeInOut(call, {valued: 'fsw', longValued: ['skip-fields', 'skip-chars', 'check-chars']}),
  xxd: (call) => judgeInOut(call, {valued: 'clsogn', known: 'abeEipruPv'}),
  jq: judgeJq,
}

function judgeReader(call: Call, form: Reader): void {
  insistOnFiles(call, form)
  const {rest, has, strangers} = readOptions(call, form)
  const skips = has(...(form.unless ?? [])) ? 0 : (form.skips ?? 0)
  const files = rest.slice(skips)
  const isTree = form.trees === true || (form.trees !== undefined && has(...form.trees))
  const isSeen = form.seen !== undefined && !has(...form.seen)
  const tree = (file: Argument | string): void => (isSeen ? call.readSeen(file) : call.readTree(file))
  if (files.length === 0 && isTree) tree('.')
  else if (files.length === 0 && form.here) call.read('.')
  for (const file of files)
    if (isTree) tree(file)
    else call.read(file)
  // An option that isn't known here may name a file as well.
  for (const value of strangers) if (/[/.]/.test(value.text)) call.read(value)
}

/** A file called `-o` would be an option to a program that is given `*`. */
function insistOnFiles(call: Call, form: OptionForm): void {
  const isSteered = form.writes !== undefined || form.refused !== undefined || form.longRefused !== undefined
  if (isSteered && call.args.some(({glob}) => glob === 0))
    call.unclear(`${call.program} could take a file's name for an option: write ./ before the wildcard`)
}

/** The first word is read, the second one written. */
function judgeInOut(call: Call, form: OptionForm): void {
  if (call.args.some(({glob}) => glob !== null))
    call.unclear(`${call.program} writes the second file that the wildcard finds`)
  const {rest} = readOptions(call, form)
  if (rest[0]) call.read(rest[0])
  if (rest[1] && rest[1].text !== '-') call.write(rest[1])
}

/** Its own language reaches the environment and other files. */
function judgeJq(call: Call): void {
  const {text = ''} = call.args.find(({text}) => !text.startsWith('-')) ?? {}
  if (call.args.some((arg) => /\benv\b|\$ENV|input_filename|\binclude\b|\bimport\b|\$__prog/.test(arg.text)))
    call.unclear(`what jq does with ${text.slice(0, 40)} can't be judged`)
  judgeReader(call, FORMS['jq'] ?? {})
}
