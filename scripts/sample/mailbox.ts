import {openSampleServer, type SampleServer} from './server.js'

/**
 * Speaks as much IMAP as a reading needs. Whoever comes first finds the first mails, everybody after that all of them.
 * null: it could not be opened.
 */
export function openSampleMailbox(dir: string): SampleServer | null {
  const mails = [...EARLIER, ...LATER].map((mail) => mail.join('\r\n'))
  const env = {MAILS: JSON.stringify(mails), EARLIER: `${EARLIER.length}`}
  return openSampleServer(dir, {name: 'mailbox', env})
}

function head(number: number, from: string, subject: string): string[] {
  return [
    `From: ${from}`,
    'To: Ada <ada@build.example>',
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <${number}@build.example>`,
    'Authentication-Results: mx.build.example; spf=pass; dkim=pass header.d=customer.example',
    'MIME-Version: 1.0',
  ]
}

const PLAIN = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable', '']

const EARLIER = [[...head(1, 'Cleo <cleo@customer.example>', 'The keys'), ...PLAIN, 'Hello Ada, here they are.', '']]

/** A person's question, a newsletter in HTML, an invoice with its file, a robot's notice. */
const LATER = [
  [
    ...head(2, 'Cleo Brandt <cleo@customer.example>', 'Re: The keys'),
    'In-Reply-To: <1@build.example>',
    'References: <1@build.example>',
    ...PLAIN,
    'Hello Ada,',
    '',
    'could you tell me by Friday at 10:30, or on 21 November, whether there is a second key? It can=',
    "'t be urgent. Gr=C3=BC=C3=9Fe,",
    'Cleo',
    '',
    '> On Monday you wrote:',
    '> Here they are.',
    '',
  ],
  [
    ...head(3, '=?utf-8?Q?Cloud_N=C3=A9ws?= <news@letters.example>', 'Issue 3: what is new'),
    'List-Id: <news.letters.example>',
    'List-Unsubscribe: <https://letters.example/leave>',
    'Content-Type: multipart/alternative; boundary="b"',
    '',
    '--b',
    ...PLAIN,
    'The new chairs are here.',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<html><body><table><tr><td><p style="font-size: 14px">The new chairs are here.</p></td></tr></table>',
    '<a href="https://letters.example/leave">Leave</a></body></html>',
    '--b--',
    '',
  ],
  [
    ...head(4, 'Billing <billing@supplier.example>', 'Invoice 4'),
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    '--b',
    ...PLAIN,
    'Please find the invoice attached. It is due in thirty days.',
    '--b',
    'Content-Type: application/pdf; name="invoice.pdf"',
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment; filename="invoice.pdf"',
    '',
    'JVBERi0xLjQgaW52b2ljZQ==',
    '--b--',
    '',
  ],
  [
    ...head(5, 'Build <noreply@builds.example>', '[app] Run 5 failed'),
    'Auto-Submitted: auto-generated',
    ...PLAIN,
    'Run 5 of app failed: the deployment is down since 09:15.',
    '',
  ],
]
