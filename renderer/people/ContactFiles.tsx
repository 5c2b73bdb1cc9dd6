import { Download, Upload } from 'lucide-react'
import type { ImportReport } from '../../preload/contract/people'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { noticeShown } from '../app/noticesSlice'
import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { formatPercent } from '../text/formats'
import { t } from '../text/text'
import './ContactFiles.css'
import {
  cancelImport,
  exportContacts,
  importContacts,
  reportClosed,
  selectImport,
  undoImport,
} from './importSlice'
import { reportLines } from './importWords'

/** Contacts from a file and into one; an import shows how far it is and can be stopped. */
export function ContactFiles() {
  const dispatch = useAppDispatch()
  const { share, report } = useAppSelector(selectImport)
  const save = async () => {
    const done = await dispatch(exportContacts())
    if (!exportContacts.fulfilled.match(done)) return
    const { people: count, fileName } = done.payload
    dispatch(noticeShown('status', 'contacts.exported', { count, fileName }))
  }
  return (
    <div className="contact-files">
      {share === null ? (
        <>
          <Button icon={Download} onClick={() => dispatch(importContacts())}>
            {t('contacts.import')}
          </Button>
          <Button icon={Upload} onClick={() => void save()}>
            {t('contacts.export')}
          </Button>
        </>
      ) : (
        <>
          <label className="contact-files-progress">
            {t('contacts.importing')}
            <progress max={1} value={share} aria-valuetext={formatPercent(share)} />
          </label>
          <Button onClick={() => dispatch(cancelImport())}>{t('contacts.stopImport')}</Button>
        </>
      )}
      {report && <Report report={report} />}
    </div>
  )
}

function Report({ report }: { report: ImportReport }) {
  const dispatch = useAppDispatch()
  const close = () => dispatch(reportClosed())
  const undo = async () => {
    await dispatch(undoImport())
    dispatch(noticeShown('status', 'contacts.undone'))
  }
  const changed = report.added + report.merged + report.suggested > 0
  return (
    <Dialog
      title={t('contacts.importDone')}
      onClose={close}
      actions={
        <>
          {changed && <Button onClick={() => void undo()}>{t('contacts.undoImport')}</Button>}
          <Button tone="primary" onClick={close}>
            {t('people.understood')}
          </Button>
        </>
      }
    >
      <ul className="contact-files-report">
        {reportLines(report).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Dialog>
  )
}
