import type {Call} from '../call.js'
import {readOptions} from '../options.js'
import type {Judge} from './judge.js'

/** Programs that pack files, and put others where nobody has seen their names. */
export const ARCHIVES: Readonly<Record<string, Judge>> = {
  tar: judgeTar,
  unzip: judgeUnzip,
  zip: judgeZip,
  gzip: (call) => judgePress(call, '.gz'),
  gunzip: (call) => judgePress(call, '.gz'),
  bzip2: (call) => judgePress(call, '.bz2'),
  bunzip2: (call) => judgePress(call, '.bz2'),
  xz: (call) => judgePress(call, '.xz'),
  unxz: (call) => judgePress(call, '.xz'),
}

function judgeTar(call: Call): void {
  const [first, ...others] = call.args
  // `tar xzf a.tgz`: the old way of writing options.
  const args = first && /^[a-zA-Z]+$/.test(first.text) ? [{...first, text: `-${first.text}`}, ...others] : call.args
  const long = [
    'extract',
    'get',
    'create',
    'list',
    'verbose',
    'gzip',
    'bzip2',
    'xz',
    'zstd',
    'keep-old-files',
    'no-same-owner',
    'no-same-permissions',
    'overwrite',
    'wildcards',
  ]
  const {rest, has, value} = readOptions(call.withWords(args), {
    known: 'xctvzjJakmpwo',
    longKnown: long,
    valued: 'fC',
    longValued: ['file', 'directory', 'strip-components', 'exclude'],
  })
  const archive = value('f', 'file')
  if (archive && archive.text !== '-' && /:/.test(archive.text)) call.unclear('tar asks another machine')
  const folder = value('C', 'directory')
  if (has('x', 'extract', 'get')) {
    if (archive) call.read(archive)
    call.writeTree(folder ?? '.')
    call.lose(folder ?? '.')
  } else if (has('c', 'create')) {
    if (archive && archive.text !== '-') call.write(archive)
    for (const file of rest)
      call.readTree(folder && !file.text.startsWith('/') ? {...file, text: `${folder.text}/${file.text}`} : file)
  } else if (has('t', 'list')) {
    if (archive) call.read(archive)
  } else call.unclear('what tar is to do isn\u2019t plain')
}

function judgeUnzip(call: Call): void {
  const {rest, has, value} = readOptions(call, {known: 'olqnuptjvZ1', valued: 'dx'})
  const [archive] = rest
  if (!archive) call.unclear('unzip names no archive')
  call.read(archive)
  if (has('l', 't', 'p', 'v', 'Z')) return
  call.writeTree(value('d') ?? '.')
  call.lose(value('d') ?? '.')
}

function judgeZip(call: Call): void {
  const {rest, has} = readOptions(call, {known: 'rqj9876543210yuv', valued: 'xi'})
  const [archive, ...files] = rest
  if (!archive) call.unclear('zip names no archive')
  call.write(archive.text)
  if (!archive.text.endsWith('.zip')) call.write(`${archive.text}.zip`)
  for (const file of files)
    if (has('r')) call.readTree(file)
    else call.read(file)
}

function judgePress(call: Call, end: string): void {
  const {rest, has} = readOptions(call, {
    known: 'cdfkqtvnlz123456789',
    longKnown: ['stdout', 'decompress', 'force', 'keep', 'quiet', 'test', 'verbose', 'best', 'fast', 'list'],
  })
  for (const file of rest) {
    call.read(file)
    if (has('c', 't', 'l', 'stdout', 'test', 'list')) continue
    const {text} = file
    const unpacked = text.replace(/\.(?:gz|bz2|xz|lzma|tgz|tbz2?|txz|z|Z)$/, '')
    call.write(file.glob === null ? `${text}${end}` : file)
    call.write(unpacked)
    if (/\.t(?:gz|bz2?|xz)$/.test(text)) call.write(`${unpacked}.tar`)
    if (!has('k', 'keep')) call.remove(file)
  }
}
