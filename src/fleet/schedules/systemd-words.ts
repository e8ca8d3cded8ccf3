/** A word of ExecStart or another list: quoted where it has to be, with neither specifiers nor variables in it. */
export function systemdWord(word: string): string {
  const plain = word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')
  return /^[\w./:=@%+,-]+$/.test(plain) ? plain : `"${plain}"`
}

/** The same for an argument of ExecStart, where a dollar sign would be a variable's. */
export function systemdArgument(word: string): string {
  return systemdWord(word).replaceAll('$', '$$$$')
}

/** A value that is read to the end of its line, blanks included. */
export function systemdValue(text: string): string {
  return text.replaceAll('%', '%%')
}

/** The inverse of systemdArgument, for a line of them. */
export function systemdArguments(line: string): string[] {
  return systemdWords(line).map((word) => word.replaceAll('$$', '$'))
}

/** The words of a line as systemd takes them apart. */
export function systemdWords(line: string): string[] {
  const words = line.match(/(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\s"'])+/g) ?? []
  return words.map((word) =>
    word
      .replace(
        /"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'/g,
        (_, double?: string, single?: string) => double ?? single ?? '',
      )
      .replace(/\\(.)/g, '$1')
      .replaceAll('%%', '%'),
  )
}
