import {encodedTokens} from './encoded.js'
import {NO_OWN, type OwnSecrets, type Spot} from './own.js'
import {shapesWorth} from './shapes.js'

/** A line that holds something secret, and what it is; the value is never carried along. */
export interface Finding {
  /** From 1. */
  readonly line: number
  readonly kind: string
  /** Whether it is one of the fleet's own secrets, known by its value. */
  readonly own: boolean
}

export interface KnownSecrets {
  readonly own?: OwnSecrets
}

/**
 * The quick pass, which waits for nothing and loads nothing: the fleet's own secrets in whatever spelling, vendors'
 * tokens by their shape, and such tokens in base64, hex and addresses.
 */
export function findSecrets(text: string, known: KnownSecrets = {}): Finding[] {
  return linesOf(text, spotsIn(text, known))
}

/** Whether the quick pass finds anything at all. */
export function isSecret(text: string, known: KnownSecrets = {}): boolean {
  return spotsIn(text, known).length > 0
}

/** Where the quick pass finds something. */
export function spotsIn(text: string, {own = NO_OWN}: KnownSecrets = {}): Spot[] {
  return [...own.find(text), ...shapesIn(text), ...encodedIn(text), ...joinedIn(text)]
}

/** One finding a line and kind, in the order of lines. */
export function linesOf(text: string, spots: readonly Spot[]): Finding[] {
  const found = new Map<string, Finding>()
  let [line, at] = [1, 0]
  for (const {start, kind, own} of [...spots].sort((one, other) => one.start - other.start)) {
    for (let next = text.indexOf('\n', at); next !== -1 && next < start; next = text.indexOf('\n', at)) {
      line++
      at = next + 1
    }
    found.set(`${line} ${kind} ${own}`, {line, kind, own})
  }
  return [...found.values()]
}

function shapesIn(text: string): Spot[] {
  return shapesWorth(text).flatMap(([kind, shape]) =>
    [...text.matchAll(new RegExp(shape, `${shape.flags}g`))].map(({index, 0: run}) => ({
      start: index,
      end: index + run.length,
      kind,
      own: false,
    })),
  )
}

function encodedIn(text: string): Spot[] {
  return encodedTokens(text).map((run) => ({...run, kind: `${run.kind}, encoded`, own: false}))
}

/** Where one string literal ends and the next goes on: `"sk-" + "ant…"`, `'ghp_' 'ab…'`, over a line's end, too. */
const JOINT = /(["'`])[ \t]{0,8}(?:\+|\.{1,2}|&|,|\\)?[ \t]{0,8}(?:\r?\n[ \t]{0,80})?(?:\+|\.{1,2}|&)?[ \t]{0,8}\1/g

/** A token in several literals; told where its first piece is. */
function joinedIn(text: string): Spot[] {
  const joints = [...text.matchAll(JOINT)]
  if (joints.length === 0) return []
  const joined = text.replace(JOINT, '')
  return shapesIn(joined).flatMap(({start, end, kind}) => {
    const places = {start: placeIn(joints, start), end: placeIn(joints, end - 1) + 1}
    return places.end - places.start === end - start ? [] : [{...places, kind: `${kind}, in pieces`, own: false}]
  })
}

/** Where a place of the joined text is in the text itself. */
function placeIn(joints: readonly RegExpExecArray[], place: number): number {
  let at = place
  for (const {index, 0: joint} of joints) {
    if (index > at) break
    at += joint.length
  }
  return at
}
