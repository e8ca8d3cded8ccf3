import type {Comment, Line, Lines} from './lines.js'

/** A heading with what stands under it; level 0 is the text above every heading. */
export interface Section {
  level: number
  /** The heading's text as written, without its marks; '' at level 0. */
  heading: string
  line: number
  /** Its own lines, without those of subsections. */
  body: Line[]
  comments: Comment[]
  parts: Section[]
  parent: Section | null
}

const ATX = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/
// people forget the blank: "##Mail"; a single # without one is a tag
const GLUED = /^(#{2,6})([^#\s!].*)$/
const BOLD =
  /^ {0,3}[^\p{L}\p{N}*_#>|`-]*(?:\*\*([^*]+)\*\*|__([^_]+)__)[ \t]*[:：]?[ \t]*([(（[【].*[)）\]】])?[ \t]*[:：]?[ \t]*$/u
const LONGEST_HEADING = 500
/** Bold lines rank below every heading that is one. */
const BOLD_LEVEL = 7

/** The file as a tree, and the level at which its sections stand (0: it has none). */
export function readSections({lines, comments}: Pick<Lines, 'lines' | 'comments'>): {root: Section; level: number} {
  const headings = lines.map((line) => (line.isFenced ? null : readHeading(line.text)))
  const level = sectionLevel(headings.flatMap((heading) => (heading ? [heading.level] : [])))
  const root: Section = section({level: 0, heading: '', line: lines[0]?.line ?? 1, parent: null})
  let current = root
  let next = 0
  for (const [index, line] of lines.entries()) {
    const heading = headings[index]
    if (heading && (heading.level < BOLD_LEVEL || level === BOLD_LEVEL || level === 1)) {
      while (current.parent && current.level >= heading.level) current = current.parent
      const opened = section({...heading, line: line.line, parent: current})
      current.parts.push(opened)
      current = opened
    } else {
      current.body.push(line)
    }
    for (let comment = comments[next]; comment && comment.line <= line.line; comment = comments[++next]) {
      current.comments.push(comment)
    }
  }
  return {root, level}
}

/** All sections below one, in file order. */
export function sectionsBelow({parts}: Section): Section[] {
  return parts.flatMap((part) => [part, ...sectionsBelow(part)])
}

function section({level, heading, line, parent}: Pick<Section, 'level' | 'heading' | 'line' | 'parent'>): Section {
  return {level, heading, line, parent, body: [], comments: [], parts: []}
}

function readHeading(text: string): {level: number; heading: string} | null {
  const short = text.slice(0, LONGEST_HEADING)
  const atx = ATX.exec(short) ?? GLUED.exec(short)
  if (atx) return {level: atx[1]?.length ?? 1, heading: (atx[2] ?? '').trim()}
  const bold = BOLD.exec(short)
  return bold ? {level: BOLD_LEVEL, heading: [bold[1] ?? bold[2] ?? '', bold[3] ?? ''].join(' ').trim()} : null
}

/** `##` where there is one; else several `#`; else the next level there is; else bold lines. */
function sectionLevel(levels: readonly number[]): number {
  if (levels.includes(2)) return 2
  if (levels.filter((level) => level === 1).length > 1) return 1
  const deeper = levels.filter((level) => level > 2)
  return deeper.length > 0 ? Math.min(...deeper) : 0
}
