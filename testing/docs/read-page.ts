/** What the hidden comments before a fenced block ask of the test: `<!-- example: scene=adopt exit=0,3 -->`. */
export interface Directions {
  /** Begins anew in this scene; null: goes on in the one the page is in. */
  readonly scene: string | null
  /** One exit code a command; null: all end with 0. */
  readonly exits: readonly number[] | null
  /** Run before the block and not shown to readers. */
  readonly first: readonly string[]
  /** What it talks to, by the names of services.ts. */
  readonly needs: readonly string[]
  /** Typed on a terminal, a line each. */
  readonly types: readonly string[] | null
  /** Ended by Ctrl-C, as it never ends by itself. */
  readonly isInterrupted: boolean
  /** Why nobody can run it in a test. */
  readonly notRun: string | null
}

/** A fenced block of a page. */
export interface Block {
  readonly page: string
  /** Of its first line of text. */
  readonly line: number
  readonly language: string
  readonly text: string
  readonly directions: Directions
}

const NOTHING: Directions = {
  scene: null,
  exits: null,
  first: [],
  needs: [],
  types: null,
  isInterrupted: false,
  notRun: null,
}
const FENCE = /^(\s*(?:\d+\.\s+|- )?)(`{3,})(\w*)\s*$/
const COMMENT = /^\s*<!-- example: (.*?) -->\s*$/

/** All fenced blocks of a page in their order, each with what the comments above it say. */
export function readBlocks(page: string, markdown: string): Block[] {
  const blocks: Block[] = []
  let directions = NOTHING
  let open: {fence: string; indent: number; language: string; line: number; lines: string[]} | null = null
  for (const [index, line] of markdown.split('\n').entries()) {
    const fence = FENCE.exec(line)
    if (open) {
      if (fence?.[2] === open.fence && fence[3] === '') {
        blocks.push({page, line: open.line, language: open.language, text: open.lines.join('\n'), directions})
        directions = NOTHING
        open = null
      } else open.lines.push(line.slice(Math.min(open.indent, line.search(/\S|$/))))
      continue
    }
    const comment = COMMENT.exec(line)?.[1]
    if (comment !== undefined)
      directions = {...directions, ...readDirections(comment, directions, `${page}:${index + 1}`)}
    else if (fence) {
      const [, indent = '', marks = '', language = ''] = fence
      open = {fence: marks, indent: indent.length, language, line: index + 2, lines: []}
    }
  }
  if (open) throw new Error(`${page}:${open.line}: a fence that nothing closes`)
  return blocks
}

function readDirections(comment: string, before: Directions, place: string): Partial<Directions> {
  const [, word = '', rest = ''] = /^(not run|first|types): (.*)$/.exec(comment) ?? []
  if (word === 'not run') return {notRun: rest}
  if (word === 'first') return {first: [...before.first, rest]}
  // "Enter" alone is an empty line.
  if (word === 'types') return {types: rest.split(', ').map((line) => (line === 'Enter' ? '' : line))}
  return Object.assign({}, ...comment.split(' ').map((setting) => readSetting(setting, place)))
}

function readSetting(setting: string, place: string): Partial<Directions> {
  const [key, value = ''] = setting.split('=')
  if (key === 'scene') return {scene: value}
  if (key === 'exit') return {exits: value.split(',').map(Number)}
  if (key === 'needs') return {needs: value.split(',')}
  if (setting === 'interrupted') return {isInterrupted: true}
  throw new Error(`${place}: nobody knows what "${setting}" asks for`)
}
