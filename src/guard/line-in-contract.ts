import type {ContractLine} from './permit.js'

/** The line of a SOUL.md on which a contract's word stands; that of its key where the word is written otherwise, or null. */
export function lineInContract(text: string, {key, word}: ContractLine): number | null {
  const head = headOf(text)
  const first = findKey(head, key)
  if (first === -1) return null
  const depth = indentOf(head[first] ?? '')
  const after = head.slice(first + 1).findIndex((line) => line.trim() !== '' && isOver(line, depth))
  const last = after === -1 ? head.length : first + 1 + after
  const found = head.slice(first, last).findIndex((line) => line.includes(word))
  return first + 1 + Math.max(0, found)
}

/** Where a SOUL.md would have to say more under a key: its line, null where it lacks the key; null: it has no contract. */
export function placeInContract(text: string, key: ContractLine['key']): {readonly line: number | null} | null {
  const head = headOf(text)
  if (!head.some((line) => /^(['"]?)contract\1\s*:/.test(line))) return null
  const first = findKey(head, key)
  return {line: first === -1 ? null : first + 1}
}

/** The frontmatter's lines. */
function headOf(text: string): string[] {
  const lines = text.split('\n')
  const end = lines.findIndex((line, place) => place > 0 && /^---\s*$/.test(line))
  return lines.slice(0, end === -1 ? lines.length : end)
}

function findKey(head: readonly string[], key: ContractLine['key']): number {
  return head.findIndex((line) => new RegExp(`^\\s+(['"]?)${key}\\1\\s*:`).test(line))
}

/** Whether a line begins the next key; a list's dashes may stand as deep as their key. */
function isOver(line: string, depth: number): boolean {
  return indentOf(line) < depth || (indentOf(line) === depth && !/^\s*(?:-\s|[\]}#])/.test(line))
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}
