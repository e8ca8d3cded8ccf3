import {argumentsOf} from './arguments.js'
import {isNoFile} from './call.js'
import {type Places, pathsFrom} from './places.js'
import type {Scene} from './scene.js'
import type {Redirect} from './syntax.js'
import {shown, Unclear} from './unclear.js'

/** Names the files of redirections; returns what the command is given on its standard input. */
export function judgeRedirects(
  redirects: readonly Redirect[],
  places: Places,
  scene: Scene,
  content?: string,
): string | null | undefined {
  let input = scene.input
  for (const {kind, word, from} of redirects) {
    if (kind === 'copy') {
      if (from === null || from === 0) input = kind === 'copy' && from === 0 ? null : input
      continue
    }
    if (kind === 'heredoc' || kind === 'here-string') {
      const text = word.pieces.every((piece) => piece.kind !== 'unknown')
        ? word.pieces.map((piece) => piece.text).join('')
        : null
      if ((from ?? 0) === 0) input = text === null || kind === 'heredoc' ? text : `${text}\n`
      continue
    }
    const path = plainPath(word, {scene, does: kind === 'read' ? 'reads' : 'writes'})
    if (kind !== 'write' && (from ?? 0) === 0) input = null
    if (isNoFile(path)) continue
    if (/^\/dev\/(?:tcp|udp)\//.test(path)) throw new Unclear(`${shown(path)} opens a connection`)
    for (const target of pathsFrom(places, path)) {
      if (kind !== 'write') scene.log.add({verb: 'read', target})
      const isOutput = (from ?? 1) === 1
      if (kind !== 'read')
        scene.log.add({verb: 'write', target, ...(isOutput && content !== undefined ? {content} : {})})
    }
  }
  return input
}

function plainPath(word: Redirect['word'], {scene, does}: {scene: Scene; does: string}): string {
  const args = argumentsOf(word, scene.dialect)
  const [arg] = args
  if (args.length !== 1 || !arg || arg.glob !== null)
    throw new Unclear(`it ${does} ${shown(arg?.text ?? '')}, which can mean several files`)
  if (arg.unknown !== null) throw new Unclear(`it ${does} ${shown(arg.text)}: ${arg.unknown}`)
  if (arg.text === '') throw new Unclear(`it ${does} a file without a name`)
  return arg.text
}
