import type {Declarations} from './declarations.js'

const FAR_PX = -300
const PX: Readonly<Record<string, number>> = {
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 37.8,
  mm: 3.78,
  rem: 16,
  vw: 10,
  vh: 10,
  '': 1,
}
const WORDS: Readonly<Record<string, number>> = {
  'xx-small': 9,
  'x-small': 10,
  small: 13,
  medium: 16,
  large: 18,
  'x-large': 24,
  'xx-large': 32,
}

/** A CSS length in pixels, of a font of that size; null for what is none. */
export function lengthPx(text: string, fontPx: number): number | null {
  const word = text.trim()
  if (word in WORDS) return WORDS[word] ?? null
  const [, digits, unit = ''] = /^([+-]?(?:\d+\.?\d*|\.\d+))(px|pt|pc|in|cm|mm|rem|em|ex|vw|vh|%)?$/.exec(word) ?? []
  if (digits === undefined) return null
  const number = Number(digits)
  if (unit === '%') return (number / 100) * fontPx
  if (unit === 'em' || unit === 'ex') return number * fontPx * (unit === 'em' ? 1 : 0.5)
  return unit === '' && number !== 0 ? null : number * (PX[unit] ?? 1)
}

/** Whether a style takes an element away with all that is in it: not shown, outside of the page, or in a box without room. */
export function isOutOfSight(said: Declarations, fontPx: number): boolean {
  const value = (name: string) => said.get(name)?.value ?? ''
  const length = (name: string) => lengthPx(value(name), fontPx)
  const isFar = (name: string) => (length(name) ?? 0) <= FAR_PX
  if (value('display') === 'none' || value('mso-hide') === 'all' || value('content-visibility') === 'hidden')
    return true
  if (isFar('text-indent') || isFar('margin-left') || isFar('margin-top') || isFar('margin-right')) return true
  if (/absolute|fixed|relative/.test(value('position')) && ['left', 'top', 'right', 'bottom'].some(isFar)) return true
  const isClosed = ['overflow', 'overflow-x', 'overflow-y'].some((name) => /hidden|clip|scroll|auto/.test(value(name)))
  const isFlat = ['height', 'max-height', 'width', 'max-width'].some((name) => (length(name) ?? 99) <= 1)
  return (isClosed && isFlat) || isCutAway(value)
}

function isCutAway(value: (name: string) => string): boolean {
  return (
    /^rect\(\s*(?:[01](?:px)?[\s,]*){4}\)/.test(value('clip')) ||
    /^(?:inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0)/.test(value('clip-path')) ||
    /scale(?:3d|x|y)?\(\s*0(?:\.0\d*)?\s*[,)]|translate(?:3d|x|y)?\([^)]{0,40}-\d{3,}/.test(value('transform')) ||
    /opacity\(\s*0(?:\.0\d*)?%?\s*\)/.test(value('filter'))
  )
}
