import {argumentsOf} from './arguments.js'
import {type After, both, type Places, stay} from './places.js'
import {judgeRedirects} from './redirected.js'
import type {Scene} from './scene.js'
import {isDangerousName} from './shell-names.js'
import {judgeSimple} from './simple.js'
import type {Chain, Command, List, Pipeline, Word} from './syntax.js'
import {Unclear} from './unclear.js'

/** Follows statements one by one, through every folder that they may find themselves in. */
export function followList(list: List, places: Places, scene: Scene): Places {
  let at = places
  for (const {chain, isBackground} of list) {
    const {ok, failed} = followChain(chain, at, scene)
    if (!isBackground) at = both(ok, failed)
  }
  return at
}

/** As followList, for where it matters whether the last of them has worked. */
function followTo(list: List, places: Places, scene: Scene): After {
  const last = list.at(-1)
  if (last === undefined) return stay(places)
  const before = followList(list.slice(0, -1), places, scene)
  const after = followChain(last.chain, before, scene)
  return last.isBackground ? stay(before) : after
}

function followChain(chain: Chain, places: Places, scene: Scene): After {
  if (chain.kind === 'pipeline') return followPipeline(chain, places, scene)
  const {ok, failed} = followChain(chain.left, places, scene)
  const right = followPipeline(chain.right, chain.kind === 'and' ? ok : failed, scene)
  return chain.kind === 'and'
    ? {ok: right.ok, failed: both(failed, right.failed)}
    : {ok: both(ok, right.ok), failed: right.failed}
}

function followPipeline({commands, isNegated}: Pipeline, places: Places, scene: Scene): After {
  const [first] = commands
  if (commands.length === 1 && first) {
    const {ok, failed} = followCommand(first, places, scene)
    return isNegated ? {ok: failed, failed: ok} : {ok, failed}
  }
  const all = commands.map((command, index) =>
    followCommand(command, places, index === 0 ? scene : {...scene, input: null}),
  )
  // Some shells run the last one themselves.
  const last = all.at(-1)
  return last ? stay(both(places, last.ok, last.failed)) : stay(places)
}

function followCommand(command: Command, places: Places, scene: Scene): After {
  if (command.kind === 'simple') return judgeSimple(command, places, {scene, followScripts})
  followScripts(
    command.redirects.map(({word}) => word),
    places,
    scene,
  )
  const input = judgeRedirects(command.redirects, places, scene)
  const inside = {...scene, input}
  switch (command.kind) {
    case 'subshell':
      followList(command.body, places, inside)
      return stay(places)
    case 'group':
      return followTo(command.body, places, inside)
    case 'if': {
      const {ok, failed} = followTo(command.condition, places, inside)
      const then = followList(command.then, ok, inside)
      return stay(both(then, command.otherwise === null ? failed : followList(command.otherwise, failed, inside)))
    }
    case 'loop':
      followLoop(command, places, inside)
      return stay(places)
    case 'test':
      followScripts(command.words, places, scene)
      insistOnPlainTest(command.words, scene)
      return stay(places)
  }
}

function followLoop(
  {words, condition, body}: {words: readonly Word[]; condition: List | null; body: List},
  places: Places,
  scene: Scene,
): void {
  followScripts(words, places, scene)
  const name = condition === null ? words[0]?.pieces[0]?.text : undefined
  if (name !== undefined && isDangerousName(name)) throw new Unclear(`${name} is set, which changes what programs do`)
  const begin = condition === null ? places : followList(condition, places, scene)
  const end = followList(body, begin, scene)
  // What it does in a second round depends on where the first has led to.
  if (both(places, begin, end).length > places.length) throw new Unclear('a loop goes from folder to folder')
}

/** Numbers that are compared there are worked out by the shell, and could be commands. */
function insistOnPlainTest(words: readonly Word[], {dialect}: Scene): void {
  const args = words.flatMap((word) => argumentsOf(word, dialect))
  if (
    args.some(({text}) => /^-(?:eq|ne|lt|le|gt|ge|v|R)$/.test(text)) &&
    // A name is as bad as an expansion: what it holds is worked out, too.
    args.some(({unknown, text}) => unknown !== null || !/^(?:-?\d+|-\w+|[()!<>=]+|&&|\|\|)$/.test(text))
  )
    throw new Unclear('"[[" works out a number that isn\u2019t known')
}

/** Commands whose output becomes part of a word run as well, in shells of their own. */
function followScripts(words: readonly Word[], places: Places, scene: Scene): void {
  for (const {scripts} of words) for (const script of scripts) followList(script, places, scene)
}

/** Handed to whoever judges a simple command, whose words may hold others. */
export type FollowScripts = (words: readonly Word[], places: Places, scene: Scene) => void
