import {Box, Text, useCursor} from 'ink'

export interface InputBoxProps {
  readonly prompt: string
  readonly rows: readonly string[]
  /** Where the terminal's own cursor stands, so that an input method writes there, too. */
  readonly cursor: {readonly x: number; readonly y: number}
}

/** What is being typed; its rows were cut to fit. */
export function InputBox({prompt, rows, cursor}: InputBoxProps) {
  const {setCursorPosition} = useCursor()
  setCursorPosition(cursor)
  return (
    <Box>
      <Text bold>{prompt}</Text>
      <Box flexDirection="column">
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place.
          <Text key={index} wrap="truncate">
            {row === '' ? ' ' : row}
          </Text>
        ))}
      </Box>
    </Box>
  )
}
