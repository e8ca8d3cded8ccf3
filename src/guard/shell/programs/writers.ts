import type {Call} from '../call.js'
import {readOptions} from '../options.js'
import type {Judge} from './judge.js'

/** Programs that change the files they are given. */
export const WRITERS: Readonly<Record<string, Judge>> = {
  tee: judgeTee,
  touch: judgeTouch,
  truncate: (call) => {
    const {rest} = readOptions(call, {
      known: 'co',
      valued: 's',
      reads: 'r',
      longKnown: ['no-create'],
      longValued: ['size'],
      longReads: ['reference'],
    })
    for (const file of rest) call.write(file)
  },
  mkdir: (call) => {
    const {rest, has} = readOptions(call, {
      known: 'pv',
      valued: 'm',
      longKnown: ['parents', 'verbose'],
      longValued: ['mode'],
    })
    for (const folder of rest) {
      if (has('p', 'parents')) for (const parent of parentsOf(folder.text)) call.write(parent)
      call.write(folder)
    }
  },
  mkfifo: (call) => {
    for (const file of readOptions(call, {known: '', valued: 'm'}).rest) call.write(file)
  },
  rmdir: (call) => {
    const {rest, has} = readOptions(call, {known: 'pv', longKnown: ['parents', 'verbose', 'ignore-fail-on-non-empty']})
    for (const folder of rest) {
      if (has('p', 'parents')) for (const parent of parentsOf(folder.text)) call.remove(parent)
      call.remove(folder)
    }
  },
  rm: judgeRm,
  unlink: (call) => {
    for (const file of readOptions(call, {known: ''}).rest) call.remove(file)
  },
  shred: (call) => {
    const {rest, has} = readOptions(call, {
      known: 'fuvxz',
      valued: 'ns',
      longKnown: ['force', 'remove', 'verbose', 'zero'],
    })
    for (const file of rest) {
      call.write(file)
      if (has('u', 'remove')) call.remove(file)
    }
  },
  chmod: (call) => judgeMode(call, 1),
  chown: (call) => judgeMode(call, 1),
  chgrp: (call) => judgeMode(call, 1),
  dd: judgeDd,
}

function judgeTee(call: Call): void {
  const {rest} = readOptions(call, {known: 'aip', longKnown: ['append', 'ignore-interrupts']})
  for (const file of rest) {
    if (file.text === '-') continue
    if (typeof call.around.input.text === 'string') call.write(file, call.around.input.text)
    else call.write(file)
  }
}

function judgeTouch(call: Call): void {
  const {rest} = readOptions(call, {
    known: 'acmfh',
    valued: 'dt',
    reads: 'r',
    longKnown: ['no-create', 'no-dereference'],
    longValued: ['date', 'time'],
    longReads: ['reference'],
  })
  for (const file of rest) call.write(file)
}

function judgeRm(call: Call): void {
  const long = [
    'force',
    'recursive',
    'verbose',
    'dir',
    'interactive',
    'one-file-system',
    'preserve-root',
    'no-preserve-root',
  ]
  const {rest, has} = readOptions(call, {known: 'fiIrRvd', longKnown: long})
  for (const file of rest)
    if (has('r', 'R', 'recursive')) call.removeTree(file)
    else call.remove(file)
}

function judgeMode(call: Call, skips: number): void {
  // A mode such as -w looks like an option.
  const isMode = ({text}: {text: string}): boolean =>
    call.program === 'chmod' && /^-[rwxXstugo]+(?:,.*)?$/.test(text) && !/^-R$/.test(text)
  const isRecursive = call.args.some(({text}) => /^-[a-zA-Z]*R/.test(text) || /^--rec/.test(text))
  if (call.args.some(({text}) => /^--(?!rec|verb|chan|sil|qui|$|no-der|der)/.test(text)))
    call.unclear(`what ${call.program} is told isn't known here`)
  const words = call.args.map((arg) => call.known(arg)).filter((arg) => !arg.text.startsWith('-') || isMode(arg))
  for (const file of words.slice(skips))
    if (isRecursive) call.writeTree(file)
    else call.write(file)
}

function judgeDd(call: Call): void {
  for (const {text} of call.args.map((arg) => call.known(arg))) {
    const [, key = '', value = ''] = /^(\w+)=(.*)$/s.exec(text) ?? []
    if (key === 'of') call.write(value)
    else if (key === 'if') call.read(value)
    else if (!/^(?:bs|ibs|obs|cbs|count|skip|seek|conv|status|iflag|oflag)$/.test(key))
      call.unclear(`what dd does with ${text} isn't known here`)
  }
}

/** Folders on the way to a path, which are made or taken away along with it. */
function parentsOf(path: string): string[] {
  const parts = path.split('/')
  return parts
    .slice(0, -1)
    .map((_, index) => parts.slice(0, index + 1).join('/'))
    .filter((parent) => !/^(?:\.{0,2}|(?:\.\.\/)+\.\.)$/.test(parent) && parent !== '')
}
