import { X } from 'lucide-react'
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { t } from '../text/text'
import './Dialog.css'
import { useModalLayer } from './modalLayer'
import { RoundButton } from './RoundButton'

type DialogProps = {
  title: string
  /** Asked for by Escape or the close button; the parent then stops rendering the dialog. */
  onClose: () => void
  children: ReactNode
  /** Buttons at the bottom, the main one last. */
  actions?: ReactNode
  /** `sheet` is as wide as a settings page. */
  size?: 'small' | 'sheet'
}

/** A modal on the native `<dialog>`, which keeps the focus inside and gives it back. */
export function Dialog({ title, onClose, children, actions, size = 'small' }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const { enter } = useModalLayer()
  useLayoutEffect(() => {
    const shown = dialog.current
    if (shown === null) return
    shown.showModal()
    const leave = enter(shown)
    return () => {
      leave()
      // Only a dialog that is closed gives the focus back; React would merely take it out of the page.
      shown.close()
    }
  }, [enter])
  return (
    <dialog
      ref={dialog}
      className={`dialog dialog-${size}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <header className="dialog-header">
        <h2 id={titleId}>{title}</h2>
        {size === 'sheet' && (
          <RoundButton icon={X} size={28} label={t('components.close')} onClick={onClose} />
        )}
      </header>
      {children}
      {actions && <footer className="dialog-actions">{actions}</footer>}
    </dialog>
  )
}
