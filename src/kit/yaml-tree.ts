/** What a YAML text holds and where each part stands in it; offsets are into the text, ends exclusive. */
export type YamlNode = YamlScalar | YamlMap | YamlList | YamlAlias

export interface YamlSpan {
  readonly start: number
  readonly end: number
  /** Carries an anchor or a tag, so that its text can't be replaced without a second thought. */
  readonly isMarked: boolean
}

export interface YamlScalar extends YamlSpan {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
}

export interface YamlMap extends YamlSpan {
  readonly kind: 'map'
  readonly isFlow: boolean
  readonly entries: readonly YamlEntry[]
}

export interface YamlEntry {
  readonly key: string
  readonly keyStart: number
  readonly keyEnd: number
  readonly value: YamlNode
}

export interface YamlList extends YamlSpan {
  readonly kind: 'list'
  readonly isFlow: boolean
  readonly items: readonly YamlNode[]
}

export interface YamlAlias extends YamlSpan {
  readonly kind: 'alias'
  readonly target: YamlNode
}

export type YamlPath = readonly (string | number)[]

/** The node a path leads to; aliases are followed, undefined where the path ends early. */
export function nodeAt(root: YamlNode, path: YamlPath): YamlNode | undefined {
  let node: YamlNode | undefined = root
  for (const step of path) {
    const here: YamlNode | undefined = node && follow(node)
    if (here?.kind === 'map') node = here.entries.find((entry) => entry.key === String(step))?.value
    else if (here?.kind === 'list') node = here.items[Number(step)]
    else return undefined
  }
  return node
}

/** Where the last step of a path that exists begins: a key, or an item of a list. */
export function offsetAt(root: YamlNode, path: YamlPath): number {
  let node = root
  let offset = root.start
  for (const step of path) {
    const here = follow(node)
    const entry = here.kind === 'map' ? here.entries.find(({key}) => key === String(step)) : undefined
    const next = entry?.value ?? (here.kind === 'list' ? here.items[Number(step)] : undefined)
    if (!next) break
    offset = entry?.keyStart ?? next.start
    node = next
  }
  return offset
}

/** Plain values, made anew for every alias; `budget` counts nodes down, so that aliases of aliases can't explode. */
export function toPlain(node: YamlNode, budget: {left: number}): unknown {
  if (--budget.left < 0) throw new RangeError('aliases multiply')
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'alias') return toPlain(node.target, budget)
  if (node.kind === 'list') return node.items.map((item) => toPlain(item, budget))
  return Object.fromEntries(node.entries.map((entry) => [entry.key, toPlain(entry.value, budget)]))
}

function follow(node: YamlNode): YamlNode {
  return node.kind === 'alias' ? follow(node.target) : node
}
