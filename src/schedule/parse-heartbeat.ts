import {buildCheck} from './build-check.js'
import type {Check, HeartbeatFile, HeartbeatWarning, QuietHours} from './check.js'
import {idGiver} from './check-id.js'
import {isEmptyLine} from './empty.js'
import {type Line, splitLines} from './lines.js'
import {type Listed, outline} from './outline.js'
import {isAboutQuiet, readQuiet} from './quiet-line.js'
import {readSections} from './sections.js'
import {taskChecks} from './task-checks.js'
import {takeTasks} from './tasks-block.js'

/** What is read of a file: a person's own is a hundredth of it. */
const MOST_CHARACTERS = 256 * 1024
const MOST_WARNINGS = 100
const MOST_SECTIONS = 500

/** Reads a HEARTBEAT.md as people write it; never throws and never rewrites, what is doubtful is said. */
export function parseHeartbeat(text: string, file: string): HeartbeatFile {
  const warnings: HeartbeatWarning[] = []
  const cut = text.length > MOST_CHARACTERS
  const split = splitLines(cut ? text.slice(0, MOST_CHARACTERS) : text)
  warnings.push(...split.warnings)
  if (cut)
    warnings.push({
      line: split.lines.at(-1)?.line ?? 1,
      message: `${file} has ${text.length} characters; only what stands above was read`,
    })
  const {tasks, rest} = takeTasks(split.lines)
  const {root, level} = readSections({lines: rest, comments: split.comments})
  const {listed, preamble} = outline(root, level)
  const quiet = findQuiet(rest, listed)
  const isEmpty = tasks.length === 0 && rest.every((line) => isEmptyLine(line) || isQuiet(line))
  if (isEmpty) return {checks: [], quiet, warnings, isEmpty, preamble: ''}
  const giveId = idGiver()
  const built = listed
    .filter((one) => !(one.isContainer && one.lines.every(isEmptyLine)))
    .filter((one) => one.section.level > 0 || !one.lines.every(isEmptyLine))
    .slice(0, MOST_SECTIONS)
    .map((one) => buildCheck(one, {giveId, warnings}))
  if (built.length === MOST_SECTIONS) {
    warnings.push({line: built.at(-1)?.line ?? 1, message: `only the first ${MOST_SECTIONS} sections are read`})
  }
  const checks: Check[] = [...built, ...taskChecks(tasks, {giveId, warnings})].sort(
    (one, other) => one.line - other.line,
  )
  return {
    checks,
    quiet,
    warnings: warnings.slice(0, MOST_WARNINGS),
    isEmpty,
    preamble: preamble
      .map((line) => line.text)
      .join('\n')
      .trim(),
  }
}

function isQuiet({text, line, isFenced}: Line): boolean {
  return !isFenced && readQuiet(text, {line, place: 'anywhere'}) !== null
}

/** The first that is clearly labelled: in a line of its own, or in a section about being quiet. */
function findQuiet(lines: readonly Line[], listed: readonly Listed[]): QuietHours | null {
  for (const {text, line, isFenced} of lines) {
    const quiet = isFenced ? null : readQuiet(text, {line, place: 'anywhere'})
    if (quiet) return quiet
  }
  for (const {kind, section, lines: own} of listed) {
    if (kind !== 'policy') continue
    const place = isAboutQuiet(section.heading) ? 'quiet-section' : 'policy'
    const said = [{text: section.heading, line: section.line, isFenced: false}, ...own].filter(
      ({isFenced}) => !isFenced,
    )
    for (const {text, line} of said) {
      const quiet = readQuiet(text, {line, place})
      if (quiet) return quiet
    }
  }
  return null
}
