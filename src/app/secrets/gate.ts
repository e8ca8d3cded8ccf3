import {type FileFinding, findInFile, findInFiles} from '../../guard/secrets/files.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {ownSecretsOf} from '../../turn/own-secrets.js'
import type {Fleet} from '../../workspace/fleet.js'
import {lookUpAll} from '../../workspace/secret-values.js'

type Known = Pick<Fleet, 'env' | 'home'>

/** A file as a commit would have it; without content it is deleted, or a link. */
export interface FileToCommit {
  readonly path: string
  readonly content: Buffer | null
}

/** What of the files that are about to be committed holds something secret, by the thorough pass. */
export async function scanForCommit(fleet: Known, files: readonly FileToCommit[]): Promise<FileFinding[]> {
  await lookUpAll(fleet)
  const {findings} = await findInFiles(bytesOf(files), {own: ownSecretsOf(fleet)})
  return findings
}

/** The same by the quick pass, where nothing can be waited for. */
export function scanQuickly(fleet: Known, files: readonly FileToCommit[]): FileFinding[] {
  const known = {own: ownSecretsOf(fleet)}
  return bytesOf(files).flatMap((file) => findInFile(file, known))
}

/** Refuses a commit in which something secret was found; told by file and line. */
export function insistOnNoSecrets(findings: readonly FileFinding[]): void {
  if (findings.length === 0) return
  const lines = findings.map(
    ({file, line, kind, own}) => `  ${file}:${line}: ${own ? `the fleet's own ${kind}` : kind}`,
  )
  throw new UserError(['Nothing was committed: these lines look like secrets.', ...lines].join('\n'), {
    code: 'SECRET_FOUND',
    fix: [
      'Put the value where only its reader finds it, and write env:NAME or file:PATH in its place.',
      'mcos commit PATH, for the other files alone',
      'mcos commit --allow-secrets, if they are none',
    ],
    exit: EXIT.refused,
  })
}

function bytesOf(files: readonly FileToCommit[]): {file: string; bytes: Buffer}[] {
  return files.flatMap(({path, content}) => (content === null ? [] : [{file: path, bytes: content}]))
}
