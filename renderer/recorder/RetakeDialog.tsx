import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { formatLength } from '../text/formats'
import { t } from '../text/text'

type RetakeDialogProps = { lengthMs: number; onRetake: () => void; onClose: () => void }

/** Asks before a longer recording is thrown away for a new one. */
export function RetakeDialog({ lengthMs, onRetake, onClose }: RetakeDialogProps) {
  return (
    <Dialog
      title={t('recorder.retakeTitle')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('recorder.goBack')}</Button>
          <Button tone="danger" onClick={onRetake}>
            {t('recorder.retake')}
          </Button>
        </>
      }
    >
      <p>{t('recorder.retakeWarning', { length: formatLength(lengthMs) })}</p>
    </Dialog>
  )
}
