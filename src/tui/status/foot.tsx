import {Box} from 'ink'
import {clean, cleanLine} from '../../kit/text.js'
import {lettersOf, widthOf} from '../../kit/width.js'
import {Line} from '../line.js'
import {padSpans, type Span} from '../spans.js'
import type {KeyFacts} from './binding.js'
import {footerBindings} from './keymap.js'
import type {View} from './view.js'

interface Props {
  readonly view: View
  /** Whom the cursor was on and who is not there any more; null: nobody. */
  readonly gone: string | null
  readonly facts: KeyFacts
  readonly width: number
  /** With a single row what was said takes the place of the keys. */
  readonly rows: number
  readonly hasColor: boolean
}

/** What was just done or is being asked, and the keys that apply now. */
export function Foot({view, gone, facts, width, rows, hasColor}: Props) {
  const message = messageOf(view, {gone, width})
  const keys = keysOf(view, facts, width)
  const lines = rows > 1 ? [message, keys] : [message.length > 0 ? message : keys]
  return (
    <Box flexDirection="column" width={width} height={rows}>
      {lines.map((spans, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
        <Line key={index} spans={padSpans(spans, width)} hasColor={hasColor} />
      ))}
    </Box>
  )
}

function messageOf({asking, mode, filter, said}: View, {gone, width}: Pick<Props, 'gone' | 'width'>): readonly Span[] {
  if (asking !== null)
    return [{text: ` ${asking.question} `, color: 'yellow', bold: true}, {text: 'y: yes, any other key: no'}]
  if (mode === 'filter') return [{text: ' /'}, {text: endOf(clean(filter), width - 4)}, {text: ' ', inverse: true}]
  const kept: Span[] = filter === '' ? [] : [{text: ` filter: ${cleanLine(filter)} `, color: 'yellow'}]
  if (said !== null)
    return [...kept, {text: ` ${cleanLine(said.text)}`, ...(said.isBad ? {color: 'red' as const} : {})}]
  return gone === null ? kept : [...kept, {text: ` ${gone} is gone; no key acts before another one is chosen.`}]
}

/** What is typed is looked at where it grows. */
function endOf(text: string, cells: number): string {
  const letters = lettersOf(text)
  while (letters.length > 0 && widthOf(letters.join('')) > cells) letters.shift()
  return letters.join('')
}

function keysOf({mode, asking}: View, facts: KeyFacts, width: number): Span[] {
  if (asking !== null) return [{text: ''}]
  if (mode === 'help')
    return [{text: ' any key'}, {text: ' back, also q  ', dim: true}, {text: 'Ctrl-C'}, {text: ' quit', dim: true}]
  if (mode === 'filter')
    return [
      {text: ' ⏎'},
      {text: ' keep  ', dim: true},
      {text: '↑↓'},
      {text: ' move  ', dim: true},
      {text: 'Esc'},
      {text: ' all agents', dim: true},
    ]
  return footerBindings(facts, width - 1).flatMap(({shown, word}) => [
    {text: ` ${shown}`, bold: true},
    {text: ` ${word} `, dim: true},
  ])
}
