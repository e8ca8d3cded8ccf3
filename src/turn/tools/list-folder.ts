import {BadCall} from '../bad-call.js'
import {type Tool, textOf} from '../tool.js'
import {cutList} from './cut.js'
import {plainPath} from './files.js'
import {readableBy} from './readable.js'

const MOST_NAMES = 500

/** Names in a folder; only those of what may be read. */
export const listTool: Tool = {
  name: 'list',
  description: 'List a folder; "." is the home.',
  takes: {folder: {type: 'string'}},
  verbOf: () => null,
  targetOf: (input) => plainPath(textOf(input, 'folder')),
  perform(input, context) {
    const folder = plainPath(textOf(input, 'folder'))
    const readable = readableBy(context)
    if (folder !== '.' && !readable.folder(folder)) throw new BadCall(`nothing in ${folder} may be read`)
    const shown = context.draft.list(folder).filter((name) => {
      const path = folder === '.' ? name : `${folder}/${name}`
      return name.endsWith('/') ? readable.folder(path.slice(0, -1)) : readable.file(path)
    })
    const text = cutList(shown, {most: MOST_NAMES, what: 'names'}) || '[nothing that may be read]'
    return {text, changes: [], line: null, messages: []}
  },
}
