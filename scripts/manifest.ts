import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {Plugin, settings} from '@oclif/core'

/** The list of all commands that oclif would otherwise make by loading every one of them at each start. */
export async function makeManifest(root: string): Promise<string> {
  settings.enableAutoTranspile = false
  const plugin = new Plugin({root, type: 'core', isRoot: true, ignoreManifest: true, errorOnManifestCreate: true})
  await plugin.load()
  return `${JSON.stringify(sorted(plugin.manifest), null, 2)}\n`
}

export async function writeManifest(root: string): Promise<void> {
  writeFileSync(join(root, 'oclif.manifest.json'), await makeManifest(root))
}

/** Commands in the order of their names, so that the file changes only where a command does. */
function sorted(manifest: Plugin['manifest']): Plugin['manifest'] {
  const commands = Object.entries(manifest.commands).sort(([a], [b]) => (a < b ? -1 : 1))
  return {...manifest, commands: Object.fromEntries(commands)}
}
