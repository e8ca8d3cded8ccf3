import type {ExtendedProperty, Properties, Stored} from './message.js'
import {type ReadMime, readMime} from './read-mime.js'
import {GraphRefusal, notFound} from './refusal.js'

export interface GraphFolder {
  readonly id: string
  readonly displayName: string
  readonly wellKnown: string | null
  readonly parent: string | null
  /** Raised when the server forgets who had seen what. */
  generation: number
}

/** Something that happened to a mail in a folder: `gone` when it left, `came` when it was not there before. */
export interface Change {
  readonly seq: number
  readonly folder: string
  readonly message: string
  readonly what: 'came' | 'changed' | 'gone'
  /** How it was called when it left. */
  readonly id: string
  readonly properties: readonly string[]
}

const WELL_KNOWN: Readonly<Record<string, string>> = {
  inbox: 'Inbox',
  drafts: 'Drafts',
  sentitems: 'Sent Items',
  deleteditems: 'Deleted Items',
  archive: 'Archive',
  junkemail: 'Junk Email',
  outbox: 'Outbox',
}

/** One person's mail, with a record of all that changed in it. */
export class GraphMailbox {
  readonly folders = new Map<string, GraphFolder>()
  readonly messages = new Map<string, Stored>()
  readonly changes: Change[] = []
  /** Mails deleted by a client: has to stay 0. */
  deletions = 0
  private count = 0
  private readonly conversations = new Map<string, string>()

  constructor(
    readonly user: string,
    private readonly number: number,
  ) {
    for (const [wellKnown, name] of Object.entries(WELL_KNOWN)) this.addFolder(name, {wellKnown})
  }

  get seq(): number {
    return this.changes.length
  }

  addFolder(displayName: string, {wellKnown = null, parent = null}: Partial<GraphFolder> = {}): GraphFolder {
    const isTaken = [...this.folders.values()].some((one) => one.parent === parent && one.displayName === displayName)
    if (isTaken) throw new GraphRefusal(409, 'ErrorFolderExists', 'A folder with the specified name already exists.')
    const folder = {id: this.newId('AQMkAF'), displayName, wellKnown, parent, generation: 1}
    this.folders.set(folder.id, folder)
    return folder
  }

  /** By its id or its well-known name; throws as the real server answers. */
  folder(name: string): GraphFolder {
    const found =
      this.folders.get(name) ?? [...this.folders.values()].find((one) => one.wellKnown === name.toLowerCase())
    if (!found) throw notFound()
    return found
  }

  /** By any of the names that a test would use. */
  folderNamed(name: string): GraphFolder {
    const found = [...this.folders.values()].find((one) => one.displayName === name)
    return found ?? this.folder(name)
  }

  in(folder: string): Stored[] {
    return [...this.messages.values()].filter((message) => message.folder === folder)
  }

  /** By its id of now or the one that stays. */
  message(id: string): Stored {
    const found = this.messages.get(id) ?? [...this.messages.values()].find((one) => one.id === id)
    if (!found) throw notFound()
    return found
  }

  async deliver(raw: Buffer, place: {folder: string; receivedDateTime: string}): Promise<Stored> {
    return this.add(await readMime(raw, place.receivedDateTime), {raw, folder: place.folder})
  }

  add(read: ReadMime, {raw, folder}: {raw: Buffer; folder: string}): Stored {
    const now = new Date().toISOString()
    const immutableId = this.newId('AAkALg')
    const {internetMessageId} = read.properties
    const known = read.references.map((reference) => this.conversations.get(reference)).find((one) => one !== undefined)
    const conversationId = known ?? this.newId('AAQkAC')
    for (const reference of [internetMessageId, ...read.references]) this.conversations.set(reference, conversationId)
    const message: Stored = {
      immutableId,
      id: this.newId('AAMkAG'),
      folder,
      changeKey: 1,
      raw,
      attachments: read.attachments,
      properties: {...read.properties, conversationId, createdDateTime: now, lastModifiedDateTime: now},
      extended: [],
    }
    this.messages.set(immutableId, message)
    this.note(message, 'came')
    return message
  }

  change(message: Stored, values: Partial<Properties>, extended: readonly ExtendedProperty[] = []): void {
    Object.assign(message.properties, values, {lastModifiedDateTime: new Date().toISOString()})
    const others = message.extended.filter((one) => !extended.some(({id}) => id === one.id))
    message.extended = [...others, ...extended]
    message.changeKey++
    this.note(message, 'changed', Object.keys(values))
  }

  move(message: Stored, folder: string): void {
    this.note(message, 'gone')
    message.folder = folder
    message.id = this.newId('AAMkAG')
    message.changeKey++
    this.note(message, 'came')
  }

  remove(message: Stored): void {
    this.note(message, 'gone')
    this.messages.delete(message.immutableId)
  }

  private note(message: Stored, what: Change['what'], properties: readonly string[] = []): void {
    const {folder, immutableId, id} = message
    this.changes.push({seq: this.seq + 1, folder, message: immutableId, what, id, properties})
  }

  /** As long as real ones, and with their letters. */
  private newId(prefix: string): string {
    const tail = Buffer.from(`${prefix} ${this.number} ${++this.count} ${'x'.repeat(60)}`).toString('base64url')
    return `${prefix}${tail.slice(0, 100)}A_-${this.count}=`
  }
}
