import {decodeText} from '../../kit/decode.js'
import {type Finding, findSecrets, type KnownSecrets} from './find.js'
import {findSecretsInAll} from './thorough.js'

/** One file to be looked through, or one content of it that the history holds. */
export interface FileBytes {
  readonly file: string
  readonly bytes: Uint8Array
  /** The commit that brought this content in; absent: it lies on the disk, or is about to be committed. */
  readonly commit?: string
}

type Place = Pick<FileBytes, 'file' | 'commit'>

/** One place that holds something secret; never the value. */
export type FileFinding = Place & Finding

/** A file that was not looked through to its end, or, as a binary one, for known secrets and shapes only. */
export type Unread = Place & {readonly why: 'binary' | 'large' | 'unreadable'}

/** A larger file is only looked through up to here. */
const MOST_BYTES = 8 * 1024 * 1024

interface Readable {
  readonly place: Place
  readonly text: string
  readonly why: Unread['why'] | null
}

/** What the quick pass finds in a file. */
export function findInFile(file: FileBytes, known: KnownSecrets = {}): FileFinding[] {
  const {place, text} = readable(file)
  return findSecrets(text, known).map((finding) => ({...place, ...finding}))
}

/** What the thorough pass finds in files, and which it could not look through. */
export async function findInFiles(
  files: readonly FileBytes[],
  known: KnownSecrets = {},
): Promise<{readonly findings: FileFinding[]; readonly unread: Unread[]}> {
  const all = files.map(readable)
  const texts = all.filter(({why}) => why !== 'binary')
  const found = await findSecretsInAll(
    texts.map(({text}) => text),
    known,
  )
  const thorough = new Map(texts.map((one, index) => [one, found[index] ?? []]))
  return {
    findings: all.flatMap((one) =>
      (thorough.get(one) ?? findSecrets(one.text, known)).map((finding) => ({...one.place, ...finding})),
    ),
    unread: all.flatMap(({place, why}) => (why === null ? [] : [{...place, why}])),
  }
}

/** What is no text is read letter by letter, without its zeros: a secret stands in it as in any other. */
function readable({file, bytes, commit}: FileBytes): Readable {
  const isCut = bytes.byteLength > MOST_BYTES
  const shown = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, MOST_BYTES))
  const isWide = (shown[0] === 0xff && shown[1] === 0xfe) || (shown[0] === 0xfe && shown[1] === 0xff)
  const isBinary = !isWide && shown.subarray(0, 8192).includes(0)
  return {
    place: commit === undefined ? {file} : {file, commit},
    text: isBinary ? shown.toString('latin1').replaceAll('\0', '') : decodeText(shown).text,
    why: isBinary ? 'binary' : isCut ? 'large' : null,
  }
}
