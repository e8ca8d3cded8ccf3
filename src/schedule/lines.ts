/** One line of a heartbeat file as the parser sees it. */
export interface Line {
  /** Without comments; inside a fence as it stands. */
  text: string
  line: number
  /** Inside a fence, or the fence itself: prose for the model, never a heading, probe or label. */
  isFenced: boolean
}

/** An HTML comment, by the line it begins on. */
export interface Comment {
  text: string
  line: number
}

/** A file's lines, comments apart. */
export interface Lines {
  lines: Line[]
  comments: Comment[]
  warnings: {line: number; message: string}[]
}

const FENCE = /^\s*(?:[-*+>]\s+)?(`{3,}|~{3,})(.*)$/
const WHOLE_FENCE_INFO = /^\s*(?:markdown|md|text|txt)?\s*$/i
const WAKES_UP = /^ {0,3}#{2,6}\s/

/** Splits a text into lines, tells fences from prose and takes comments out. */
export function splitLines(text: string): Lines {
  const warnings: Lines['warnings'] = []
  const raw = unescapeBreaks(normalise(text), warnings).split('\n')
  const lines: Line[] = raw.map((one, index) => ({text: one, line: index + 1, isFenced: false}))
  const bare = withoutWholeFence(lines)
  markFences(bare, warnings)
  const comments = takeComments(bare, warnings)
  return {lines: bare, comments, warnings}
}

function normalise(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
    .replace(/[\0-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
}

/** A file written through a careless tool: one line that spells its breaks out. */
function unescapeBreaks(text: string, warnings: Lines['warnings']): string {
  const breaks = text.trim().split('\n').length - 1
  const spelled = text.split('\\n').length - 1
  if (breaks > 1 || spelled < 2) return text
  warnings.push({line: 1, message: 'line breaks are written as \\n: read as line breaks'})
  return text.replaceAll('\\r\\n', '\n').replaceAll('\\n', '\n')
}

/** One fence round everything is packaging; fences inside it then count. */
function withoutWholeFence(lines: Line[]): Line[] {
  const first = lines.findIndex(({text}) => text.trim() !== '')
  const last = lines.findLastIndex(({text}) => text.trim() !== '')
  const opening = FENCE.exec(lines[first]?.text ?? '')
  const closing = FENCE.exec(lines[last]?.text ?? '')
  if (!opening || !closing || first === last) return lines
  const [, mark = '', info = ''] = opening
  if (!WHOLE_FENCE_INFO.test(info) || !isClosing(closing, mark)) return lines
  const inner = lines.slice(first + 1, last)
  const fences = inner.filter(({text}) => FENCE.test(text)).length
  // inner fences of the same length: only a fence that says markdown can hold them
  return fences === 0 || (fences % 2 === 0 && info.trim() !== '') ? inner : lines
}

function markFences(lines: Line[], warnings: Lines['warnings']): void {
  const closers = longestCloserAfter(lines)
  let open: {mark: string; isClosed: boolean} | null = null
  for (const [index, line] of lines.entries()) {
    const fence = FENCE.exec(line.text)
    if (!open && fence && !isInline(fence)) {
      const mark = fence[1] ?? ''
      const isClosed = (closers[index + 1]?.[mark.charAt(0) === '`' ? 0 : 1] ?? 0) >= mark.length
      if (!isClosed)
        warnings.push({line: line.line, message: 'a fence that is never closed: it ends before the next heading'})
      open = {mark, isClosed}
      line.isFenced = true
      continue
    }
    if (open && !open.isClosed && WAKES_UP.test(line.text)) open = null
    if (!open) continue
    line.isFenced = true
    if (fence && isClosing(fence, open.mark)) open = null
  }
}

/** For each line the longest closing fence at or after it, for backticks and tildes. */
function longestCloserAfter(lines: readonly Line[]): [number, number][] {
  const longest: [number, number][] = new Array(lines.length + 1)
  longest[lines.length] = [0, 0]
  for (let index = lines.length - 1; index >= 0; index--) {
    const [ticks, tildes] = longest[index + 1] ?? [0, 0]
    const [, mark = '', info = ''] = FENCE.exec(lines[index]?.text ?? '') ?? []
    const length = info.trim() === '' ? mark.length : 0
    longest[index] = mark.startsWith('`') ? [Math.max(ticks, length), tildes] : [ticks, Math.max(tildes, length)]
  }
  return longest
}

function isClosing([, mark = '', info = '']: RegExpExecArray, opening: string): boolean {
  return mark.charAt(0) === opening.charAt(0) && mark.length >= opening.length && info.trim() === ''
}

// three backticks round a word on one line are a code span
function isInline([, mark = '', info = '']: RegExpExecArray): boolean {
  return mark.startsWith('`') && info.includes('`')
}

function takeComments(lines: Line[], warnings: Lines['warnings']): Comment[] {
  const comments: Comment[] = []
  let open: Comment | null = null
  for (const line of lines) {
    if (line.isFenced) continue
    let kept = ''
    let rest = line.text
    while (rest !== '') {
      if (open) {
        const end = rest.indexOf('-->')
        open.text += `${end < 0 ? rest : rest.slice(0, end)}\n`
        rest = end < 0 ? '' : rest.slice(end + 3)
        if (end >= 0) open = null
        continue
      }
      const start = commentStart(rest)
      if (start < 0) break
      kept += rest.slice(0, start)
      rest = rest.slice(start + 4)
      open = {text: '', line: line.line}
      comments.push(open)
    }
    line.text = kept + rest
  }
  if (open)
    warnings.push({line: open.line, message: 'a comment that is never closed: all that follows it is read as comment'})
  return comments
}

// one inside a code span only speaks of comments
function commentStart(text: string): number {
  let at = text.indexOf('<!--')
  while (at >= 0 && (text.slice(0, at).split('`').length - 1) % 2 === 1) at = text.indexOf('<!--', at + 4)
  return at
}
