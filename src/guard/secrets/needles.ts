/** Where one of many texts stands in another. */
export interface Hit<T> {
  readonly at: number
  readonly length: number
  readonly tag: T
}

interface Needle<T> {
  readonly text: string
  readonly tag: T
}

/** What a beginning is told apart by: its last four letters, four bits apart, so that what is older falls out. */
const KEY = 4
const MASK = 0xffff

/** Many texts looked for in one pass: how many there are hardly matters, so that a whole history can be gone through. */
export class Needles<T> {
  private readonly mayBegin = new Uint8Array(MASK + 1)
  private readonly byKey = new Map<number, Needle<T>[]>()

  /** Each has at least four letters; a shorter one is not looked for. */
  constructor(needles: Iterable<Needle<T>>) {
    for (const needle of needles) {
      if (needle.text.length < KEY) continue
      const key = keyOf(needle.text)
      this.mayBegin[key] = 1
      const others = this.byKey.get(key)
      if (others) others.push(needle)
      else this.byKey.set(key, [needle])
    }
  }

  find(text: string): Hit<T>[] {
    const hits: Hit<T>[] = []
    if (this.byKey.size === 0) return hits
    let key = 0
    for (let index = 0; index < text.length; index++) {
      key = ((key << 4) ^ text.charCodeAt(index)) & MASK
      if (this.mayBegin[key] === 0 || index < KEY - 1) continue
      const at = index - KEY + 1
      for (const {text: wanted, tag} of this.byKey.get(key) ?? []) {
        if (text.startsWith(wanted, at)) hits.push({at, length: wanted.length, tag})
      }
    }
    return hits
  }
}

function keyOf(text: string): number {
  let key = 0
  for (let index = 0; index < KEY; index++) key = ((key << 4) ^ text.charCodeAt(index)) & MASK
  return key
}
