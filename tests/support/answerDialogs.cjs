// Loaded into the app's main process by `-r`: prints what a message box says and answers it, since nobody sits
// before the test's screen. AFTERTONE_TEST_ANSWER is the number of the button.
const { dialog } = require('electron')

dialog.showMessageBox = async (...args) => {
  const { message, detail, buttons } = args.at(-1)
  process.stdout.write(`DIALOG ${JSON.stringify({ message, detail, buttons })}\n`)
  return { response: Number(process.env.AFTERTONE_TEST_ANSWER ?? 0), checkboxChecked: false }
}
