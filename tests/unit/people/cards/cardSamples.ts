/** vCards as the programs write them that most people have theirs in. */

const fold = (line: string) => line.replace(/(.{74})/g, '$1\r\n ')
const file = (...lines: string[]) => `${lines.join('\r\n')}\r\n`

/** Apple Contacts: groups with labels, a folded picture, escaped colons in URLs. */
export const apple = file(
  'BEGIN:VCARD',
  'VERSION:3.0',
  'PRODID:-//Apple Inc.//macOS 15.1//EN',
  'N:Ruiz;Ana;María;Dr.;',
  'FN:Dr. Ana María Ruiz',
  'ORG:Faro\\, S.A.;',
  'EMAIL;type=INTERNET;type=HOME;type=pref:ana@example.com',
  'TEL;type=CELL;type=VOICE;type=pref:+34 600 000 000',
  'item1.IMPP;X-SERVICE-TYPE=Jabber;type=pref:xmpp:Ana.Ruiz@jabber.example',
  'item1.X-ABLabel:_$!<Home>!$_',
  'item2.URL;type=pref:aftertone\\:add?key=KEY&at=10.0.0.7\\:4711',
  'item2.X-ABLabel:Aftertone',
  fold(`PHOTO;ENCODING=b;TYPE=JPEG:${'/9j/4AAQSkZJRgABAQAASABIAAD'.repeat(40)}==`),
  'X-ABUID:5AD380FD-B2DE-4261-BA99-DE1D1DB52FBE\\:ABPerson',
  'END:VCARD',
)

/** Google Contacts: one line a property, labels in groups, no end to the notes. */
export const google = file(
  'BEGIN:VCARD',
  'VERSION:3.0',
  'FN:山田 太郎 🎣',
  'N:山田;太郎;;;',
  'item1.X-PHONETIC-FIRST-NAME:たろう',
  'X-JABBER:taro@chat.example/phone',
  'item2.URL:https\\://www.google.com/profiles/taro@example.org',
  'item2.X-ABLabel:PROFILE',
  'NOTE:line one\\nFN: not a name',
  'CATEGORIES:myContacts',
  'END:VCARD',
)

/** Outlook: vCard 2.1, quoted-printable with soft breaks, a character set for each line, a picture between blank lines. */
export const outlook = Buffer.from(
  file(
    'BEGIN:VCARD',
    'VERSION:2.1',
    'N;LANGUAGE=de;CHARSET=Windows-1252:M\xfcller;J\xf6rg',
    'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg M=C3=BCller =E2=80=93 Gesch=C3=A4ftsf=',
    '=C3=BChrung',
    'LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:Hauptstra=DFe 1=0D=0A=',
    'FN:an address=0D=0A=',
    'Berlin',
    'TEL;WORK;VOICE:+49 30 000',
    'IMPP;WORK:xmpp:joerg@firma.example',
    'EMAIL;PREF;INTERNET:joerg@firma.example',
    'PHOTO;TYPE=JPEG;ENCODING=BASE64:',
    ' /9j/4AAQSkZJRgABAQEAYABgAAD',
    ' /2wBDAAgGBgcGBQgHBwcJCQgKDBQ=',
    '',
    'X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="http://schemas.microsoft.com/office/outlook/12"></card>',
    'END:VCARD',
  ),
  'latin1',
)

/** vCard 4.0 with what the standard allows: quoted parameters, a fold in the middle of a character, a tab as fold. */
export const standard = Buffer.concat([
  Buffer.from('begin:vcard\nversion:4.0\nfn;sort-as="Ruiz:Z":Zo'),
  Buffer.from([0xc3]),
  Buffer.from('\n '),
  Buffer.from([0xab]),
  Buffer.from(' Ruiz\nIMPP;PREF=1:xmpp:zoe%2Bcalls@chat.\n\texample?message\nend:vcard'),
])

/** An old program's: Windows-1252 that says nothing of it, and no name but in parts. */
export const windows1252 = Buffer.from(
  file('BEGIN:VCARD', 'VERSION:3.0', 'N:Bj\xf8rk;S\xf8ren;;;', 'X-JABBER:soren@chat.example', 'END:VCARD'),
  'latin1',
)
