import {cleanLine, shorten} from '../../kit/text.js'
import {isSmallTalk} from './cues.js'
import type {Heard} from './heard.js'
import {findMarks} from './marks.js'
import {isInjection} from './noise.js'
import {splitSentences} from './sentences.js'
import type {Ended} from './settle.js'
import {keyOf, overlap, subjectOf} from './words.js'

const MOST = 6
const LONGEST = 110

/** The last few things said, a short line each: the tone in which it goes on, not what was said. */
export function lastExchanges(before: readonly string[], heard: readonly Heard[], ended: readonly Ended[]): string[] {
  const lines: string[] = []
  for (let index = heard.length - 1; index >= 0 && lines.length < MOST; index--) {
    const item = heard[index]
    if (item === undefined || (item.kind !== 'person' && item.kind !== 'agent')) continue
    const line = lineFor(item, ended)
    if (line !== null) lines.unshift(line)
  }
  const older = before.filter((line) => !lines.includes(line) && !isEnded(line, ended))
  return [...older.slice(-(MOST - lines.length) || older.length), ...lines].slice(-MOST)
}

function lineFor({name, text}: Heard, ended: readonly Ended[]): string | null {
  const sentences = splitSentences(text.slice(0, 4_000))
    .filter(({isQuoted}) => !isQuoted)
    .map(({text: sentence}) => sentence)
    .filter((sentence) => !isInjection(sentence) && !isEnded(sentence, ended))
  const telling = sentences.find((sentence) => !isSmallTalk(sentence)) ?? sentences[0]
  return telling === undefined ? null : shorten(cleanLine(`${name}: ${telling}`), LONGEST)
}

/** Whether a line still says what no longer holds. */
function isEnded(line: string, ended: readonly Ended[]): boolean {
  const marks = findMarks(line)
  const keys = new Set(marks.map(keyOf))
  const subject = subjectOf(line, marks)
  return ended.some(({old, by}) => {
    // "The 14th, not the 12th" names what it puts an end to.
    if (line.includes(by.text.slice(0, 60)) && old.marks.some((mark) => keys.has(keyOf(mark)))) return true
    const near = overlap(old.subject, subject)
    return old.marks.length > 0 ? near >= 0.5 && old.marks.some((mark) => keys.has(keyOf(mark))) : near >= 0.7
  })
}
