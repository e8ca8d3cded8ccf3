/** One token of a YAML text: its kind, as the lexer names it, and its source. */
export interface YamlToken {
  readonly type: string | null
  readonly source: string
}

const MAX_DEPTH = 32
const MAX_REFERENCES = 50

/**
 * Why a text is too much for the YAML composer, which recurses: 16,000 brackets kill the whole process there, beyond
 * the reach of any `catch`. The lexer doesn't recurse, so its tokens are counted first. null: it is safe to compose.
 */
export function findExcess(tokens: Iterable<YamlToken>, maxTokens: number): {line: number; reason: string} | null {
  const indents: number[] = []
  let line = 1
  let count = 0
  let flow = 0
  let onLine = 0
  let references = 0
  let isLineStart = true
  for (const {type, source} of tokens) {
    if (++count > maxTokens) return {line, reason: `more than ${maxTokens} tokens`}
    if (isLineStart && type !== 'comment' && type !== 'newline')
      pushIndent(indents, type === 'space' ? source.length : 0)
    isLineStart = false
    if (FLOW_STARTS.has(type)) flow++
    else if (FLOW_ENDS.has(type)) flow = Math.max(0, flow - 1)
    else if (BLOCK_MARKS.has(type)) onLine++
    else if (REFERENCES.has(type)) references++
    if (Math.max(flow, onLine, indents.length) > MAX_DEPTH) return {line, reason: `more than ${MAX_DEPTH} levels`}
    if (references > MAX_REFERENCES) return {line, reason: `more than ${MAX_REFERENCES} anchors, aliases and tags`}
    for (const letter of source) if (letter === '\n') line++
    if (source.endsWith('\n')) {
      isLineStart = true
      onLine = 0
    }
  }
  return null
}

const FLOW_STARTS = new Set<string | null>(['flow-seq-start', 'flow-map-start'])
const FLOW_ENDS = new Set<string | null>(['flow-seq-end', 'flow-map-end'])
const BLOCK_MARKS = new Set<string | null>(['seq-item-ind', 'explicit-key-ind', 'map-value-ind'])
const REFERENCES = new Set<string | null>(['alias', 'anchor', 'tag'])

function pushIndent(indents: number[], indent: number): void {
  while ((indents.at(-1) ?? -1) >= indent) indents.pop()
  indents.push(indent)
}
