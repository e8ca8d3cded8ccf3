import {type FSWatcher, watch} from 'chokidar'

export interface WatchedFiles {
  close(): Promise<void>
}

/** Told of each path that was added, changed or removed, as an absolute path; bursts come as they are. What is ignored from some moment on is gone, too. */
export type FileListener = (path: string, isGone: boolean) => void

/**
 * Follows folders that are there, with what comes into them. What `isIgnored` says of an absolute path keeps whole
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
  watcher.on('all', (event, path) => {
    if (isReady) listen(path, event === 'unlink' || event === 'unlinkDir')
  })
  watcher.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))))
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()))
  isReady = true
  return {close: () => watcher.close()}
}
