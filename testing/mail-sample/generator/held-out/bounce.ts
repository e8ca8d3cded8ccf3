import {templatesOf} from '../template.js'

const {made, add} = templatesOf('held-out', 'bounce', {kind: 'bounce', urgency: 0})

/** Mail that came back. */
export const BOUNCE = made

add(
  'en',
  `{failure notice|Message undeliverable: Your appointment}

Sorry, I could not deliver your message to {first}@{box}. No such mailbox.`,
  {from: 'MAILER-DAEMON@mx.northwind.example'},
)
add(
  'en',
  `Returned mail: URGENT - please call back

The host {box} did not accept the message for 5 days. Giving up.`,
  {from: 'Mail Delivery Subsystem <mailer-daemon@mx.northwind.example>'},
)
add(
  'en',
  `Your message was rejected

552 5.3.4 Message too big.`,
  {from: 'Postmaster <postmaster@{box}>'},
)
add(
  'es',
  `No se pudo entregar el mensaje

El buzón del destinatario está lleno.`,
  {from: 'Postmaster <postmaster@{box}>'},
)
add(
  'pt',
  `Mensagem não entregue: Orçamento

O endereço não existe (550).`,
  {from: 'Mailer-Daemon <mailer-daemon@{box}>'},
)
add(
  'sv',
  `Kunde inte levereras: Tid för besök

Adressen finns inte (5.1.1).`,
  {from: 'Postmaster <postmaster@{box}>'},
)
