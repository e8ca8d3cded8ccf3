import {type Argument, argumentsOf} from './arguments.js'
import {Call, type Surroundings} from './call.js'
import {Cursor} from './cursor.js'
import {type FollowScripts, followList} from './flow.js'
import {parseScript} from './parse.js'
import {type After, moveTo, type Places, stay} from './places.js'
import {contentOf, isHarmless} from './programs/harmless.js'
import {findProgram, startsOthers} from './programs/known.js'
import {judgeRedirects} from './redirected.js'
import type {Scene} from './scene.js'
import {isDangerousName, isPlainName} from './shell-names.js'
import type {Assignment, SimpleCommand} from './syntax.js'
import {shown, Unclear} from './unclear.js'

interface Hands {
  readonly scene: Scene
  readonly followScripts: FollowScripts
}

const DEEPEST = 12
/** Where these are installed, they are what their names say. */
const SYSTEM = /^\/(?:usr\/(?:local\/)?)?s?bin\/|^\/opt\/homebrew\/bin\//

/** One program, or assignments and redirections alone. */
export function judgeSimple(command: SimpleCommand, places: Places, {scene, followScripts}: Hands): After {
  const {assignments, words, redirects} = command
  const values = assignments.map(({value}) => value)
  followScripts([...values, ...words, ...redirects.map(({word}) => word)], places, scene)
  const args = words.flatMap((word) => argumentsOf(word, scene.dialect))
  const [first, ...rest] = args
  const program = first === undefined ? null : programOf(first)
  judgeAssignments(assignments, program)
  const before = judgeRedirects(
    redirects.filter(({kind}) => kind === 'heredoc' || kind === 'here-string'),
    places,
    scene,
  )
  const content = program === null ? '' : (contentOf(program, rest, before) ?? undefined)
  const input = judgeRedirects(redirects, places, scene, content)
  if (program === null) return stay(places)
  if (program === 'cd') return changeFolder(rest, places)
  judgeProgram(program, rest, {scene: {...scene, input}, places})
  return stay(places)
}

function programOf({text, unknown, glob}: Argument): string {
  if (unknown !== null || glob !== null) throw new Unclear(`which program ${shown(text)} is can't be seen beforehand`)
  if (text === '') throw new Unclear('a program without a name is called')
  return text.replace(SYSTEM, '')
}

function judgeAssignments(assignments: readonly Assignment[], program: string | null): void {
  for (const {name} of assignments) {
    const isFree =
      program === null || isHarmless(program) || (findProgram(program) !== undefined && !startsOthers(program))
    if (isDangerousName(name) || !(isFree || isPlainName(name)))
      throw new Unclear(`${name} is set for ${program ?? 'what follows'}, which can change what programs do`)
  }
}

function changeFolder(args: readonly Argument[], places: Places): After {
  const words = args.filter(({text}) => text !== '--' && text !== '-L')
  const [target] = words
  if (!target) return {ok: [null], failed: places}
  if (words.length > 1 || target.text.startsWith('-') || target.text === '')
    throw new Unclear('where "cd" goes to isn\u2019t plain')
  const isKnown = target.unknown === null && target.glob === null
  return {ok: isKnown ? moveTo(places, target.text) : [null], failed: places}
}

interface Where {
  readonly scene: Scene
  readonly places: Places
}

function judgeProgram(program: string, args: readonly Argument[], where: Where): void {
  const call = new Call(program, args, surroundings(where))
  if (program.includes('/')) {
    call.run()
    return
  }
  const judge = findProgram(program)
  if (judge) judge(call)
  else call.run()
}

function surroundings({scene, places}: Where): Surroundings {
  const {log, start, depth} = scene
  return {
    log,
    places,
    start,
    input: {text: scene.input},
    readScript(text, {isPosix}) {
      if (depth >= DEEPEST) throw new Unclear('commands lie in each other too deep')
      const dialect = {isPosix, userHome: scene.dialect.userHome}
      followList(parseScript(new Cursor(text, dialect)), places, {...scene, dialect, depth: depth + 1})
    },
    readCall(program, args) {
      if (depth >= DEEPEST) throw new Unclear('commands lie in each other too deep')
      const name = programOf({text: program, unknown: null, glob: null})
      if (name === 'cd') throw new Unclear('where it goes to isn\u2019t plain')
      judgeProgram(name, args, {scene: {...scene, depth: depth + 1}, places})
    },
  }
}
