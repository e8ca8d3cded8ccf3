import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {rolldown} from 'rolldown'
import {expect} from 'vitest'
import {startDovecot} from '../testing/dovecot/server.js'
import {drain, imapAccount, mail, openDeps, PASSWORD} from '../testing/imap-scene.js'
import {DOVECOT, testNeeding} from '../testing/needs.js'
import {tempFolder} from '../testing/temp-folder.js'
import {slimVendors} from './slim-vendors.js'

const test = testNeeding(...DOVECOT)

test('the slimmed imapflow reads, moves and drafts as the whole one does, also in folders beyond ASCII', async () => {
  const dir = tempFolder()
  const bundled = await rolldown({
    input: {open: fileURLToPath(new URL('../src/mail/imap/open-imap.ts', import.meta.url))},
    platform: 'node',
    plugins: [slimVendors()],
    logLevel: 'silent',
  })
  await bundled.write({dir, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs'})
  await bundled.close()
  const {openImap} = (await import(join(dir, 'open.mjs'))) as typeof import('../src/mail/imap/open-imap.js')
  const server = await startDovecot({users: {ada: PASSWORD}})
  try {
    server.deliver('ada', mail('filed'), {folder: 'Bills & Co/März'})
    const mailbox = await openImap(imapAccount(server, {folders: ['INBOX', 'Bills & Co/März']}), openDeps())
    const {batches, subjects, error} = await drain(mailbox)
    expect(error).toBeNull()
    expect(subjects).toEqual(['filed'])
    expect((await mailbox.folders()).map(({name}) => name)).toContain('Bills & Co/März')
    const [one] = batches.flatMap(({mails}) => mails)
    if (!one) throw new Error('no mail')
    expect(await mailbox.draft({mark: 'd-1', to: one, text: 'Yes.', quote: ''})).toMatchObject({state: 'done'})
    expect(await mailbox.change(one.ref, {kind: 'label', label: 'Later', on: true})).toMatchObject({state: 'done'})
    const moved = await mailbox.change(one.ref, {kind: 'move', to: null})
    expect(await mailbox.change(moved.ref, {kind: 'move', to: 'Bills & Co/März'})).toMatchObject({state: 'done'})
    await mailbox.close()
  } finally {
    await server.close()
  }
})
