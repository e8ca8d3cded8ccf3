/** One thing typed, and the screen as it then stood: lines with the terminal's own codes for colour. */
export interface Screen {
  readonly command: string
  readonly lines: readonly string[]
}

const CELL = {width: 8.4, height: 19}
const EDGE = 20
const FONT = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"
const COLUMNS = 118
/** By the codes that terminals have for them; each with a light and a dark face. */
const COLORS: Readonly<Record<number, readonly [name: string, light: string, dark: string]>> = {
  31: ['red', '#c0271c', '#ff7b72'],
  32: ['green', '#1a7f37', '#5fd07a'],
  33: ['yellow', '#8a6000', '#e3b341'],
  34: ['blue', '#0b5cc4', '#6cb2ff'],
  35: ['magenta', '#8547c9', '#d2a8ff'],
  36: ['cyan', '#0b7285', '#56d4dd'],
}
// Of a terminal's codes those for colour are read; others are left out.
const CODE = /\x1b\[([\d;]*)m|\x1b\][^\x07]*\x07|\x1b[[(][^A-Za-z]*[A-Za-z]/g

/** Screens one below the other as a picture that scales, follows the reader's light or dark, and can be searched as text. */
export function drawTerminal(screens: readonly Screen[], {title}: {readonly title: string}): string {
  const rows = screens.flatMap(({command, lines}, index) => [
    ...(index === 0 ? [] : ['']),
    `\x1b[1m\x1b[36m$\x1b[0m \x1b[1m${command}\x1b[0m`,
    ...lines.map(clip),
  ])
  const columns = Math.max(...rows.map((row) => plainText(row).length))
  const width = Math.ceil(columns * CELL.width + 2 * EDGE)
  const height = rows.length * CELL.height + 2 * EDGE
  const texts = rows.map((row, index) => drawRow(row, EDGE + (index + 0.75) * CELL.height)).filter((row) => row !== '')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeText(title)}">
<style>
${style()}
</style>
<rect class="screen" width="${width}" height="${height}" rx="10"/>
${texts.join('\n')}
</svg>
`
}

/** What a picture of ours says, line by line. */
export function linesOfPicture(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, inner = '']) =>
    inner
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&'),
  )
}

function plainText(row: string): string {
  return row.replaceAll(CODE, '')
}

/** As a terminal of that width would, but with a sign that there is more. */
function clip(row: string): string {
  if (plainText(row).length <= COLUMNS) return row
  let [kept, length] = ['', 0]
  for (const [piece] of row.matchAll(/\x1b\[[\d;]*m|[^\x1b]/g)) {
    if (piece.length > 1) kept += piece
    else if (++length < COLUMNS) kept += piece
  }
  return `${kept.replace(/((?:\x1b\[[\d;]*m)*)$/, '…$1')}`
}

function drawRow(row: string, y: number): string {
  const spans: string[] = []
  let classes = new Set<string>()
  let from = 0
  const add = (text: string): void => {
    if (text === '') return
    const named = [...classes].join(' ')
    spans.push(named === '' ? escapeText(text) : `<tspan class="${named}">${escapeText(text)}</tspan>`)
  }
  for (const match of row.matchAll(CODE)) {
    add(row.slice(from, match.index))
    from = match.index + match[0].length
    if (match[1] !== undefined) classes = turned(classes, match[1])
  }
  add(row.slice(from).trimEnd())
  return spans.length === 0 || plainText(row).trim() === ''
    ? ''
    : `<text x="${EDGE}" y="${y}" xml:space="preserve">${spans.join('')}</text>`
}

function turned(classes: ReadonlySet<string>, codes: string): Set<string> {
  const next = new Set(classes)
  for (const code of (codes === '' ? '0' : codes).split(';').map(Number)) {
    const color = COLORS[code >= 90 && code !== 90 ? code - 60 : code]?.[0]
    if (code === 0) next.clear()
    if (code === 1) next.add('bold')
    if (code === 2 || code === 90) next.add('dim')
    if (code === 7) next.add('bold')
    if (code === 22 || code === 27) for (const name of ['bold', 'dim']) next.delete(name)
    if (color !== undefined || code === 39) for (const [name] of Object.values(COLORS)) next.delete(name)
    if (color !== undefined) next.add(color)
  }
  return next
}

function style(): string {
  const colors = Object.values(COLORS)
  return `text { font: 14px ${FONT}; fill: #1f2328; white-space: pre }
.screen { fill: #f6f8fa; stroke: #d0d7de }
.bold { font-weight: 600 } .dim { fill: #656d76 }
${colors.map(([name, light]) => `.${name} { fill: ${light} }`).join(' ')}
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .screen { fill: #0d1117; stroke: #30363d } .dim { fill: #8b949e }
${colors.map(([name, , dark]) => `.${name} { fill: ${dark} }`).join(' ')}
}`
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
