import type {FsckReport} from '../app/fsck.js'

/** Each problem with its fix below it, then what it came to. */
export function presentFsck({files, problems}: FsckReport): string {
  const sum =
    problems.length === 0 ? 'all is whole' : problems.length === 1 ? '1 problem' : `${problems.length} problems`
  return [
    ...problems.flatMap(({message, fix}) => [message, `  ${fix}`]),
    `${files} files and the history read: ${sum}.`,
  ].join('\n')
}
