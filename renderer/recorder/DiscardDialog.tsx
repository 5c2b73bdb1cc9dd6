import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { t } from '../text/text'

type DiscardDialogProps = { onDiscard: () => void; onKeep: () => void; onClose: () => void }

/** Leaving a preview without sending: nothing is lost unless the person says so. */
export function DiscardDialog({ onDiscard, onKeep, onClose }: DiscardDialogProps) {
  return (
    <Dialog
      title={t('recorder.discardTitle')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('recorder.goBack')}</Button>
          <Button tone="danger" onClick={onDiscard}>
            {t('recorder.discard')}
          </Button>
          <Button tone="primary" onClick={onKeep}>
            {t('recorder.keep')}
          </Button>
        </>
      }
    >
      <p>{t('recorder.discardWarning')}</p>
    </Dialog>
  )
}
