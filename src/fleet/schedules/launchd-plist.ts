import {type BeatCommand, beatWords, readBeatWords} from './beat-command.js'
import {calendarOf} from './every.js'
import type {Schedule} from './schedule.js'
import {scheduleName} from './schedule-name.js'

/** What a property list says of the beat it starts. */
export interface PlistBeat extends BeatCommand {
  /** By which launchd knows it; null: it has none, and launchd takes no such file. */
  readonly label: string | null
  readonly path: string | null
  readonly userHome: string | null
  readonly isOurs: boolean
  readonly hasControlGroup: boolean
  /** The calendar as it is written there. */
  readonly calendar: string | null
}

/**
 * The file for ~/Library/LaunchAgents. A calendar and no interval: launchd makes up once, on waking, for moments that
 * were slept through, and counts an interval only while awake.
 */
export function formatPlist(schedule: Schedule): string {
  const {home, env, everyMs} = schedule
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
${MARK}
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${escapeXml(scheduleName(schedule))}</string>
  <key>ProgramArguments</key>
  <array>
${beatWords(schedule)
  .map((word) => `    <string>${escapeXml(word)}</string>\n`)
  .join('')}  </array>
  <key>WorkingDirectory</key>
  <string>${escapeXml(home)}</string>
  <key>EnvironmentVariables</key>
  <dict>
    <key>HOME</key>
    <string>${escapeXml(env.HOME)}</string>
    <key>PATH</key>
    <string>${escapeXml(env.PATH)}</string>
  </dict>
  <key>StartCalendarInterval</key>
${formatCalendar(everyMs)}
  <key>ProcessType</key>
  <string>Background</string>
  <key>AbandonProcessGroup</key>
  <false/>
  <key>Umask</key>
  <integer>63</integer>
  <key>StandardErrorPath</key>
  <string>${escapeXml(`${home}/.mcos/launchd.log`)}</string>
</dict>
</plist>
`
}

/** The moments of a pace as they stand in the file. */
export function formatCalendar(everyMs: number): string {
  const moments = calendarOf(everyMs).map((moment) => {
    const keys = Object.entries(moment).map(([key, value]) => `<key>${key}</key><integer>${value}</integer>`)
    return `    <dict>${keys.join('')}</dict>\n`
  })
  return `  <array>\n${moments.join('')}  </array>`
}

/** null: it starts something else, or is no text. */
export function readPlist(text: string): PlistBeat | null {
  const words = /<key>ProgramArguments<\/key>\s*<array>([\s\S]*?)<\/array>/.exec(text)?.[1]
  const beat = readBeatWords(stringsIn(words ?? ''), {home: stringAfter(text, 'WorkingDirectory')})
  if (beat === null) return null
  const variables = /<key>EnvironmentVariables<\/key>\s*<dict>([\s\S]*?)<\/dict>/.exec(text)?.[1] ?? ''
  return {
    ...beat,
    label: stringAfter(text, 'Label'),
    path: stringAfter(variables, 'PATH'),
    userHome: stringAfter(variables, 'HOME'),
    isOurs: text.includes(MARK),
    hasControlGroup: !/<key>AbandonProcessGroup<\/key>\s*<true\s*\/>/.test(text),
    calendar: /<key>StartCalendarInterval<\/key>\n( {2}<array>[\s\S]*?\n {2}<\/array>)/.exec(text)?.[1] ?? null,
  }
}

const MARK = '<!-- Written by mcos service; changes here are lost. -->'

function stringAfter(text: string, key: string): string | null {
  const value = new RegExp(`<key>${key}</key>\\s*<string>([^<]*)</string>`).exec(text)?.[1]
  return value === undefined ? null : unescapeXml(value)
}

function stringsIn(text: string): string[] {
  return [...text.matchAll(/<string>([^<]*)<\/string>/g)].map(([, value = '']) => unescapeXml(value))
}

const ENTITIES: readonly (readonly [string, string])[] = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]

function escapeXml(text: string): string {
  return ENTITIES.reduce((escaped, [letter, entity]) => escaped.replaceAll(letter, entity), text)
}

function unescapeXml(text: string): string {
  return ENTITIES.toReversed().reduce((plain, [letter, entity]) => plain.replaceAll(entity, letter), text)
}
