const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

/** How full something is; what is over its measure fills the bar, and anything at all shows. */
export function bar(share: number, cells: number): string {
  const full = Math.min(cells, share > 0 ? Math.max(1, Math.round(share * cells)) : 0)
  return '█'.repeat(full) + '░'.repeat(cells - full)
}

/** A letter a number, as high as it is among them; nothing at all is the lowest. */
export function sparkline(numbers: readonly number[]): string {
  const most = Math.max(0, ...numbers)
  return numbers.map((number) => (most === 0 ? BLOCKS[0] : BLOCKS[Math.ceil((number / most) * 7)])).join('')
}
