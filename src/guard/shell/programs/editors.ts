import {pathsOfPatch} from '../../apply-patch.js'
import type {Call} from '../call.js'
import {readOptions} from '../options.js'
import type {Judge} from './judge.js'
import {whySedIsUnclear} from './sed-script.js'

/** Programs that change files by what they are told to do with them. */
export const EDITORS: Readonly<Record<string, Judge>> = {
  sed: judgeSed,
  gsed: judgeSed,
  awk: judgeAwk,
  gawk: judgeAwk,
  mawk: judgeAwk,
  perl: judgePerl,
  patch: judgePatch,
  apply_patch: judgeApplyPatch,
  applypatch: judgeApplyPatch,
}

const SED = {
  known: 'nErsuzi',
  valued: 'el',
  longKnown: [
    'quiet',
    'silent',
    'regexp-extended',
    'separate',
    'posix',
    'null-data',
    'unbuffered',
    'sandbox',
    'debug',
    'follow-symlinks',
  ],
  longValued: ['expression', 'line-length'],
} as const

/** `-i`, `-ni`, `-i.bak`, `--in-place=.bak`: what stands behind the letter is the end of a copy's name. */
const IN_PLACE = /^(?:-[nErsuz]*i|--in-place=?)(.*)$/s

function judgeSed(call: Call): void {
  if (call.args.some(({glob}) => glob === 0))
    call.unclear('sed could take a file\u2019s name for an option: write ./ before the wildcard')
  const scripts = call.args.flatMap(({text}, at) => {
    if (/^-[nErsuz]*e$/.test(text) || text === '--expression') return [call.args[at + 1]?.text ?? '']
    return /^(?:--expression=|-[nErsuz]*e)(.*)$/s.exec(text)?.[1] ?? []
  })
  const suffixes = call.args.flatMap(({text}) => IN_PLACE.exec(text)?.[1] ?? [])
  const words = call.args.map((arg) => (IN_PLACE.test(arg.text) ? {...arg, text: '-i'} : arg))
  const {rest, has} = readOptions(call.withWords(words), SED)
  const [first] = scripts.length > 0 ? [] : rest
  const files = first ? rest.slice(1) : rest
  for (const text of first ? [first.text] : scripts) {
    const why = whySedIsUnclear(text)
    if (why !== null) call.unclear(why)
  }
  for (const file of files) {
    if (!has('i')) call.read(file)
    else {
      call.write(file)
      for (const suffix of suffixes) if (suffix !== '') call.write(backupOf(call, file.text, suffix))
    }
  }
}

function backupOf(call: Call, file: string, suffix: string): string {
  if (/[*/]/.test(suffix)) call.unclear('sed keeps a copy under a name that isn\u2019t plain')
  return `${file}${suffix}`
}

/** Its language writes files, starts programs and reads what it likes; what only looks at lines and fields is let be. */
function judgeAwk(call: Call): void {
  const {rest} = readOptions(call, {
    known: '',
    valued: 'Fv',
    longValued: ['field-separator', 'assign'],
    stopsAtWord: true,
  })
  const [script, ...files] = rest
  if (!script) return
  if (/[>|@]|system|getline|ARG[VC]|ENVIRON|PROCINFO|close|fflush/.test(script.text))
    call.unclear('what awk is told can write files, start programs or read others')
  for (const file of files) if (!/^[A-Za-z_]\w*=/.test(file.text)) call.read(file)
}

/** It is a program like others; with -i it also changes the files that are named. */
function judgePerl(call: Call): void {
  call.run()
  const flags = call.args.findIndex(({text}) => /^-[pnlaw0]*i/.test(text))
  if (flags === -1) return
  const suffix = /^-[pnlaw0]*i(.*)$/s.exec(call.args[flags]?.text ?? '')?.[1] ?? ''
  if (/[*/]/.test(suffix)) call.unclear('perl keeps a copy under a name that isn\u2019t plain')
  const words = call.args.slice(flags + 1)
  const script = words.findIndex(({text}) => /^-[pnlaw0]*[eE]$/.test(text))
  for (const file of words.slice(script === -1 ? (suffix.endsWith('e') ? 1 : 0) : script + 2)) {
    call.write(file)
    if (suffix !== '' && suffix !== 'e' && suffix !== 'pe') call.write(`${file.text}${suffix}`)
  }
}

function judgePatch(call: Call): void {
  const {rest, has, value} = readOptions(call, {
    known: 'NRsuflEtbc',
    valued: 'pFi',
    longKnown: ['dry-run', 'forward', 'reverse', 'silent', 'quiet', 'unified', 'no-backup-if-mismatch'],
    longValued: ['strip', 'fuzz', 'input'],
  })
  const {text} = call.around.input
  if (has('i', 'input') || rest.length > 1) call.unclear('which files the patch changes isn\u2019t on the line')
  if (typeof text !== 'string') call.unclear('which files the patch changes isn\u2019t on the line')
  const strip = Number(value('p', 'strip')?.text ?? 0)
  const [file] = rest
  const changes = pathsOfPatch(text, {strip: Number.isInteger(strip) ? strip : 0})
  if (changes === null) call.unclear('the patch can\u2019t be read')
  for (const {path} of changes)
    for (const written of [file?.text ?? path]) for (const end of ['', '.orig', '.rej']) call.write(`${written}${end}`)
}

/** Codex's own: one text, several files. */
function judgeApplyPatch(call: Call): void {
  const [arg] = call.args
  const text = arg ? call.known(arg).text : call.around.input.text
  const changes = typeof text === 'string' ? pathsOfPatch(text) : null
  if (changes === null || call.args.length > 1) call.unclear('which files the patch changes can\u2019t be read')
  for (const {kind, path, content} of changes) {
    if (kind === 'delete') call.remove(path)
    else call.write(path, content)
  }
}
