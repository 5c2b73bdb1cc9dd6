import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { useFfmpegVersion } from '../app/useFfmpegVersion'
import { Button } from '../components/Button'
import { DeviceCheck } from '../components/DeviceCheck'
import { TextField } from '../components/TextField'
import { changeSettings, selectSettings } from '../settings/settingsSlice'
import { type TextKey, t } from '../text/text'
import './Welcome.css'

const steps = ['name', 'devices', 'people'] as const
type Step = (typeof steps)[number]

const headings = {
  name: ['welcome.title', 'welcome.titleHint'],
  devices: ['welcome.devices', 'welcome.devicesHint'],
  people: ['welcome.people', 'welcome.peopleHint'],
} satisfies Record<Step, [TextKey, TextKey]>

/** The first run: a name, a look in the mirror, who is nearby. Every step can be skipped. */
export function Welcome({ people }: { people: ReactNode }) {
  const dispatch = useAppDispatch()
  const settings = useAppSelector(selectSettings)
  const ffmpegVersion = useFfmpegVersion()
  const [step, setStep] = useState<Step>('name')
  const [name, setName] = useState(settings.name)
  const heading = useRef<HTMLHeadingElement>(null)
  const [title, hint] = headings[step]

  // A new step is told once: the focus goes to its heading.
  useEffect(() => {
    if (step !== 'name') heading.current?.focus()
  }, [step])

  const finish = () => dispatch(changeSettings({ welcomed: true }))
  const onward = () => {
    const next = steps[steps.indexOf(step) + 1]
    if (next) setStep(next)
    else void finish()
  }
  const keepName = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== settings.name) void dispatch(changeSettings({ name: name.trim() }))
    onward()
  }

  return (
    <main className="welcome">
      <div className="welcome-drag drag-region" />
      <div className="welcome-card">
        <header>
          <p className="welcome-step">
            {t('welcome.step', { step: steps.indexOf(step) + 1, steps: steps.length })}
          </p>
          <h1 ref={heading} tabIndex={-1}>
            {t(title)}
          </h1>
          <p className="welcome-hint">{t(hint)}</p>
        </header>
        {step === 'name' && (
          <form id="welcome-name" onSubmit={keepName}>
            <TextField
              label={t('welcome.yourName')}
              autoComplete="off"
              spellCheck={false}
              maxLength={100}
              autoFocus
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </form>
        )}
        {step === 'devices' && (
          <DeviceCheck
            cameraId={settings.cameraId}
            microphoneId={settings.microphoneId}
            onChoose={(chosen) => void dispatch(changeSettings(chosen))}
          />
        )}
        {step === 'people' && people}
        {step === 'people' && ffmpegVersion === null && <p role="status">{t('welcome.noFfmpeg')}</p>}
        <footer>
          {step === 'people' ? (
            <Button tone="primary" onClick={onward}>
              {t('welcome.start')}
            </Button>
          ) : (
            <>
              <Button tone="quiet" onClick={onward}>
                {t('welcome.skip')}
              </Button>
              {step === 'name' ? (
                <Button tone="primary" type="submit" form="welcome-name">
                  {t('welcome.continue')}
                </Button>
              ) : (
                <Button tone="primary" onClick={onward}>
                  {t('welcome.continue')}
                </Button>
              )}
            </>
          )}
        </footer>
      </div>
    </main>
  )
}
