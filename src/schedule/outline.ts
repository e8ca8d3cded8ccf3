import type {CheckKind} from './check.js'
import {isEmptyLine} from './empty.js'
import {type Heading, readHeadingCadence} from './heading.js'
import {kindOf} from './kinds.js'
import type {Line} from './lines.js'
import {isItem} from './off.js'
import {readCalls} from './probe-calls.js'
import {isAboutQuiet, readQuiet} from './quiet-line.js'
import {type Section, sectionsBelow} from './sections.js'
import {readSettings, type Settings} from './settings.js'

/** A section that is listed: its heading read, its own words and those of the subsections that belong to it. */
export interface Listed {
  section: Section
  heading: Heading
  settings: Settings
  kind: CheckKind
  /** Headings of subsections are among them. */
  lines: Line[]
  /** Whose cadence it takes when it names none. */
  parent: Listed | null
  /** Subsections that name a cadence of their own are listed by themselves, and may leave nothing here. */
  isContainer: boolean
}

/** The sections of a file in order, and what stands above them without being one. */
export function outline(root: Section, level: number): {listed: Listed[]; preamble: Line[]} {
  const outlined: {listed: Listed[]; preamble: Line[]} = {listed: [], preamble: []}
  if (level === 0) {
    const [only] = sectionsBelow(root)
    const section = {
      ...(only ?? root),
      body: [...root.body, ...(only?.body ?? [])],
      comments: [...root.comments, ...(only?.comments ?? [])],
    }
    if (!only) section.line = root.body.find((line) => !isEmptyLine(line))?.line ?? 1
    const whole = list({section, parent: null, lines: section.body})
    outlined.listed.push({...whole, kind: 'check'})
    return outlined
  }
  walkGroup(root, {level, parent: null, outlined, isTitle: true})
  return outlined
}

interface Walk {
  level: number
  parent: Listed | null
  outlined: {listed: Listed[]; preamble: Line[]}
  /** The file's name for itself; what stands under it is rather an introduction than work. */
  isTitle: boolean
}

function walkGroup(group: Section, {level, parent, outlined, isTitle}: Walk): void {
  const own = list({section: group, parent, lines: group.body})
  if (isTitle) own.kind = 'check'
  const words = group.body.filter((line) => !isEmptyLine(line) && !isQuietLine(line))
  const isWork = isTitle ? words.some(isWorkLine) || words.length === 0 : true
  if (words.length > 0 && isWork) outlined.listed.push(own)
  else outlined.preamble.push(...group.body)
  for (const [index, part] of group.parts.entries()) {
    const isFirst = group.level === 0 && index === 0
    const isName = isFirst && (part.level < level || (level === 1 && isNamedHeartbeat(part)))
    if (part.level < level) walkGroup(part, {level, parent: own, outlined, isTitle: isName})
    else if (isName && part.parts.length === 0) walkGroup(part, {level, parent: own, outlined, isTitle: true})
    else walkSection(part, {parent: own, outlined})
  }
}

function walkSection(section: Section, {parent, outlined}: Pick<Walk, 'parent' | 'outlined'>): void {
  const own = list({section, parent, lines: [...section.body]})
  outlined.listed.push(own)
  if (own.kind === 'check' && parent?.kind === 'policy') own.kind = 'policy'
  for (const part of section.parts) takePart(part, own, outlined)
}

/** A subsection belongs to the check above it, unless it plainly names a cadence of its own. */
function takePart(part: Section, owner: Listed, outlined: Walk['outlined']): void {
  const own = list({section: part, parent: owner, lines: [...part.body]})
  const cadence = own.settings.cadence ?? own.heading.cadence
  const isOwn = owner.kind === 'check' && own.kind === 'check' && cadence !== null && cadence.guess === null
  if (isOwn || own.settings.id !== null) {
    owner.isContainer = true
    outlined.listed.push(own)
    for (const deeper of part.parts) takePart(deeper, own, outlined)
    return
  }
  owner.lines.push(
    {text: `${'#'.repeat(Math.min(part.level, 6))} ${part.heading}`, line: part.line, isFenced: false},
    ...part.body,
  )
  owner.section.comments.push(...part.comments)
  for (const deeper of part.parts) takePart(deeper, owner, outlined)
}

function list({section, parent, lines}: {section: Section; parent: Listed | null; lines: Line[]}): Listed {
  const heading = readHeadingCadence(section.heading)
  const settings = readSettings(section.comments, section.body)
  return {section, heading, settings, kind: kindOf(heading.title), lines, parent, isContainer: false}
}

function isWorkLine(line: Line): boolean {
  return !line.isFenced && (isItem(line.text) || readCalls([line]).probes.length > 0)
}

function isQuietLine({text, line}: Line): boolean {
  return readQuiet(text, {line, place: 'anywhere'}) !== null
}

function isNamedHeartbeat({heading}: Section): boolean {
  return (
    readHeadingCadence(heading).cadence === null &&
    !isAboutQuiet(heading) &&
    /heartbeat|心跳|ハートビート|herzschlag|hartslag|хартбит|сердцебиение/iu.test(heading)
  )
}
