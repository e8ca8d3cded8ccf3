// English, Chinese, Japanese, Portuguese, Spanish, German, French, Dutch, Swedish, Russian; Italian, Danish, Polish besides.

/** "On Monday, Ana wrote:", on one line or wrapped on up to three. */
export const ATTRIBUTION = new RegExp(
  [
    String.raw`^(?:On|Le|El|Em|Am|Op|Den|Il|W dniu|Dnia)(?!\p{L}).{4,300}(?<!\p{L})(?:wrote|a écrit|escribió|escreveu|schrieb|schreef|skrev|ha scritto|napisał(?:\(a\)|a)?)(?!\p{L}).{0,80}[:：]$`,
    String.raw`^.{2,200}\b(?:schrieb am|skrev den|schreef op|wrote on)\b.{4,100}[:：]$`,
    String.raw`^.{0,200}\d.{0,200}(?:написал(?:\(а\)|а)?|пишет)\s*[:：]$`,
    String.raw`^(?:在|于)?.{0,100}\d{4}.{0,200}(?:写道|寫道|写到)\s*[:：]$`,
    String.raw`^\d{4}年.{4,200}(?:[:：]|のメール[:：]?|書きました[。:：]?)$`,
  ].join('|'),
  'iu',
)

/** A line of its own above a quoted mail. */
export const ORIGINAL =
  /^[-_*\s>]{2,}\s*(?:Original(?:\s|-)?(?:Message|nachricht|meddelande|bericht)|Ursprüngliche (?:Nachricht|E-Mail)|Message d['’]origine|Mensaje original|Mensagem original|Messaggio originale|Oorspronkelijk(?:e)? bericht|Ursprungligt meddelande|Oprindelig meddelelse|Исходное сообщение|Original Appointment|原始邮件|原始郵件|原邮件|元のメッセージ|Original message)\s*[-_*]{2,}$/iu

/** A line of its own above a mail that is handed on. */
export const FORWARDED =
  /^(?:[-_*\s]{2,}\s*(?:Forwarded (?:message|by .{1,80})|Weitergeleitete (?:Nachricht|Mail)|Message transféré|Mensaje reenviado|Mensagem encaminhada|Messaggio inoltrato|Doorgestuurd bericht|Vidarebefordrat meddelande|Пересылаемое сообщение|Пересланное сообщение|转发的?邮件|轉寄郵件|転送されたメッセージ|転送メッセージ)\s*[-_*]{2,}|(?:Begin forwarded message|Anfang der weitergeleiteten (?:Nachricht|E-Mail)|Début du message (?:réexpédié|transféré)|Inicio del mensaje reenviado|Início da mensagem (?:encaminhada|reencaminhada)|Inizio messaggio inoltrato|Begin doorgestuurd bericht|Vidarebefordrat brev|Начало переадресованного (?:сообщения|письма)|开始转发的邮件|以下是转发的邮件|転送されたメッセージ)\s*[:：]?)$/iu

/** A subject that hands a mail on. */
export const FORWARD_SUBJECT = /^\s*(?:fwd?|wg|wtr|tr|rv|enc|i|vs|vb|doorst|pd|fs|转发|轉寄|転送)\s*[:：]/iu

const SENDER = /^[*>\s]*(?:From|Von|De|Van|Från|Fra|Da|Od|От|发件人|寄件者|差出人|送信者)\s*\*?\s*[:：]/iu

const OTHER_FIELDS =
  /^[*>\s]*(?:Sent|Date|To|Subject|Cc|Gesendet|Datum|An|Betreff|Envoyé|À|Objet|Enviado(?: el)?|Fecha|Para|Asunto|Enviada(?: em)?|Data|Assunto|Verzonden|Aan|Onderwerp|Skickat|Till|Ämne|Sendt|Til|Emne|Inviato|A|Oggetto|Отправлено|Дата|Кому|Тема|发送时间|日期|收件人|抄送|主题|寄件日期|收件者|主旨|日付|日時|宛先|件名)\s*\*?\s*[:：]/iu

/** Whether the headers of an earlier mail begin here, as programs put them above what they quote. */
export function isHeadBlock(lines: readonly string[], at: number): boolean {
  if (!SENDER.test(lines[at] ?? '')) return false
  const next = lines.slice(at + 1, at + 7)
  return next.filter((line) => OTHER_FIELDS.test(line)).length >= 2
}

export function isHeadLine(line: string): boolean {
  return SENDER.test(line) || OTHER_FIELDS.test(line)
}

/** What a telephone adds by itself. */
export const SENT_FROM =
  /^(?:Sent (?:from|via|with) (?:my |a |the )?\S|Get Outlook for|Von meinem .{2,40} gesendet|Gesendet (?:von|mit) (?:meinem|der|dem|Outlook)|Diese Nachricht wurde von meinem|Envoyé (?:de|depuis) (?:mon|ma|mes|Outlook)|Télécharger Outlook|Enviado (?:desde|do|de|a partir do) (?:mi|meu|Outlook|Yahoo)|Obtener Outlook|Obter o Outlook|Verzonden (?:vanaf|met|vanuit|via) (?:mijn|Outlook)|Skickat från (?:min|Outlook|Yahoo)|Отправлено (?:с|из) |发自我的|從我的 ?.{2,20}(?:傳送|发送)|.{0,20}iPhone ?から送信|Inviato da(?:l mio)? (?:iPhone|iPad|Outlook))/iu
