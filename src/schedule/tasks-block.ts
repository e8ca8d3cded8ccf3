import type {Line} from './lines.js'

/** One entry of a `tasks:` block as earlier tools wrote it. */
export interface ListedTask {
  name: string
  line: number
  interval: string | null
  intervalLine: number | null
  prompt: string
}

const OPENING = /^tasks\s*:\s*$/i
const ENTRY = /^\s*-\s+(\S.*)$/
const PAIR = /^([A-Za-z_]+)\s*:\s*(.*)$/

/** Takes the entries of a `tasks:` block out of the lines; a block that isn't one stays prose. */
export function takeTasks(lines: readonly Line[]): {tasks: ListedTask[]; rest: Line[]} {
  const start = lines.findIndex(({text, isFenced}) => !isFenced && OPENING.test(text))
  if (start < 0) return {tasks: [], rest: [...lines]}
  let end = start + 1
  while (end < lines.length && isInside(lines[end])) end++
  const tasks = readEntries(lines.slice(start + 1, end))
  return tasks.length > 0 ? {tasks, rest: [...lines.slice(0, start), ...lines.slice(end)]} : {tasks, rest: [...lines]}
}

function isInside(line: Line | undefined): boolean {
  return line !== undefined && !line.isFenced && /^(?:\s*$|\s+\S|-\s+[A-Za-z_]+\s*:)/.test(line.text)
}

function readEntries(lines: readonly Line[]): ListedTask[] {
  const tasks: ListedTask[] = []
  for (const {text, line} of lines) {
    const entry = ENTRY.exec(text)?.[1]
    const [, key = '', value = ''] = PAIR.exec((entry ?? text).trim()) ?? []
    if (entry !== undefined && key) tasks.push({name: '', line, interval: null, intervalLine: null, prompt: ''})
    const task = tasks.at(-1)
    if (!task) continue
    const plain = value.trim().replace(/^(["'])(.*)\1$/u, '$2')
    if (key === 'name' || key === 'id' || key === 'title') task.name ||= plain
    else if (key === 'interval' || key === 'every' || key === 'cron' || key === 'schedule') {
      task.interval = key === 'cron' ? `cron "${plain}"` : /^\d/.test(plain) ? `every ${plain}` : plain
      task.intervalLine = line
    } else if (key === 'prompt' || key === 'task' || key === 'description')
      task.prompt = /^[|>][-+]?$/.test(plain) ? '' : plain
    else if (text.trim() !== '' && entry === undefined) task.prompt = `${task.prompt}\n${text.trim()}`.trim()
  }
  return tasks.filter(({name, prompt}) => name !== '' || prompt !== '')
}
