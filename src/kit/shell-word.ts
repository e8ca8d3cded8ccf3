/** A word as any shell takes it: quoted only where a shell would read it otherwise. */
export function shellWord(word: string): string {
  // Zsh takes a "=" in front for the path of a program.
  return /^(?!=)[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
