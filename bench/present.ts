import {type BenchReport, type Figure, isReached} from './bench.js'

/** A bench as a table: each figure beside what it has to reach, then how it came about. */
export function presentBench({figures, missing}: BenchReport): string {
  const rows = figures.map((figure) => [
    figure.what,
    show(figure.value, figure),
    target(figure),
    verdict(figure),
    figure.note,
  ])
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  )
  return [...lines, ...missing.map((what) => `  ${what}`)].join('\n')
}

function show(value: number, {unit}: Pick<Figure, 'unit'>): string {
  if (unit === '×') return `${value.toFixed(2)} ×`
  return unit === '' ? String(value) : `${Math.round(value)} ${unit}`
}

function target({atMost, unit, isExact}: Figure): string {
  if (atMost === null) return ''
  return isExact ? String(atMost) : `≤ ${atMost} ${unit}`.trimEnd()
}

function verdict(figure: Figure): string {
  if (figure.atMost === null) return ''
  return isReached(figure) ? 'reached' : 'MISSED'
}
