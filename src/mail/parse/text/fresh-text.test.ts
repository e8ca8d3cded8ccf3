import {expect, test} from 'vitest'
import {freshText} from './fresh-text.js'

const ATTRIBUTIONS = [
  'On Mon, Nov 16, 2026 at 9:05 AM Ana Lopes <ana@p.example> wrote:',
  'On Monday, Ana wrote:',
  'Am Mo., 16. Nov. 2026 um 09:05 Uhr schrieb Ana Lopes <ana@p.example>:',
  'Am 16.11.2026 um 09:05 schrieb Ana:',
  'Ana Lopes <ana@p.example> schrieb am Mo., 16. Nov. 2026, 09:05:',
  'Le lun. 16 nov. 2026 à 09:05, Ana <ana@p.example> a écrit :',
  'El lun, 16 nov 2026 a las 9:05, Ana (<ana@p.example>) escribió:',
  'Em seg., 16 de nov. de 2026 às 09:05, Ana <ana@p.example> escreveu:',
  'Op ma 16 nov 2026 om 09:05 schreef Ana <ana@p.example>:',
  'Den mån 16 nov. 2026 kl 09:05 skrev Ana <ana@p.example>:',
  'пн, 16 нояб. 2026 г. в 09:05, Ana <ana@p.example>:\n> написал',
  '16.11.2026 09:05, Ana пишет:',
  'Ana <ana@p.example> 于2026年11月16日周一 09:05写道:',
  '在 2026年11月16日，Ana 写道：',
  '2026年11月16日(月) 9:05 Ana <ana@p.example>:',
]

test.each(ATTRIBUTIONS.filter((line) => !line.includes('\n')))('what %j introduces is old', (line) => {
  expect(freshText(`It is solved, thanks.\n\n${line}\n\n> URGENT\n> server down`, 'Re: x')).toBe(
    'It is solved, thanks.',
  )
  expect(freshText(`It is solved, thanks.\n\n${line}\n\nURGENT\nserver down`, 'Re: x')).toBe('It is solved, thanks.')
})

test.each([
  ['English', 'From: Ana <ana@p.example>\nSent: Monday, 16 November 2026 09:05\nTo: Ben\nSubject: x'],
  ['German', 'Von: Ana <ana@p.example>\nGesendet: Montag, 16. November 2026 09:05\nAn: Ben\nBetreff: x'],
  ['French', 'De : Ana <ana@p.example>\nEnvoyé : lundi 16 novembre 2026 09:05\nÀ : Ben\nObjet : x'],
  ['Spanish', 'De: Ana <ana@p.example>\nEnviado el: lunes, 16 de noviembre de 2026 9:05\nPara: Ben\nAsunto: x'],
  [
    'Portuguese',
    'De: Ana <ana@p.example>\nEnviada em: segunda-feira, 16 de novembro de 2026 09:05\nPara: Ben\nAssunto: x',
  ],
  ['Dutch', 'Van: Ana <ana@p.example>\nVerzonden: maandag 16 november 2026 09:05\nAan: Ben\nOnderwerp: x'],
  ['Swedish', 'Från: Ana <ana@p.example>\nSkickat: den 16 november 2026 09:05\nTill: Ben\nÄmne: x'],
  ['Russian', 'От: Ana <ana@p.example>\nОтправлено: 16 ноября 2026 г. 9:05\nКому: Ben\nТема: x'],
  ['Chinese', '发件人: Ana <ana@p.example>\n发送时间: 2026年11月16日 9:05\n收件人: Ben\n主题: x'],
  ['Japanese', '差出人: Ana <ana@p.example>\n日時: 2026年11月16日 9:05\n宛先: Ben\n件名: x'],
  ['bold English', '*From:* Ana <ana@p.example>\n*Sent:* Monday\n*To:* Ben\n*Subject:* x'],
])(
  'the %s headers of an earlier mail stand above what is old in a reply, and above what counts in a forward',
  (_, block) => {
    const text = `Please look.\n\n________________________________\n${block}\n\nThe boiler has burst.`
    expect(freshText(text, 'Re: x')).toBe('Please look.')
    expect(freshText(text, 'Fwd: x')).toBe('Please look.\n\nThe boiler has burst.')
  },
)

test.each([
  ['-----Original Message-----', 'Re: x'],
  ['-----Ursprüngliche Nachricht-----', 'AW: x'],
  ['-------- Message d’origine --------', 'Re: x'],
  ['-----Mensaje original-----', 'RE: x'],
  ['-----原始邮件-----', '回复: x'],
])('what stands below %s is old', (line, subject) => {
  expect(freshText(`Thanks!\n\n${line}\nFrom: a\nTo: b\n\nURGENT`, subject)).toBe('Thanks!')
})

test.each([
  '---------- Forwarded message ---------',
  'Begin forwarded message:',
  '-------- Weitergeleitete Nachricht --------',
  'Anfang der weitergeleiteten Nachricht:',
  '---------- Message transféré ---------',
  '---------- Пересылаемое сообщение ---------',
  '---------- 转发的邮件 ---------',
])('what stands below %s is new, without its headers and what it quotes itself', (line) => {
  const text = `Look at this.\n\n${line}\nFrom: a@p.example\nDate: Monday\nSubject: x\nTo: b\n\nThe boiler has burst.\n\nOn Sunday, Ana wrote:\n> All is fine.`
  expect(freshText(text, 'x')).toBe('Look at this.\n\nThe boiler has burst.')
})

test('answers between the lines of a quote are all new', () => {
  const text = 'Hi,\n\nOn Monday, Ana wrote:\n> First?\nYes.\n> Second?\nNo, it is burning.\n'
  expect(freshText(text, 'Re: x')).toBe('Hi,\n\nYes.\nNo, it is burning.')
})

test('an attribution may be wrapped', () => {
  const text = 'Yes.\n\nOn Mon, Nov 16, 2026 at 9:05 AM Ana Maria Lopes de Oliveira\n<ana@p.example>\nwrote:\n\nURGENT'
  expect(freshText(text, 'Re: x')).toBe('Yes.')
})

test.each([
  ['the mark of the standard', 'Call me.\n-- \nAna\nURGENT Ltd'],
  ['a bare mark', 'Call me.\n\n--\nAna\nURGENT Ltd'],
  ['a telephone', 'Call me.\n\nSent from my iPhone'],
  ['a German telephone', 'Call me.\n\nVon meinem iPhone gesendet'],
  ['a Chinese telephone', 'Call me.\n\n发自我的iPhone'],
])('a signature by %s is left', (_, text) => {
  expect(freshText(text, '')).toBe('Call me.')
})

test.each([
  'On Tuesday I wrote the report; on Wednesday it burned.',
  'From: now on we meet at nine.',
  'She wrote:',
  '--',
  'A list:\n- one\n- two',
])('%j is no quote', (text) => {
  expect(freshText(`${text}\n\nThe server is down.`, '')).toContain('The server is down.')
})

test('what stands below nothing but a quote is what the mail says', () => {
  expect(freshText('On Monday, Bank wrote:\n\nConfirm your password now.', 'Notice')).toContain('Confirm your password')
  expect(freshText('> Confirm your password now.', 'Notice')).toBe('Confirm your password now.')
})
