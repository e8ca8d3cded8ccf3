import type {Transcribed} from '../app/transcript.js'
import type {Usage} from '../engines/engine.js'
import type {Step} from '../engines/prompt.js'
import {clean, cleanLine, shorten} from '../kit/text.js'
import type {RecordedEvent, RecordedRequest} from '../turn/transcript-events.js'
import {formatTable} from './table.js'

const LONGEST_TEXT = 600
const LONGEST_ARGUMENTS = 300

/** A turn as a page to read: what was sent by name and size (or whole, when asked for), what was said, done and used. */
export function presentTranscript({page, start, events}: Transcribed, {full}: {full: boolean}): string {
  const head = [
    `turn    ${page.turn}`,
    `agent   ${page.agent}, by ${page.trigger}${page.with === null ? '' : ` with ${page.with}`}`,
    `route   ${start.engines.join(', ')}`,
    `commit  ${page.commit ?? 'none yet'}${start.continues === undefined ? '' : `; goes on from ${start.continues}`}`,
  ]
  const told = (start.told ?? []).map(({kind, name, text}) =>
    block(kind === name ? kind : `${kind} ${name}`, text, full),
  )
  const passages = events.flatMap((event) => present(event, full))
  const tail = [
    ...(page.ended === null ? ['It has no end: it still runs, or its process was killed.'] : []),
    ...(page.unreadable.length > 0 || page.torn
      ? [`Lines that can't be read: ${[...page.unreadable, ...(page.torn ? ['the last'] : [])].join(', ')}.`]
      : []),
    ...(full ? [] : [`Everything that was sent: mcos show ${page.turn} --transcript --full`]),
  ]
  return clean([head.join('\n'), ...told, ...passages, tail.join('\n')].filter((text) => text !== '').join('\n\n'))
}

function present(event: RecordedEvent, full: boolean): string[] {
  const line = (text: string) => `${event.at.slice(11, 19)}  ${cleanLine(text)}`
  switch (event.kind) {
    case 'start':
      return []
    case 'request':
      return [`${line(`→ ${event.engine}: ${event.tokens} of ${event.window} tokens`)}\n${presentRequest(event, full)}`]
    case 'reply': {
      const {answer, engine, usage} = event
      const said = line(`← ${engine} (${answer.end}): ${presentUsage(usage)}${answer.note ? `; ${answer.note}` : ''}`)
      return [answer.text.trim() === '' ? said : `${said}\n${indent(cut(answer.text.trim(), full))}`]
    }
    case 'no-reply':
      return [line(`← ${event.engine} gave no answer (${event.reason}): ${event.detail}`)]
    case 'wait':
      return [line(`waits ${Math.round(event.ms / 100) / 10} s for ${event.engine}: ${event.why}`)]
    case 'own-tool':
      return [line(`its own ${event.tool}: ${event.detail}`)]
    case 'call': {
      const {tool, input, problem} = event.call
      const text = JSON.stringify(input)
      return [line(`${tool} ${full ? text : shorten(text, LONGEST_ARGUMENTS)}${problem ? `; ${problem}` : ''}`)]
    }
    case 'result': {
      const {effect, ms, result} = event
      const verdict = [effect ?? 'not guarded', ...(result.isError ? ['refused or failed'] : []), `${ms} ms`].join(', ')
      return [`${line(`= ${result.tool} (${verdict})`)}\n${indent(cut(result.text, full))}`]
    }
    case 'flush':
      return [
        line(
          `full at ${event.tokens} of ${event.window} tokens: WORKSTATE is committed, the work goes on as ${event.next}`,
        ),
      ]
    case 'end':
      return [line(`end: ${event.why}${event.detail === null ? '' : `, ${event.detail}`}`)]
  }
}

function presentRequest({added, prompt}: RecordedRequest, full: boolean): string {
  if (full) return indent(prompt === null ? 'Lines before it are damaged: only its hash is known.' : wholeText(added))
  const {tools, prefix, steps, kept} = added
  const rows = [
    ...(tools === undefined ? [] : [['tools', sizeOf(JSON.stringify(tools)), tools.map(({name}) => name).join(' ')]]),
    ...(prefix === undefined ? [] : partsOf(prefix)),
    ...(kept === 0 ? [] : [[`the ${kept} ${kept === 1 ? 'step' : 'steps'} before`, '', '']]),
    ...steps.flatMap(rowsOf),
  ]
  return indent(formatTable(['sent', 'size', ''], rows))
}

function wholeText({tools, prefix, steps, kept}: RecordedRequest['added']): string {
  return [
    ...(tools === undefined ? [] : [JSON.stringify(tools)]),
    ...(prefix === undefined ? [] : [prefix]),
    ...(kept === 0 ? [] : [`(the ${kept} steps before)`]),
    ...steps.map(textOf),
  ].join('\n')
}

/** A file of the home, or a part that is none, in the line that names it; any other comment is a part's own text. */
const PART = '<!-- (?:\\S+\\.md|how|standing|now|request) -->'

/** The parts that a text was put together from, by the lines that name them. */
function partsOf(text: string): string[][] {
  return text
    .split(new RegExp(`^(?=${PART}$)`, 'm'))
    .filter((part) => part !== '')
    .map((part) => [new RegExp(`^${PART}`).exec(part)?.[0].slice(5, -4) ?? shorten(part, 60), sizeOf(part), ''])
}

function rowsOf(step: Step): string[][] {
  if (step.kind === 'prompt') return partsOf(step.text)
  return [[step.kind === 'answer' ? 'its answer' : 'results', sizeOf(textOf(step)), '']]
}

function textOf(step: Step): string {
  if (step.kind === 'prompt') return step.text
  if (step.kind === 'results') return step.results.map(({tool, text}) => `= ${tool}\n${text}`).join('\n')
  return [step.text, ...step.calls.map(({tool, input}) => `${tool} ${JSON.stringify(input)}`)].join('\n')
}

function presentUsage({input, output, cacheRead, cacheWrite, costUsd}: Usage): string {
  const cached = cacheRead + cacheWrite === 0 ? '' : `, ${cacheRead} from the cache, ${cacheWrite} into it`
  return `${input} tokens in${cached}, ${output} out, $${Number(costUsd.toFixed(6))}`
}

function block(title: string, text: string, full: boolean): string {
  return `${cleanLine(title)}\n${indent(cut(text.trim(), full))}`
}

function cut(text: string, full: boolean): string {
  if (full || text.length <= LONGEST_TEXT) return text
  const shown = shorten(text, LONGEST_TEXT)
  return `${shown}\n(${text.length - shown.length} characters more)`
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '    ')
}

function sizeOf(text: string): string {
  return `${Buffer.byteLength(text)} B`
}
