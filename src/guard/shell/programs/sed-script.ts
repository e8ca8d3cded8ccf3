/** Why a sed script does more than print and change lines, or can't be read so far; null: it does nothing else. */
export function whySedIsUnclear(script: string): string | null {
  const reader = new SedReader(script)
  return reader.isPlain() ? null : 'what sed is told can write files, start programs or isn\u2019t plain'
}

class SedReader {
  private at = 0

  constructor(private readonly text: string) {}

  isPlain(): boolean {
    while (this.at < this.text.length) if (!this.command()) return false
    return true
  }

  private command(): boolean {
    this.skip(/[\s;{}]*/y)
    if (this.at >= this.text.length) return true
    if (!this.addresses()) return false
    const letter = this.text[this.at++] ?? ''
    switch (letter) {
      case 's':
        return this.parts(2) && this.ends(/[gpiImM0-9]*/y)
      case 'y':
        return this.parts(2) && this.ends(/(?:)/y)
      case '{':
        return true
      case 'a':
      case 'i':
      case 'c':
        // To the end of the line, and on where that ends in a backslash.
        this.skip(/(?:[^\\\n]|\\[\s\S])*\n?/y)
        return true
      case 'b':
      case 't':
      case 'T':
      case ':':
        return this.ends(/[ \t]*\w*/y)
      case 'q':
      case 'Q':
      case 'l':
      case 'L':
        return this.ends(/[ \t]*\d*/y)
      default:
        return /[dDgGhHnNpPxz=]/.test(letter) && this.ends(/(?:)/y)
    }
  }

  private addresses(): boolean {
    if (!this.address()) return false
    if (this.skip(/[ \t]*,[ \t]*[~+]?/y).includes(',') && !this.address()) return false
    this.skip(/[ \t]*!?[ \t]*/y)
    return true
  }

  private address(): boolean {
    const letter = this.text[this.at] ?? ''
    if (letter === '/' || letter === '\\') {
      if (letter === '\\') this.at++
      if (!this.parts(1)) return false
      this.skip(/[IM]*/y)
    } else this.skip(/\d+(?:~\d+)?|\$/y)
    return true
  }

  /** What stands between delimiters, this many times; the cursor stands on the first one. */
  private parts(count: number): boolean {
    const delimiter = this.text[this.at++]
    if (delimiter === undefined || /[\\\n\w\s]/.test(delimiter)) return false
    for (let part = 0; part < count; part++) {
      let isClass = false
      for (; ; this.at++) {
        const letter = this.text[this.at]
        if (letter === undefined) return false
        if (letter === '\\') this.at++
        // Inside of brackets shells' seds differ on what a delimiter is.
        else if (letter === '[') isClass = true
        else if (letter === ']') isClass = false
        else if (letter === delimiter) {
          if (isClass) return false
          break
        }
      }
      this.at++
    }
    return true
  }

  private ends(form: RegExp): boolean {
    this.skip(form)
    this.skip(/[ \t]*/y)
    const letter = this.text[this.at]
    return letter === undefined || letter === ';' || letter === '\n' || letter === '}' || letter === '#'
  }

  private skip(form: RegExp): string {
    form.lastIndex = this.at
    const [found = ''] = form.exec(this.text) ?? []
    this.at += found.length
    return found
  }
}
