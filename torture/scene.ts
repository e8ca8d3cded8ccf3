import {mkdirSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

/** Hands out an empty folder with real folders in it and removes it afterwards, whatever happens. */
export async function withScene<T>(folders: readonly string[], use: (dir: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'mcos-torture-'))
  try {
    for (const folder of folders) mkdirSync(join(dir, folder), {recursive: true})
    return await use(dir)
  } finally {
    rmSync(dir, {recursive: true, force: true})
  }
}
