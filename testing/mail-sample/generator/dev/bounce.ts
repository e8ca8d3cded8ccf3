import {templatesOf} from '../template.js'

const {made, add} = templatesOf('dev', 'bounce', {kind: 'bounce', urgency: 0})

/** Mail that came back. */
export const BOUNCE = made

add(
  'en',
  `{Undelivered Mail Returned to Sender|Delivery Status Notification (Failure)}

Your message to {first}@{box} could not be delivered: 550 5.1.1 user unknown.`,
  {from: 'Mail Delivery System <MAILER-DAEMON@mx.northwind.example>'},
)
add(
  'en',
  `Delivery delayed: URGENT offer {id}

Your message has not been delivered yet. It will be tried for {n:2-5} more days; you need not send it again.`,
  {from: 'Mail Delivery Subsystem <mailer-daemon@mx.northwind.example>'},
)
add(
  'en',
  `Mail could not be delivered

The mailbox of the recipient is full (552 5.2.2).`,
  {from: 'postmaster@{box}'},
)
add(
  'de',
  `Unzustellbar: Rechnung {id}

Die Adresse wurde nicht gefunden (550 5.1.10).`,
  {from: 'Postmaster <postmaster@{box}>'},
)
add(
  'fr',
  `Non remis : Votre rendez-vous

Le message n'a pas pu être remis à son destinataire.`,
  {from: 'Postmaster <postmaster@{box}>'},
)
add(
  'nl',
  `Niet bezorgd: afspraak

Uw bericht kon niet worden bezorgd (5.1.1).`,
  {from: 'Mailer-Daemon <mailer-daemon@{box}>'},
)
