/** What was pressed, in words of what it does and not of the bytes a terminal sends for it. */
export type ChatKey =
  | {readonly kind: 'text'; readonly text: string}
  /** Many letters at once, line breaks among them, of which none is an Enter. */
  | {readonly kind: 'paste'; readonly text: string}
  | {readonly kind: 'key'; readonly name: KeyName}

export type KeyName =
  | 'enter'
  | 'newline'
  | 'tab'
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'home'
  | 'end'
  | 'word-left'
  | 'word-right'
  | 'backspace'
  | 'delete'
  | 'kill-word'
  | 'kill-word-after'
  | 'kill-start'
  | 'kill-end'
  | 'interrupt'
  /** Ctrl-D: the end on an empty line, else the letter behind the cursor. */
  | 'end-of-input'
  | 'redraw'
  /** Ctrl-Z: back to the shell until it calls. */
  | 'suspend'
