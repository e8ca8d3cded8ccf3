import {Box, Text} from 'ink'
import {layOut} from './chat-layout.js'
import type {ChatView} from './chat-view.js'
import {InputBox} from './input-box.js'
import {TranscriptView} from './transcript-view.js'

/** A conversation: what was said scrolls away above, the answer streams, and under it there is always a box to type in. */
export function ChatScreen({view}: {readonly view: ChatView}) {
  const {live, progress, queue, prompt, input, words, status, cursor} = layOut(view)
  return (
    <>
      <TranscriptView person={view.person} entries={view.entries} />
      <Box flexDirection="column">
        <Rows rows={live} />
        <Rows rows={progress} isDim />
        <Rows rows={queue} isDim />
        <InputBox prompt={prompt} rows={input} cursor={cursor} />
        <Rows rows={words} isDim />
        <Text dimColor wrap="truncate">
          {status}
        </Text>
      </Box>
    </>
  )
}

function Rows({rows, isDim = false}: {readonly rows: readonly string[]; readonly isDim?: boolean}) {
  return rows.map((row, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place.
    <Text key={index} dimColor={isDim} wrap="truncate">
      {row === '' ? ' ' : row}
    </Text>
  ))
}
