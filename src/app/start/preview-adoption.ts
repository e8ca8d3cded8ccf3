import {surveyWorkspace} from '../../fleet/adopt/survey.js'
import {openFolder} from '../../kit/folder.js'
import {cleanLine} from '../../kit/text.js'

/** What adopting a workspace would do, in a few lines; only reading was needed. */
export function previewAdoption(dir: string): string[] {
  const {name, scan, checks, secrets, warnings} = surveyWorkspace(openFolder(dir), {
    hasEngine: false,
    keepsHistory: false,
  })
  const performed = checks.filter(({by}) => by !== 'nobody')
  const ready = performed.filter(({lacks}) => lacks.length === 0)
  return [
    `${name}: ${come(scan.files.length)}, ${left(scan.leftOut.length)}; ${ready.length} of ${performed.length} checks run as they stand.`,
    ...(secrets.length > 0
      ? [
          secrets.length === 1
            ? '1 line looks like a secret: its file stays out of git until you have looked.'
            : `${secrets.length} lines look like secrets: their files stay out of git until you have looked.`,
        ]
      : []),
    ...warnings.slice(0, 3).map(cleanLine),
    'What it may do is drafted in ADOPTED.md for you to tick; nothing is granted.',
  ]
}

function come(files: number): string {
  return files === 1 ? '1 file comes along' : `${files} files come along`
}

function left(entries: number): string {
  if (entries === 0) return 'none is left out'
  return entries === 1 ? '1 is left out' : `${entries} are left out`
}
