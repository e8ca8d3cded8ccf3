import {type FSWatcher, watch} from 'chokidar'

export interface WatchedFiles {
  close(): Promise<void>
}

/** Told of each path that was added, changed or removed, as an absolute path; bursts come as they are. */
export type FileListener = (path: string) => void

/**
 * Follows files and folders, those that are not there yet too. What `isIgnored` says of an absolute path keeps whole
 * folders from being followed. Trouble of the watcher itself (too many files for the system) goes to `fail`.
 */
export async function watchFiles(
  paths: readonly string[],
  {
    isIgnored,
    listen,
    fail,
  }: {
    readonly isIgnored: (path: string) => boolean
    readonly listen: FileListener
    readonly fail: (error: Error) => void
  },
): Promise<WatchedFiles> {
  const watcher: FSWatcher = watch([...paths], {
    ignored: isIgnored,
    // Otherwise what lies in a folder that is made later would count as having been there from the beginning.
    ignoreInitial: false,
    followSymlinks: false,
    persistent: true,
  })
  let isReady = false
  watcher.on('all', (_, path) => {
    if (isReady) listen(path)
  })
  watcher.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))))
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()))
  isReady = true
  return {close: () => watcher.close()}
}
