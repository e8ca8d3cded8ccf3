import {templatesOf} from '../template.js'

const {made, add} = templatesOf('judge', 'legal', {urgency: 1})

/** Contracts and authorities with weeks to spare. */
export const LEGAL = made

add(
  'en',
  `{Mark-up|Comments} on the {framework|sub-contract}

Dear Ada, {pages 4 and 9 are the ones to read|I struck out the penalty}. {We sign in January.|There is time until {date:+40}.}

{person}, Attorneys`,
  {also: ['needs-reply']},
)
add(
  'en',
  `Access request {id}

{Please send me all data you hold about me.|What do you store about 7 Orange Grove?} The Act gives you {thirty days|a month}.

{person}`,
  {also: ['needs-reply', 'customer']},
)
add(
  'en',
  `{Notice of change|New conditions}: processing agreement

From {date:+60} {two sub-processors are added|our court is that of Cape Town}. {Whoever objects does so in writing within eight weeks.|If you agree, there is nothing to do.}`,
  {kind: 'robot', from: '{service} Legal <legal@{service.dom}>', also: ['notification']},
)
add(
  'en',
  `Registrar: {acknowledgement|receipt} of your return

Lodged on {date:-2}, reference {id}. Next return due {date:+340}.`,
  {kind: 'robot', from: 'Companies Registrar <no-reply@registrar-za.example>', also: ['notification'], urgency: 0},
)
add(
  'de',
  `{Geheimhaltungsvereinbarung|Vertragsentwurf}

Anbei die {zweite Fassung|Reinschrift}. {Rückmeldung bis Ende Januar genügt.|Unterzeichnet wird erst im Februar.}

{person}, Rechtsanwältin`,
  {also: ['needs-reply']},
)
add(
  'es',
  `{Borrador|Cláusulas} del arrendamiento

Le envío {los cambios|la versión limpia}. Podemos firmar {en enero|a mediados del mes que viene}.

{person}, abogado`,
  {also: ['needs-reply']},
)
add(
  'fr',
  `{Registre|Assemblée} : procès-verbal

Veuillez trouver le procès-verbal du {date:-6}. {À conserver.|Rien à signer avant janvier.}

{person}, juriste`,
)
