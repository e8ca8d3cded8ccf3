import {clean, cleanLine, shorten} from '../src/kit/text.js'
import {dice} from './dice.js'
import {hostileText} from './terminal-attack.js'
import {viewsOf} from './terminal-views.js'
import {type Torture, type TortureReport, Wrongs} from './torture.js'

const SLOW_MS = 100
/** Whole views cost more than the cleaning alone. */
const ROUNDS_A_VIEW = 20

/** Hostile texts through everything that prints: nothing that a terminal would obey or hide comes out. */
export const torture: Torture = {
  what: 'hostile texts on their way to a terminal',
  shortRounds: 10_000,
  longRounds: 100_000,
  run: async ({rounds, seed}) => print({rounds, seed}),
}

function print({rounds, seed}: {rounds: number; seed: number}): TortureReport {
  const chance = dice(seed)
  const wrongs = new Wrongs()
  let slowest = 0
  let changed = 0
  for (let round = 0; round < rounds; round++) {
    const text = hostileText(chance)
    const started = process.cpuUsage()
    const views = [clean(text), cleanLine(text), shorten(cleanLine(text), 40)]
    const {user, system} = process.cpuUsage(started)
    slowest = Math.max(slowest, (user + system) / 1000)
    if (views[0] !== text) changed++
    for (const view of views) judge(view, wrongs, text)
    if (round % ROUNDS_A_VIEW === 0) judgeViews(text, wrongs)
    wrongs.insist(!/[\n\t]/.test(views[1] ?? ''), `more than a line from ${JSON.stringify(text.slice(0, 80))}`)
  }
  wrongs.insist(slowest < SLOW_MS, `one text took ${Math.round(slowest)} ms`)
  const counts = {texts: rounds, cleaned: changed, 'slowest ms': Math.round(slowest * 10) / 10}
  return {counts, wrong: wrongs.count, examples: wrongs.examples}
}

/** Everything that shows what others have written, with this in each place of it. */
function judgeViews(text: string, wrongs: Wrongs): void {
  for (const {name, shown, lines} of viewsOf(text)) {
    judge(shown, wrongs, `${name}: ${text}`)
    wrongs.insist(
      !lines.some((line) => line.includes('\n')),
      `${name}: a line more from ${JSON.stringify(text.slice(0, 80))}`,
    )
  }
}

function judge(view: string, wrongs: Wrongs, text: string): void {
  for (const letter of view) {
    const code = letter.codePointAt(0) ?? 0
    if (isObeyed(code) || isHidden(code)) {
      wrongs.add(`U+${code.toString(16)} from ${JSON.stringify(text.slice(0, 80))}`)
      return
    }
  }
}

/** Written as numbers, on purpose not with the patterns under test. */
function isObeyed(code: number): boolean {
  if (code === 0x0a || code === 0x09) return false
  return code < 0x20 || (code >= 0x7f && code <= 0x9f) || (code >= 0xd800 && code <= 0xdfff)
}

function isHidden(code: number): boolean {
  if (code >= 0x200b && code <= 0x200f) return code !== 0x200d
  if (code >= 0x202a && code <= 0x202e) return true
  if (code >= 0x2060 && code <= 0x206f) return true
  return code === 0x061c || code === 0xfeff || (code >= 0xe0000 && code <= 0xe0fff)
}
