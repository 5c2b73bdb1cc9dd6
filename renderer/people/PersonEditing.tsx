import { Pencil, UserMinus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { Person } from '../../preload/contract/people'
import { useAppDispatch } from '../app/hooks'
import { noticeShown } from '../app/noticesSlice'
import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { TextField } from '../components/TextField'
import { t } from '../text/text'
import { removePerson, renamePerson } from './peopleSlice'

/** Changes a contact's name, or makes them a contact no more. */
export function PersonEditing({ person: { id, name } }: { person: Person }) {
  const [open, setOpen] = useState<'name' | 'removal' | null>(null)
  const close = () => setOpen(null)
  return (
    <>
      <Button icon={Pencil} onClick={() => setOpen('name')}>
        {t('contacts.edit')}
      </Button>
      <Button tone="danger" icon={UserMinus} onClick={() => setOpen('removal')}>
        {t('contacts.removePerson')}
      </Button>
      {open === 'name' && <NameDialog personId={id} name={name} onClose={close} />}
      {open === 'removal' && <RemovalDialog personId={id} name={name} onClose={close} />}
    </>
  )
}

type PersonDialogProps = { personId: string; name: string; onClose: () => void }

function NameDialog({ personId, name, onClose }: PersonDialogProps) {
  const dispatch = useAppDispatch()
  const [text, setText] = useState(name)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    await dispatch(renamePerson({ personId, name: text.trim() }))
    onClose()
  }
  return (
    <Dialog title={t('contacts.editTitle', { name })} onClose={onClose}>
      <form className="person-name" onSubmit={(event) => void save(event)}>
        <TextField
          label={t('contacts.name')}
          maxLength={500}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <footer className="dialog-actions">
          <Button onClick={onClose}>{t('contacts.cancel')}</Button>
          <Button tone="primary" type="submit" disabled={text.trim() === ''}>
            {t('contacts.save')}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}

function RemovalDialog({ personId, name, onClose }: PersonDialogProps) {
  const dispatch = useAppDispatch()
  const remove = async () => {
    onClose()
    const done = await dispatch(removePerson(personId))
    if (removePerson.fulfilled.match(done)) dispatch(noticeShown('status', 'contacts.removed', { name }))
  }
  return (
    <Dialog
      title={t('contacts.removeTitle', { name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('contacts.keepPerson')}</Button>
          <Button tone="danger" onClick={() => void remove()}>
            {t('contacts.removePerson')}
          </Button>
        </>
      }
    >
      <p>{t('contacts.removeHint')}</p>
    </Dialog>
  )
}
