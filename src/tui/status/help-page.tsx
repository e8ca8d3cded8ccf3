import {Box} from 'ink'
import {Line} from '../line.js'
import {padSpans, type Span} from '../spans.js'
import {KEYMAP} from './keymap.js'

interface Props {
  readonly width: number
  readonly rows: number
  readonly hasColor: boolean
}

/** Every key with what it does, from the keymap. */
export function HelpPage({width, rows, hasColor}: Props) {
  const lines = KEYMAP.filter(({help}) => help !== '').map(({shown, help}): Span[] => [
    {text: `  ${shown.padEnd(10)}`, bold: true},
    {text: help},
  ])
  return (
    <Box flexDirection="column" width={width} height={rows}>
      {lines.slice(0, rows).map((spans) => (
        <Line key={spans[0]?.text} spans={padSpans(spans, width)} hasColor={hasColor} />
      ))}
    </Box>
  )
}
