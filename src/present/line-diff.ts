const AROUND = 2

/** Two texts as a unified difference; null: there is no such file on that side. */
export function presentLineDiff(file: string, before: string | null, after: string | null): string {
  const head = [`--- ${before === null ? '/dev/null' : file}`, `+++ ${after === null ? '/dev/null' : file}`]
  return [...head, diffBody(before, after)].join('\n')
}

/** What stands below the names: the same for two files that change alike. */
export function diffBody(before: string | null, after: string | null): string {
  const lines = diffLines(linesOf(before), linesOf(after))
  const isNear = (index: number): boolean =>
    lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({mark}) => mark !== ' ')
  const shown = lines.flatMap(({mark, text}, index) => {
    if (isNear(index)) return [`${mark}${text}`]
    return isNear(index - 1) || index === 0 ? ['…'] : []
  })
  return shown.join('\n')
}

interface DiffLine {
  readonly mark: ' ' | '-' | '+'
  readonly text: string
}

/** By the longest common run of lines between what begins and what ends alike. */
function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  const most = Math.min(before.length, after.length) - start
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  const same = (text: string): DiffLine => ({mark: ' ', text})
  return [
    ...before.slice(0, start).map(same),
    ...diffMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ]
}

function diffMiddle(before: readonly string[], after: readonly string[]): DiffLine[] {
  const longest = before.map(() => Array<number>(after.length + 1).fill(0)).concat([Array(after.length + 1).fill(0)])
  const at = (i: number, j: number): number => longest[i]?.[j] ?? 0
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const row = longest[i]
      if (row) row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const lines: DiffLine[] = []
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    const [old, fresh] = [before[i], after[j]]
    if (old !== undefined && old === fresh) {
      lines.push({mark: ' ', text: old})
      i++
      j++
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({mark: '-', text: old})
      i++
    } else if (fresh !== undefined) {
      lines.push({mark: '+', text: fresh})
      j++
    }
  }
  return lines
}

function linesOf(text: string | null): string[] {
  return text === null ? [] : text.replace(/\n$/, '').split('\n')
}
