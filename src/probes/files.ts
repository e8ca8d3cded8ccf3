import {posix} from 'node:path'
import {inAgent} from '../workspace/agents.js'
import {compareMarks, formatMarks, markFiles, parseMarks} from './file-marks.js'
import {soulPlace} from './place.js'
import {failedReading, type Probe, type ProbeContext, type Reading} from './probe.js'
import {type FoundFile, walkFiles} from './walk-files.js'

/** Files inside the home that a pattern covers, relative to the agent's folder: which of them changed, came or went. */
export const filesProbe: Probe = {
  word: 'files',
  baseline: true,
  async read({args}, context) {
    const pattern = resolvePattern(args, context)
    if (pattern === null) return failedReading(`files ${args} leads out of the home`)
    try {
      const found = await walkFiles(context.home, pattern, context.signal)
      if (typeof found === 'string') return failedReading(`files ${args}: ${found}`)
      const readable = found.filter(({path}) => context.mayRead(path))
      if (found.length > 0 && readable.length === 0) {
        return failedReading(
          `files ${args} is not among the contract's reads: add it to ${soulPlace(context.agent)}, then mcos commit`,
        )
      }
      return describe(readable, context)
    } catch (error) {
      return failedReading(`files ${args}: ${error instanceof Error ? error.message : String(error)}`)
    }
  },
}

/** The pattern as seen from the home; null when it leads out. */
function resolvePattern(args: string, {agent}: ProbeContext): string | null {
  const pattern = args.trim()
  if (pattern === '' || pattern.startsWith('/') || /[\0\\]/.test(pattern)) return null
  const whole = posix.normalize(inAgent(agent, pattern)).replace(/\/$/, '/**')
  return whole === '.' || whole === '..' || whole.startsWith('../') ? null : whole
}

function describe(files: readonly FoundFile[], {home, agent, previous}: ProbeContext): Reading {
  const before = parseMarks(previous)
  const marks = markFiles(home, files, before)
  const fingerprint = formatMarks(marks)
  const total = files.length === 1 ? '1 file' : `${files.length} files`
  if (fingerprint === previous) return {level: 'ok', fingerprint, detail: `${total}, nothing changed`, items: []}
  if (!before) {
    return {level: 'ok', fingerprint, detail: previous === null ? total : `something changed among ${total}`}
  }
  const {changed, fresh, gone} = compareMarks(before, marks)
  const name = (path: string) => shortName(path, agent.path)
  const parts = [said(changed.map(name), 'changed'), said(fresh.map(name), 'new'), said(gone.map(name), 'gone')]
  const detail = parts.filter((part) => part !== '').join('; ') || `${total}, nothing changed`
  return {level: 'ok', fingerprint, detail, items: [...changed, ...fresh, ...gone].map(name)}
}

function said(names: readonly string[], word: string): string {
  if (names.length === 0) return ''
  return `${names.length} ${word}: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`
}

function shortName(path: string, folder: string): string {
  return folder !== '.' && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path
}
