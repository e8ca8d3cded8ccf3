import {Box, Static, Text} from 'ink'
import type {Entry} from './chat-view.js'

export interface TranscriptProps {
  readonly person: string
  readonly entries: readonly Entry[]
}

/** All that was said until now, in the terminal's own scrollback: it is written once and never again. */
export function TranscriptView({person, entries}: TranscriptProps) {
  return (
    <Static items={[...entries]}>
      {(entry, index) => (
        // Entries are only ever added.
        <EntryView key={index} person={person} entry={entry} />
      )}
    </Static>
  )
}

function EntryView({person, entry: {kind, text}}: {person: string; entry: Entry}) {
  // An empty line would take no row at all.
  const shown = text === '' ? ' ' : text
  switch (kind) {
    case 'said':
      return (
        <Box marginTop={1}>
          <Text bold>{`${person} › `}</Text>
          <Text bold>{shown}</Text>
        </Box>
      )
    case 'answer':
      return <Text>{shown}</Text>
    case 'note':
      return <Text dimColor>{shown}</Text>
    case 'shown':
      return <Text>{shown}</Text>
    case 'trouble':
      return <Text>{`! ${shown}`}</Text>
  }
}
