import type {Argument} from '../arguments.js'
import type {Call} from '../call.js'
import type {Judge} from './judge.js'

/** Tests and actions of find that look and print, with how many words each takes. */
const LOOKS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    '-name -iname -path -ipath -wholename -iwholename -regex -iregex -type -xtype -maxdepth -mindepth -size -mtime -mmin -atime -amin -ctime -cmin -perm -user -group -links -inum -fstype -printf -regextype -used'
      .split(' ')
      .map((name) => [name, 1]),
  ),
  ...Object.fromEntries(
    '-print -print0 -ls -prune -quit -empty -executable -readable -writable -true -false -nouser -nogroup -depth -d -xdev -mount -daystart -follow -noleaf -not -and -or -a -o ! ( ) , -H -L -P -E -s -x'
      .split(' ')
      .map((name) => [name, 0]),
  ),
}

export const FINDING: Readonly<Record<string, Judge>> = {find: judgeFind, gfind: judgeFind}

function judgeFind(call: Call): void {
  const words = call.args.map((arg) => call.known(arg))
  const start = words.findIndex(({text}) => /^[-(!,]/.test(text) && !/^-[HLP]$/.test(text))
  const roots = words.slice(0, start === -1 ? undefined : start).filter(({text}) => !/^-[HLP]$/.test(text))
  const places = roots.length > 0 ? roots : [{text: '.', unknown: null, glob: null}]
  if (words.some(({glob}) => glob === 0))
    call.unclear('find could take a file\u2019s name for an option: write ./ before the wildcard, or quotes around it')
  // Of what it finds it shows names.
  for (const place of places) call.readSeen(place)
  let at = start === -1 ? words.length : start
  while (at < words.length) {
    const {text} = words[at] ?? {text: ''}
    if (text === '-delete') for (const place of places) call.removeTree(place)
    else if (text === '-exec' || text === '-ok') at = judgeExec(call, {words, at, places})
    else if (/^-(?:fprint|fls|fprint0)$/.test(text)) call.write(words[++at] ?? call.unclear(`${text} names no file`))
    else if (text === '-fprintf') {
      call.write(words[++at] ?? call.unclear(`${text} names no file`))
      at++
    } else if (/^-(?:newer\w*|samefile|anewer|cnewer)$/.test(text)) {
      const file = words[++at]
      if (file && !/t$/.test(text)) call.read(file)
    } else {
      const takes = LOOKS[text] ?? call.unclear(`what find does with ${text} isn't known here`)
      at += takes
    }
    at++
  }
}

/** Judges what is run for each file found, once for each place that it is looked for in. Returns where it ends. */
function judgeExec(
  call: Call,
  {words, at, places}: {words: readonly Argument[]; at: number; places: readonly Argument[]},
): number {
  const end = words.findIndex(
    ({text}, index) => index > at && (text === ';' || (text === '+' && words[index - 1]?.text === '{}')),
  )
  if (end === -1) call.unclear('find -exec never ends')
  const [program, ...args] = words.slice(at + 1, end)
  if (!program || program.text.includes('{}')) call.unclear('find runs what it finds')
  const isRemoving = /^(?:\/(?:usr\/)?bin\/)?(?:rm|rmdir|unlink)$/.test(program.text)
  for (const {text: root} of places) {
    // What is found lies below the root under a name that nobody knows yet: it is taken for the whole of it.
    const isKnown = (text: string): boolean => text === '{}' && (isRemoving || isReading(program.text))
    const given = args.map((arg) => {
      if (!arg.text.includes('{}')) return arg
      return {
        ...arg,
        text: isRemoving ? root : `${root}/`,
        unknown: isKnown(arg.text) ? null : 'find puts in what it finds',
      }
    })
    if (isRemoving) call.around.readCall('rm', [{text: '-r', unknown: null, glob: null}, ...given])
    else call.around.readCall(program.text, given)
  }
  return end
}

function isReading(program: string): boolean {
  return /^(?:cat|head|tail|wc|grep|egrep|fgrep|ls|stat|file|du|md5sum|sha1sum|sha256sum|cksum|nl|strings|od|readlink|realpath)$/.test(
    program,
  )
}
