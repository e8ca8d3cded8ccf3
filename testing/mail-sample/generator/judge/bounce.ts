import {templatesOf} from '../template.js'

const {made, add} = templatesOf('judge', 'bounce', {
  kind: 'bounce',
  urgency: 0,
  from: 'Mail Delivery Subsystem <mailer-daemon@mx.northwind.example>',
})

/** Mail of ours that came back. */
export const BOUNCE = made

add(
  'en',
  `Returned: {URGENT: please shut your valve|Emergency visit tomorrow}\n\n{first}@{box}: user unknown. The message was not delivered.`,
)
add(
  'en',
  `Delivery {failed|incomplete}: Quote {id}\n\n{the box at {box} is over quota|the far server hung up}. We have given up.`,
)
add('en', `Mail to {company} is late\n\nNothing to do yet: we keep trying for {n:2-4} days.`)
add('de', `Nicht zustellbar: {Mahnung|Termin} {id}\n\nDas Postfach bei {box} gibt es nicht (550).`)
add('es', `No se pudo entregar: {presupuesto|aviso} {id}\n\nEl servidor {box} rechazó el mensaje: 552 buzón lleno.`)
add('sv', `Kunde inte levereras: {BRÅDSKANDE kallelse|faktura {id}}\n\nAdressen på {box} är okänd.`)
