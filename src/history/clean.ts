import {createHash} from 'node:crypto'
import {blobId} from './objects.js'
import type {Repository} from './repository.js'

/**
 * Whether a file on the disk is what a commit has. Line ends that a checkout turned into CRLF and contents that LFS
 * keeps elsewhere are the same file to git; so they are to us, without asking a filter.
 */
export function isSameAsCommitted(content: Buffer, oid: string, hash: Repository['hash']): boolean {
  if (blobId(content, hash) === oid) return true
  if (content.includes('\r\n') && !content.includes(0)) {
    if (blobId(Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'), hash) === oid) return true
  }
  return blobId(lfsPointer(content), hash) === oid
}

/** What LFS commits in place of a content. */
function lfsPointer(content: Buffer): Buffer {
  const digest = createHash('sha256').update(content).digest('hex')
  return Buffer.from(`version https://git-lfs.github.com/spec/v1\noid sha256:${digest}\nsize ${content.length}\n`)
}
