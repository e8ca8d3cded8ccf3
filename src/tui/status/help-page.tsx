import {Box} from 'ink'
import {Line} from '../line.js'
import {cellOf, padSpans, type Span} from '../spans.js'
import type {Binding} from './binding.js'
import {KEYMAP} from './keymap.js'

interface Props {
  readonly width: number
  readonly rows: number
  readonly hasColor: boolean
}

/** Every key with what it does, from the keymap; in a word each where there is no room for more. */
export function HelpPage({width, rows, hasColor}: Props) {
  const bindings = KEYMAP.filter(({help}) => help !== '')
  const lines = bindings.length <= rows ? bindings.map(inLine) : inColumns(bindings, {width, rows})
  return (
    <Box flexDirection="column" width={width} height={rows}>
      {lines.slice(0, rows).map((spans, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
        <Line key={index} spans={padSpans(spans, width)} hasColor={hasColor} />
      ))}
    </Box>
  )
}

function inLine({shown, help}: Binding): Span[] {
  return [{text: `  ${shown.padEnd(10)}`, bold: true}, {text: help}]
}

function inColumns(bindings: readonly Binding[], {width, rows}: Pick<Props, 'width' | 'rows'>): Span[][] {
  // Where not all of them fit, the first do.
  const cell = Math.max(20, Math.floor(width / Math.ceil(bindings.length / rows)))
  return Array.from({length: rows}, (_, row) =>
    bindings
      .filter((_binding, index) => index % rows === row)
      .flatMap(({shown, word}) => [{text: `  ${shown.padEnd(10)}`, bold: true}, cellOf({text: word}, cell - 12)]),
  )
}
