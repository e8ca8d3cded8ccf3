import {templatesOf} from '../template.js'

const {made, add} = templatesOf('judge', 'notification', {kind: 'robot', urgency: 0})

/** Programs that report that things are as they should be, or were put right. */
export const NOTIFICATION = made

add(
  'en',
  `[{host}] {calm again|recovered}\n\nFired {hour:-2}, cleared {hour:-1}. {All probes answer.|Error rate 0.0 %.}`,
  {
    from: 'Pagerline <events@pagerline.example>',
  },
)
add(
  'en',
  `{host}: {pager rehearsal|mock incident}, ignore\n\nThis is a rehearsal: SEV1 "everything is down". Nothing is down.`,
  {
    from: 'Pagerline <events@pagerline.example>',
  },
)
add('en', `Pagerline {month|week} in numbers\n\n{n:3-9} critical, {n:10-40} minor, none open. Longest: {n:9-55} min.`, {
  from: 'Pagerline <digest@pagerline.example>',
  also: ['newsletter'],
})
add(
  'en',
  `{service}: {work on|upgrade of} our {network|storage} on {date:+18}\n\nUp to {n:5-30} minutes of silence at night. You need not act.`,
  {
    from: '{service} <status@{service.dom}>',
  },
)
add(
  'en',
  `Postmortem: {service} incident of {date:-9}\n\n{Jobs were lost|Calls failed} for {n:20-90} minutes. Root cause: {a full queue|an old switch}. Fixed for good.`,
  {
    from: '{service} Status <status@{service.dom}>',
    also: ['newsletter'],
  },
)
add(
  'en',
  `Certificate of {host} {renewed|replaced}\n\nOld one would have ended {date:+20}; the new one lasts until {date:+90}.`,
  {
    from: 'Certwatch <robot@certwatch.example>',
  },
)
add('en', `{first} {shared a folder|left a comment}\n\n"{Nice angle|Which bolt is that}?" in {company} photos.`, {
  from: '{service} <notify@{service.dom}>',
  also: ['needs-reply'],
})
add('en', `Van {n:1-7}: {service at|tyres checked at} {n:20-90} 000 km\n\n{Next one|Booking opens} {date:+60}.`, {
  from: 'Trackhound <info@trackhound.example>',
})
add(
  'de',
  `{Probealarm|Übung}: {Gas|Wasser} bei {company}\n\nNur ein Test der Meldekette, {bitte nicht ausrücken|es ist nichts passiert}.`,
  {
    from: 'Messwarte <messwarte@leitstand-it.example>',
  },
)
add('fr', `Rétabli : {host}\n\nL'alerte critique de {hour:-2} est close depuis {hour:-1}.`, {
  from: 'Vigie <vigie@vigie-web.example>',
})
add('es', `{Copia|Sincronización} terminada sin errores\n\n{n:100-900} archivos, 0 fallos. Último fallo: ninguno.`, {
  from: 'Baúl <robot@baul.example>',
})
add('ru', `{Восстановлено|Закрыто}: {host}\n\nАвария, начавшаяся в {hour:-2}, устранена. Действий не требуется.`, {
  from: 'Дозор <alert@dozor.example>',
})
add('sv', `Paket {id} {lämnat|hämtat}\n\nKvitterat av {first} {hour:-1}.`, {from: 'Budbilen <info@budbilen.example>'})
