import { Check, Copy, QrCode as QrIcon } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { bridge } from '../app/bridge'
import { failureParameters, failureText } from '../app/failureTexts'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { personSelected } from '../app/stageSlice'
import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { TextField } from '../components/TextField'
import { selectSettings } from '../settings/settingsSlice'
import { t } from '../text/text'
import './Invite.css'
import { addByInvite } from './peopleSlice'
import { QrCode } from './QrCode'

/** Pixels across; each of its dots is large enough for a plain camera at arm’s length. */
const QR_SIZE = 264

/** Our own invite link to give away, and a field for someone else's. `link` is one that was clicked. */
export function Invite({ link }: { link: string }) {
  return (
    <section className="invite people-card" aria-label={t('people.invite')}>
      <OwnInvite />
      <PasteInvite key={link} link={link} />
    </section>
  )
}

function OwnInvite() {
  const [link, setLink] = useState('')
  const [copied, setCopied] = useState(false)
  const [codeShown, setCodeShown] = useState(false)
  const { name } = useAppSelector(selectSettings)
  useEffect(() => {
    let gone = false
    const ask = async () => {
      const invite = await bridge.people.invite()
      if (!gone) setLink(invite.link)
    }
    // Without a link the field stays empty and Copy can't be pressed.
    ask().catch(() => undefined)
    return () => {
      gone = true
    }
  }, [])
  const copy = async () => {
    await bridge.desktop.copyText({ text: link })
    setCopied(true)
  }
  return (
    <div className="invite-line">
      <TextField
        label={t('people.ownInvite')}
        hint={t('people.ownInviteHint')}
        value={link}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button icon={copied ? Check : Copy} disabled={link === ''} onClick={() => void copy()}>
        {t(copied ? 'people.copied' : 'people.copy')}
      </Button>
      <Button icon={QrIcon} disabled={link === ''} onClick={() => setCodeShown(true)}>
        {t('contacts.qrCode')}
      </Button>
      {codeShown && (
        <Dialog
          title={t('contacts.qrCodeTitle', { name: name || t('frame.noName') })}
          onClose={() => setCodeShown(false)}
          actions={
            <Button tone="primary" onClick={() => setCodeShown(false)}>
              {t('components.close')}
            </Button>
          }
        >
          <div className="invite-code">
            <QrCode text={link} label={t('contacts.qrCodeImage')} size={QR_SIZE} />
            <p>{t('contacts.qrCodeHint')}</p>
          </div>
        </Dialog>
      )}
    </div>
  )
}

function PasteInvite({ link }: { link: string }) {
  const dispatch = useAppDispatch()
  const [text, setText] = useState(link)
  const [problem, setProblem] = useState<string>()
  const add = async (event: FormEvent) => {
    event.preventDefault()
    const done = await dispatch(addByInvite(text.trim()))
    if (addByInvite.fulfilled.match(done)) {
      setText('')
      dispatch(personSelected(done.payload.id))
    } else if (done.payload?.kind === 'already-contact') {
      dispatch(personSelected(done.payload.personId))
    } else {
      const key = failureText(done.payload)
      setProblem(key === null ? undefined : t(key, failureParameters(done.payload)))
    }
  }
  return (
    <form className="invite-line" onSubmit={(event) => void add(event)}>
      <TextField
        label={t('people.pasteInvite')}
        {...(problem ? { problem } : {})}
        placeholder={t('people.invitePlaceholder')}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setProblem(undefined)
        }}
      />
      <Button type="submit" disabled={text.trim() === ''}>
        {t('people.add')}
      </Button>
    </form>
  )
}
