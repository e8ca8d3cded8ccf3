import {Box} from 'ink'
import {cleanLine} from '../../kit/text.js'
import {Line} from '../line.js'
import {padSpans, type Span} from '../spans.js'
import {footerBindings, type KeyFacts} from './keymap.js'
import type {View} from './view.js'

interface Props {
  readonly view: View
  readonly facts: KeyFacts
  readonly width: number
  readonly hasColor: boolean
}

/** What was just done or is being asked, and the keys that apply now. */
export function Foot({view, facts, width, hasColor}: Props) {
  return (
    <Box flexDirection="column" width={width} height={2}>
      <Line spans={padSpans(messageOf(view), width)} hasColor={hasColor} />
      <Line spans={padSpans(keysOf(view, facts, width), width)} hasColor={hasColor} />
    </Box>
  )
}

function messageOf({asking, mode, filter, said}: View): Span[] {
  if (asking !== null)
    return [{text: ` ${asking.question} `, color: 'yellow', bold: true}, {text: 'y does it, any other key does not'}]
  if (mode === 'filter') return [{text: ' /'}, {text: cleanLine(filter)}, {text: ' ', inverse: true}]
  if (said !== null) return [{text: ` ${cleanLine(said.text)}`, ...(said.isBad ? {color: 'red' as const} : {})}]
  return filter === '' ? [{text: ''}] : [{text: ` filter: ${cleanLine(filter)}`, color: 'yellow'}]
}

function keysOf({mode, asking}: View, facts: KeyFacts, width: number): Span[] {
  if (asking !== null) return [{text: ''}]
  if (mode === 'help') return [{text: ' any key'}, {text: ' back', dim: true}]
  if (mode === 'filter')
    return [{text: ' ⏎'}, {text: ' keep  ', dim: true}, {text: 'Esc'}, {text: ' all agents', dim: true}]
  return footerBindings(facts, width - 1).flatMap(({shown, word}) => [
    {text: ` ${shown}`, bold: true},
    {text: ` ${word} `, dim: true},
  ])
}
